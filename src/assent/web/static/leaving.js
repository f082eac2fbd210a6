/* The pages on leaving: a link within the page opens what is folded, and a slider stands beside each number's list of
   values. Every answer comes from the server; without this script everything is a link, a list or a button. */
"use strict";
(() => {
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  /* ── what is folded opens for who comes to it ───────────────────────────────────────────────────────────────── */
  function reveal(id) {
    const there = id && document.getElementById(id);
    if (!there) return false;
    const own = there.matches(".fold") && there.querySelector(":scope > details");
    for (let box = own || there.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    there.scrollIntoView({ block: "start", behavior: still.matches ? "auto" : "smooth" });
    return true;
  }
  document.addEventListener("click", (event) => {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("a[href^='#']");
    if (!link || !reveal(decodeURIComponent(link.hash.slice(1)))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    history.replaceState(history.state, "", link.hash);
    const there = document.getElementById(link.hash.slice(1));
    const stop = there.matches("details,.fold") ? there.querySelector("summary") : there;
    if (!stop.matches("a,button,summary,input,select")) stop.setAttribute("tabindex", "-1");
    stop.focus({ preventScroll: true });
  }, true);
  addEventListener("load", () => { if (location.hash) reveal(decodeURIComponent(location.hash.slice(1))); });

  /* ── another state is another page, not a part of this one ─────────────────────────────────────────────────── */
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-leave] .u[href]")) event.stopImmediatePropagation(); // the link itself leads there
  }, true);
  document.addEventListener("keydown", (event) => {
    const unit = event.key === " " && event.target.closest("[data-leave] .u[href]");
    if (!unit) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    location.href = unit.getAttribute("href");
  }, true);

  /* Printed, nothing is folded. */
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll(".fold > details:not([open]), .path details:not([open])")];
    for (const box of closed) box.open = true;
  });
  addEventListener("afterprint", () => { for (const box of closed) box.open = false; });

  /* ── a number: a slider over its list of values ─────────────────────────────────────────────────────────────── */
  class OfSpan extends HTMLElement {
    connectedCallback() {
      if (this.querySelector("input")) return;
      const select = this.querySelector("select"), slide = document.createElement("input");
      slide.type = "range";
      slide.id = `${select.id}-slide`;
      slide.max = String(select.options.length - 1);
      slide.value = String(select.selectedIndex);
      slide.setAttribute("aria-label", select.getAttribute("aria-label") ?? select.labels[0]?.textContent.trim() ?? "");
      slide.setAttribute("aria-valuetext", select.selectedOptions[0].textContent);
      this.append(slide);
    }
  }
  document.addEventListener("input", (event) => {
    const select = event.target.type === "range" && event.target.closest("number-of-span")?.querySelector("select");
    if (!select) return;
    select.selectedIndex = +event.target.value;
    event.target.setAttribute("aria-valuetext", select.selectedOptions[0].textContent);
    preview(select.form);
  });

  /* While a slider moves, what answers follows it; the form stays under the hand. */
  let showing = false, next = null;
  async function preview(form) {
    const said = [...new FormData(form)].filter(([, value]) => value !== "");
    next = `${form.getAttribute("action")}?${said.map((pair) => pair.map(encodeURIComponent).join("=")).join("&")}`;
    if (showing) return;
    showing = true;
    while (next) {
      const url = next;
      next = null;
      try {
        const answer = await fetch(url, { headers: { Accept: "text/html" } });
        if (!answer.ok) continue;
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        for (const id of ["answer", "regions"]) {
          const mine = document.getElementById(id), theirs = page.getElementById(id);
          if (mine && theirs && mine.outerHTML !== theirs.outerHTML) mine.replaceWith(document.adoptNode(theirs));
        }
      } catch { /* the answer comes when the slider is let go */ }
    }
    showing = false;
  }

  document.addEventListener("DOMContentLoaded", () => { customElements.define("number-of-span", OfSpan); });
})();
