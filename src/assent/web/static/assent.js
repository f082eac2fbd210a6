/* Assent: every control is a link or a form of the page. With this script they go faster: the next page is fetched, and
   the parts that differ take the place of the old ones. Nothing is counted here. */
"use strict";
(() => {
  const root = document.documentElement;
  const kept = () => { try { return localStorage.getItem("theme"); } catch { return null; } };
  if (kept()) root.dataset.theme = kept();

  const $ = (id) => document.getElementById(id);
  const TRIES = 6; // of asking again for what takes long
  let asking = null, playing = null, pushed = 0;

  /* one page after another */
  async function go(url, { how = "push", say = true } = {}) {
    asking?.abort();
    const mine = asking = new AbortController();
    const to = new URL(url, location.href);
    try {
      const answer = await fetched(to.pathname + to.search, mine.signal);
      const page = new DOMParser().parseFromString(answer.text, "text/html");
      if (mine.signal.aborted) return false;
      if (!answer.ok || !page.getElementById("answer")) { location.href = to; return false; }
      const at = answer.url + to.hash; // where the door says this page is
      if (how === "push") history.pushState({ at: ++pushed }, "", at);
      if (how === "replace") history.replaceState(history.state, "", at);
      swap(page);
      document.title = page.title;
      const aim = to.hash && $(to.hash.slice(1));
      if (aim && !aim.contains(document.activeElement)) { aim.scrollIntoView({ block: "start" }); land(aim); }
      if (say) announce();
      return true;
    } catch (error) {
      if (error.name !== "AbortError") location.href = to;
      return false;
    }
  }

  /* Who rests on a link will likely follow it: its page is fetched ahead, and kept for a moment. */
  const ahead = new Map();
  let resting = 0;
  function rest(href) {
    clearTimeout(resting);
    const to = href && new URL(href, location.href), url = to && to.pathname + to.search;
    if (!url || ahead.has(url) || navigator.connection?.saveData) return;
    resting = setTimeout(() => {
      ahead.set(url, fetch(url, { headers: { Accept: "text/html" } }).then(async (a) => ({ ok: a.ok, url: a.url, text: await a.text() })));
      ahead.get(url).catch(() => ahead.delete(url));
      setTimeout(() => ahead.delete(url), 8000);
      if (ahead.size > 6) ahead.delete(ahead.keys().next().value);
    }, 60);
  }

  async function fetched(url, signal) {
    if (ahead.has(url)) return ahead.get(url);
    for (let tries = 0; ; tries++) {
      const answer = await fetch(url, { signal, headers: { Accept: "text/html" } });
      const later = answer.status === 503 && tries < TRIES && +answer.headers.get("Retry-After");
      if (!later) return { ok: answer.ok, url: answer.url, text: await answer.text() };
      $("live").textContent = "Still working it out"; // the door goes on with what takes long, and keeps it
      await new Promise((done) => { setTimeout(done, later * 1000); });
      signal?.throwIfAborted();
    }
  }

  function swap(page) {
    const focus = document.activeElement?.id, about = document.activeElement?.closest("[data-live]")?.id;
    const open = new Map([...document.querySelectorAll("details[id]")].map((d) => [d.id, d.open]));
    for (const part of [...document.querySelectorAll("[data-live]")]) {
      if (!part.isConnected) continue;
      const next = page.getElementById(part.id);
      if (!next) { continue; }
      if (part.id === "drawing" && part.className === next.className && part.querySelector("[data-morph]")) {
        morph(part, next);
      } else if (part.outerHTML !== next.outerHTML) {
        part.replaceWith(document.adoptNode(next));
      }
    }
    const slide = $("slide"), theirs = page.getElementById("slide");
    if (slide && theirs) {
      if (document.activeElement !== slide) slide.value = theirs.value;
      slide.setAttribute("aria-valuetext", theirs.getAttribute("aria-valuetext"));
    }
    for (const [id, was] of open) { const d = $(id); if (d) d.open = was; }
    enliven();
    if (focus && document.activeElement?.id !== focus) land($(focus));
    if (about && document.activeElement === document.body) land($(about));
  }

  /* A link that is gone leaves the focus where it stood, and not at the top of the page. */
  function land(part) {
    if (!part) return;
    if (part.tabIndex < 0) part.tabIndex = -1;
    part.focus({ preventScroll: true });
  }

  /* A drawing keeps its elements, so that the focus stays: only what is said of each unit changes. */
  function morph(mine, next) {
    for (const unit of mine.querySelectorAll(".u")) {
      const other = next.querySelector("#" + CSS.escape(unit.id));
      if (!other) continue;
      for (const name of ["class", "href", "role", "aria-label"]) {
        const said = other.getAttribute(name);
        if (said === null) unit.removeAttribute(name);
        else if (unit.getAttribute(name) !== said) unit.setAttribute(name, said);
      }
    }
    const rings = mine.querySelector(".rings"), theirs = next.querySelector(".rings");
    if (rings && theirs) rings.innerHTML = theirs.innerHTML;
  }

  let day = "";
  function announce() {
    const shown = $("map-h")?.textContent ?? "", moved = shown !== day;
    day = shown;
    const tally = document.querySelector("#answer .tally, #answer .stage"), verdict = document.querySelector("#answer .verdict");
    const beside = document.querySelector("#beside .said");
    if (tally && verdict) $("live").textContent = `${moved && shown ? `${shown}: ` : ""}${tally.textContent}. ${verdict.textContent}${beside ? ` ${beside.textContent}` : ""}`;
  }

  /* what the script adds */
  function enliven() {
    for (const hidden of document.querySelectorAll("[data-copy],[data-copy-link],#slide,#play,#readout,#theme")) hidden.hidden = false;
    const undo = document.querySelector("[data-undo]");
    if (undo) undo.hidden = !history.state?.at;
    const play = $("play");
    if (play) play.textContent = playing ? "❚❚ Pause" : "▶ Play";
    for (const drawing of document.querySelectorAll("[data-morph]")) {
      const units = [...drawing.querySelectorAll(".u[href]")];
      const here = units.find((u) => u === document.activeElement) || units.find((u) => u.getAttribute("tabindex") === "0") || units[0];
      for (const unit of drawing.querySelectorAll(".u")) unit.setAttribute("tabindex", unit === here ? "0" : "-1");
    }
    for (const [id, mark] of [["share-cite", " /"], ["share-embed", '"/']]) { // whoever takes it away is somewhere else
      const taken = $(id);
      if (taken) taken.textContent = taken.textContent.replace(mark, mark[0] + location.origin + "/");
    }
    sized();
    brief();
    theme();
  }

  /* Where the page draws what fits the width, say which it is. */
  const narrow = matchMedia("(max-width:37.49rem)");
  function sized() {
    if (!document.querySelector(".views.auto")) return;
    for (const [view, drawn] of [["map", !narrow.matches], ["tiles", narrow.matches]]) {
      if (drawn) $("view-" + view).setAttribute("aria-current", "true");
      else $("view-" + view).removeAttribute("aria-current");
    }
  }
  narrow.addEventListener("change", sized);

  /* The answer is said at the top of the window while it is out of sight. */
  function brief() {
    const bar = $("brief"), answer = $("answer");
    if (bar && answer) bar.hidden = answer.getBoundingClientRect().bottom > 0;
  }
  addEventListener("scroll", brief, { passive: true });

  /* On paper everything that is folded is open. */
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const one of folded) one.open = true;
  });
  addEventListener("afterprint", () => { for (const one of folded) one.open = false; });

  function theme() {
    const button = $("theme");
    if (!button) return;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    button.textContent = dark ? "Light" : "Dark";
    button.setAttribute("aria-label", dark ? "Use light colours" : "Use dark colours");
  }

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const target = event.target;
    const link = target.closest("a[data-go][href], .u[href]");
    if (link) {
      event.preventDefault();
      stop();
      go(link.getAttribute("href"));
      return;
    }
    const button = target.closest("button");
    if (!button) return;
    if (button.id === "theme") {
      const dark = button.textContent === "Dark";
      root.dataset.theme = dark ? "dark" : "light";
      try { localStorage.setItem("theme", root.dataset.theme); } catch { /* it holds for this page */ }
      theme();
    } else if (button.id === "play") {
      if (playing) stop(); else start();
    } else if ("undo" in button.dataset) {
      history.back();
    } else if ("copyLink" in button.dataset) {
      copy(button, location.href);
    } else if (button.dataset.copy) {
      copy(button, $(button.dataset.copy).textContent);
    }
  });

  async function copy(button, text) {
    try { await navigator.clipboard.writeText(text); $("live").textContent = "Copied"; button.textContent = "Copied"; }
    catch { $("live").textContent = "Copying is not allowed here: select the text"; }
  }

  addEventListener("popstate", () => { if (document.querySelector("[data-live]")) { stop(); go(location.href, { how: "none" }); } });

  /* time */
  function onDay(day) {
    const slide = $("slide"), url = new URL(location.href);
    if (day >= +slide.max) url.searchParams.delete("as-of");
    else {
      const first = new Date(slide.dataset.first + "T00:00:00Z");
      first.setUTCDate(first.getUTCDate() + day);
      url.searchParams.set("as-of", first.toISOString().slice(0, 10));
    }
    const order = ["as-of", "known-as-of"];
    const said = [...url.searchParams].sort(([a], [b]) => (order.includes(b) - order.includes(a)) || order.indexOf(a) - order.indexOf(b));
    return url.pathname + (said.length ? "?" + said.map(([k, v]) => `${k}=${encodeURIComponent(v).replace(/%2C/g, ",").replace(/%3A/g, ":")}`).join("&") : "");
  }
  const ticks = () => [...document.querySelectorAll("#ticks [data-day]")].map((t) => +t.dataset.day);
  let waiting = false, wanted = null;
  async function drag(day) {
    wanted = day;
    if (waiting) return;
    waiting = true;
    while (wanted !== null) {
      const now = wanted;
      wanted = null;
      await go(onDay(now), { how: "replace", say: wanted === null });
    }
    waiting = false;
  }
  document.addEventListener("input", (event) => { if (event.target.id === "slide") { stop(); drag(+event.target.value); } });
  document.addEventListener("submit", (event) => {
    if (!("form" in event.target.dataset)) return;
    event.preventDefault();
    stop();
    const said = new URLSearchParams(new FormData(event.target));
    for (const field of event.target.querySelectorAll("[data-plain]")) if (field.value === field.dataset.plain) said.delete(field.name);
    go(event.target.getAttribute("action") + "?" + said);
  });
  function start() {
    const slide = $("slide");
    if (!slide) return;
    let from = ticks().some((day) => day > +slide.value) ? +slide.value : -1;
    const step = async () => {
      const next = ticks().find((day) => day > from);
      if (next === undefined || !playing) { stop(); return; }
      slide.value = from = next;
      await go(onDay(next), { how: "replace", say: false });
      if (playing) playing = setTimeout(step, 650);
    };
    playing = setTimeout(step, 0);
    enliven();
  }
  function stop() {
    if (!playing) return;
    clearTimeout(playing);
    playing = null;
    enliven();
    announce();
  }

  /* keys */
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { document.activeElement?.closest(".term")?.classList.add("hushed"); stop(); return; }
    const choice = event.key === " " && event.target.closest?.(".choices a[href], .views a, a.button");
    if (choice) { event.preventDefault(); choice.click(); return; } // what looks like a button answers like one
    const unit = event.target.closest?.(".u");
    if (unit) keys(event, unit);
    if (event.target.id === "slide" && ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"].includes(event.key)) {
      const forth = ["ArrowRight", "ArrowUp"].includes(event.key), at = +event.target.value, days = ticks();
      const to = forth ? days.find((d) => d > at) ?? +event.target.max : days.filter((d) => d < at).pop() ?? 0;
      event.preventDefault();
      event.target.value = to;
      stop();
      drag(to);
    }
  });
  document.addEventListener("focusout", (event) => event.target.closest?.(".term")?.classList.remove("hushed"));

  function keys(event, unit) {
    if (event.key === " ") { event.preventDefault(); if (unit.hasAttribute("href")) go(unit.getAttribute("href")); return; }
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!way) return;
    event.preventDefault();
    const x = +unit.dataset.x, y = +unit.dataset.y;
    let best = null, least = Infinity;
    for (const other of unit.closest("svg").querySelectorAll(".u")) {
      const dx = other.dataset.x - x, dy = other.dataset.y - y;
      const along = dx * way[0] + dy * way[1], across = Math.abs(dx * way[1]) + Math.abs(dy * way[0]);
      if (other === unit || along <= 0 || across > along * 2) continue;
      if (along + across * 2 < least) { least = along + across * 2; best = other; }
    }
    if (!best) return;
    unit.setAttribute("tabindex", "-1");
    best.setAttribute("tabindex", "0");
    best.focus();
  }

  const tell = (event) => {
    const unit = event.target.closest?.(".u"), readout = $("readout");
    if (readout && unit) readout.textContent = unit.getAttribute("aria-label");
    rest(event.target.closest?.("a[data-go][href], .u[href]")?.getAttribute("href").split("#")[0]);
  };
  document.addEventListener("pointerover", tell);
  document.addEventListener("focusin", tell);

  document.addEventListener("DOMContentLoaded", () => { enliven(); day = $("map-h")?.textContent ?? ""; $("readout") && ($("readout").textContent = "Point at the map, or move to it and use the arrow keys."); });
})();
