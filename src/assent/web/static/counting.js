/* The counting questions: a slider beside each "n in 100", forms that ask as soon as they change, rows that open, and a
   curve that can be pointed at. Every answer comes from the server; without this script each form has its button. */
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);

  /* The page's own script fetches what a link leads to and swaps it in: a form makes a link of what it says. */
  function follow(url) {
    const link = document.createElement("a");
    link.href = url;
    link.dataset.go = "";
    link.hidden = true;
    document.body.append(link);
    link.click();
    link.remove();
  }

  function asked(form) {
    const plain = (name, value) => form.elements[name]?.dataset?.plain === value;
    const said = [...new FormData(form)].filter(([name, value]) => value !== "" && !plain(name, value));
    const query = said.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join("&");
    return new URL(form.getAttribute("action"), location.href).pathname + (query ? `?${query}` : "");
  }

  document.addEventListener("submit", (event) => {
    if (!("ask" in event.target.dataset)) return;
    event.preventDefault();
    waits();
    follow(asked(event.target));
  });
  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (!form || !("ask" in form.dataset) || event.target.type === "date") return;
    if (form.reportValidity()) { waits(); follow(asked(form)); }
  });

  /* ── so many in a hundred ───────────────────────────────────────────────────────────────────────────────────── */
  class Hundred extends HTMLElement {
    connectedCallback() {
      if (this.querySelector("input")) return;
      const select = this.querySelector("select"), slide = document.createElement("input");
      slide.type = "range";
      slide.id = `${select.id}-slide`;
      slide.max = "100";
      slide.step = "1";
      slide.value = parseFloat(select.selectedOptions[0]?.textContent) || (select.value ? 0 : 50);
      slide.setAttribute("aria-label", `${document.querySelector(`label[for="${select.id}"]`)?.firstChild.textContent.trim() ?? ""} in a hundred`);
      slide.setAttribute("aria-valuetext", select.selectedOptions[0]?.textContent ?? "");
      this.append(slide);
    }
  }
  document.addEventListener("input", (event) => {
    const select = event.target.type === "range" && event.target.closest("n-in-hundred")?.querySelector("select");
    if (!select) return;
    const option = [...select.options].find((o) => o.value && o.textContent === `${event.target.value} in 100`);
    if (option) select.value = option.value;
    event.target.setAttribute("aria-valuetext", `${event.target.value} in 100`);
    event.target.closest(".row").classList.remove("unsaid");
    preview(select.form);
  });

  /* While a slider moves, only what answers follows it: the form stays under the hand. */
  let showing = false, next = null;
  async function preview(form) {
    next = asked(form);
    if (showing) return;
    showing = true;
    while (next) {
      const url = next;
      next = null;
      try {
        const answer = await fetch(url, { headers: { Accept: "text/html" } });
        if (!answer.ok) continue;
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        for (const id of ["answer", "curve", "moves", "world"]) {
          const theirs = page.getElementById(id), mine = $(id);
          if (mine && theirs && mine.outerHTML !== theirs.outerHTML) mine.replaceWith(document.adoptNode(theirs));
        }
      } catch { /* the answer comes when the slider is let go */ }
    }
    showing = false;
  }

  /* ── waiting ────────────────────────────────────────────────────────────────────────────────────────────────── */
  let late = 0;
  function waits() {
    clearTimeout(late);
    late = setTimeout(() => {
      document.body.classList.add("busy", "wait");
      $("live").textContent = "Working it out";
    }, 400);
  }
  function came(list) {
    if (list.getEntries().every((one) => one.responseStatus === 503)) return; // it is asked for again
    clearTimeout(late);
    document.body.classList.remove("busy", "wait");
  }

  /* ── rows that open ─────────────────────────────────────────────────────────────────────────────────────────── */
  let wanted = "";
  function open(id) {
    const inside = $(id), row = inside?.closest("details");
    if (!row) return false;
    row.open = true;
    row.scrollIntoView({ block: "center" });
    row.querySelector("summary").focus({ preventScroll: true });
    return true;
  }
  document.addEventListener("click", (event) => {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("a[href]");
    if (!link) return;
    const to = new URL(link.getAttribute("href"), location.href);
    if (to.pathname + to.search === location.pathname + location.search && to.hash) {
      if (open(to.hash.slice(1))) {
        event.preventDefault();
        event.stopPropagation();
        history.replaceState(history.state, "", to);
      }
    } else if ("go" in link.dataset || link.matches(".u")) {
      wanted = to.hash.slice(1);
      waits();
    }
  }, true);

  /* ── a curve to point at ────────────────────────────────────────────────────────────────────────────────────── */
  function nearest(event) {
    const curve = event.target.closest?.("svg.curve");
    if (!curve) return null;
    const box = curve.getBoundingClientRect(), plot = curve.querySelector("svg").getBoundingClientRect();
    const rows = [...document.querySelectorAll("#points tr[data-at]")];
    if (!rows.length || event.clientX < plot.left - 8 || event.clientX > plot.right + 8) return null;
    const low = +rows[0].dataset.at, high = +rows[rows.length - 1].dataset.at;
    const at = low + (high - low) * (event.clientX - plot.left) / plot.width;
    const row = rows.reduce((best, one) => (Math.abs(one.dataset.at - at) < Math.abs(best.dataset.at - at) ? one : best));
    return { curve, row, x: plot.left - box.left + plot.width * (row.dataset.at - low) / (high - low), high: plot.bottom - box.top };
  }
  document.addEventListener("pointermove", (event) => {
    const found = nearest(event);
    if (!found) return;
    let hair = found.curve.querySelector(".cur-hair");
    if (!hair) {
      hair = document.createElementNS("http://www.w3.org/2000/svg", "line");
      hair.setAttribute("class", "cur-hair");
      found.curve.append(hair);
    }
    for (const [name, value] of [["x1", found.x], ["x2", found.x], ["y1", 0], ["y2", found.high]]) hair.setAttribute(name, value);
    const said = $("curve-said");
    if (said) said.textContent = found.row.dataset.said;
  });
  document.addEventListener("click", (event) => {
    const link = nearest(event)?.row.querySelector("a");
    if (link) { waits(); follow(link.href); }
  });

  document.addEventListener("DOMContentLoaded", () => {
    customElements.define("n-in-hundred", Hundred); // now, so that what is inside is there already
    new MutationObserver(() => { if (wanted && open(wanted)) wanted = ""; }).observe($("main"), { childList: true, subtree: true });
    new PerformanceObserver(came).observe({ type: "resource" });
    if (location.hash) open(location.hash.slice(1));
  });
})();
