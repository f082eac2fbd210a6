/* The pages of the models: a slider beside each number. The forms ask by themselves (counting.js); without this script
   each has its field and its button. */
"use strict";
(() => {
  class Dial extends HTMLElement {
    connectedCallback() {
      const field = this.querySelector("input[type=number]");
      if (!field || this.querySelector("input[type=range]")) return;
      const { low, high, step, plain } = this.dataset, slide = document.createElement("input");
      slide.type = "range";
      slide.id = `${field.id}-slide`;
      slide.min = low;
      slide.max = high;
      slide.step = step;
      slide.value = field.value || plain || low;
      slide.setAttribute("aria-label", this.querySelector("label").textContent);
      slide.addEventListener("input", () => { field.value = slide.value === plain ? "" : slide.value; });
      field.addEventListener("input", () => { slide.value = field.value || plain || low; });
      field.after(slide);
    }
  }
  document.addEventListener("DOMContentLoaded", () => customElements.define("n-dial", Dial));
})();
