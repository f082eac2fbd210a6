// Looks answers up in a sheet that was worked out before, and shows them. It knows no law.
"use strict";
(() => {
  const sheet = window.assentSheet, at = id => document.getElementById(id);
  const [STAGE, DONE, COUNT, REQUIRED, OF, LIMIT, UNITS] = [0, 1, 2, 3, 4, 5, 6];
  const form = at("questions"), slide = at("slide"), date = at("date");
  const long = new Intl.DateTimeFormat("en-GB", {day: "numeric", month: "long", year: "numeric", timeZone: "UTC"});
  const told = day => { const when = new Date(0); const [y, m, d] = day.split("-"); when.setUTCFullYear(y, m - 1, d); return long.format(when); };
  const whole = day => { const when = new Date(0); const [y, m, d] = day.split("-"); when.setUTCFullYear(y, m - 1, d); return when / 864e5; };
  const iso = number => new Date(number * 864e5).toISOString().slice(0, 10);
  const first = whole(sheet.days[0] || sheet.asOf), last = whole(sheet.days[sheet.days.length - 1] || sheet.asOf);
  const length = Math.max(Math.min(last - first + Math.max(Math.floor((last - first) * .03), 1), whole(sheet.asOf) - first), 1);
  const state = {day: sheet.asOf, held: sheet.questions.map(() => 0)};

  const place = held => sheet.questions.reduce((sum, asked, i) => sum * asked.readings.length + held[i], 0);
  const course = held => sheet.sets[place(held)];

  // The answer that stands on a day: the last that began by then.
  const answer = () => {
    const found = course(state.held) < 0 ? [] : sheet.courses[course(state.held)];
    let last = null;
    for (const [day, said] of found) if (sheet.days[day] <= state.day) last = sheet.answers[said];
    return last;
  };
  const days = () => course(state.held) < 0 ? [] : sheet.courses[course(state.held)].map(([day]) => sheet.days[day]);

  // What can be held with a choice just made: the set that changes the fewest other readings.
  const mend = kept => {
    let best = null, least = Infinity;
    sheet.sets.forEach((found, index) => {
      if (found < 0) return;
      const held = [];
      for (let i = sheet.questions.length - 1, rest = index; i >= 0; i--) {
        const size = sheet.questions[i].readings.length;
        held[i] = rest % size;
        rest = (rest - held[i]) / size;
      }
      if (held[kept] !== state.held[kept]) return;
      const changed = held.filter((one, i) => one !== state.held[i]).length;
      if (changed < least) [best, least] = [held, changed];
    });
    const names = best.flatMap((one, i) => one === state.held[i] ? [] : [`${sheet.questions[i].id}: ${sheet.questions[i].readings[one]}`]);
    state.held = best;
    return names.length ? `That can only be held with ${names.join(" and ")}, which was changed too.` : "";
  };

  const verdict = said => {
    const short = Math.max(said[REQUIRED] - said[COUNT], 0);
    const stage = said[STAGE] === "pending" && sheet.units.length && !short ? "pending-enough" : said[STAGE];
    const words = {completed_on: said[DONE] ? told(said[DONE]) : "", limit: said[LIMIT] ? told(said[LIMIT]) : "", as_of: told(state.day), short};
    return sheet.verdicts[stage].replace(/\{(\w+)\}/g, (_, name) => words[name]);
  };

  const how = (said, i) => said && said[UNITS][i] !== "." ? sheet.hows[said[UNITS][i]] : "absent";

  const draw = said => {
    const kinds = {};
    sheet.units.forEach((unit, i) => {
      const kind = how(said, i);
      kinds[kind] = (kinds[kind] || 0) + 1;
      for (const key of ["m", "t"]) {
        const node = at(`${key}-${unit}`);
        if (node) { node.setAttribute("class", `u k-${kind}`); node.setAttribute("aria-label", `${sheet.names[i]}: ${sheet.words[kind]}`); }
      }
    });
    if (at("legend")) at("legend").replaceChildren(...Object.keys(sheet.words).filter(kind => kinds[kind]).map(kind => {
      const row = document.createElement("li"), number = document.createElement("b");
      row.innerHTML = '<svg class="swatch" viewBox="0 0 14 14" aria-hidden="true"><rect x=".5" y=".5" width="13" height="13" rx="2"/></svg>';
      row.firstChild.classList.add(`k-${kind}`);
      number.textContent = kinds[kind];
      row.append(` ${sheet.words[kind]} `, number);
      return row;
    }));
    if (at("list")) at("list").replaceChildren(...sheet.units.map((_, i) => i).filter(i => how(said, i) !== "absent")
      .sort((a, b) => sheet.names[a] < sheet.names[b] ? -1 : 1).map(i => {
        const row = document.createElement("tr"), head = document.createElement("th"), cell = document.createElement("td");
        head.scope = "row";
        head.textContent = sheet.names[i];
        cell.textContent = sheet.words[how(said, i)];
        row.append(head, cell);
        return row;
      }));
  };

  // Where along the slider a day stands; the right end stands for the last day that can be shown.
  const along = day => Math.min(Math.max(whole(day) - first, 0), length);
  const drawn = (name, given, said = "") => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(given)) node.setAttribute(key, value);
    node.textContent = said;
    return node;
  };
  const percent = days => `${(100 * days / length).toFixed(2)}%`;

  // A line for each day on which the answer changed: above where the count rose, below where it fell, lowest where it stayed.
  const ticks = () => {
    let before = 0;
    const found = course(state.held) < 0 ? [] : sheet.courses[course(state.held)];
    const lines = found.map(([day, said]) => {
      const count = sheet.answers[said][COUNT], move = count > before ? "up" : count < before ? "down" : "same";
      const x = percent(along(sheet.days[day])), y = {up: 1, down: 10, same: 19}[move];
      before = count;
      return drawn("line", {class: `t-${move}`, "data-day": sheet.days[day], x1: x, x2: x, y1: y, y2: y + 8});
    });
    const x = percent(+slide.value);
    at("ticks").replaceChildren(...lines, drawn("line", {class: "now", x1: x, x2: x, y1: 0, y2: 30}));
  };
  const years = () => {
    const from = +iso(first).slice(0, 4), to = +iso(first + length).slice(0, 4);
    const every = [1, 2, 5, 10, 20, 50].find(n => (to - from) / n <= 6) || 100, texts = [];
    for (let year = from - from % every + every; year <= to; year += every) {
      const x = 100 * (whole(`${year}-01-01`) - first) / length;
      texts.push(drawn("text", {x: `${x.toFixed(2)}%`, y: 13, class: `a-${x > 96 ? "end" : x < 4 ? "start" : "middle"}`}, year));
    }
    at("years").replaceChildren(...texts);
  };

  const command = () => {
    const held = {...sheet.held};
    state.held.forEach((one, i) => { if (one) held[sheet.questions[i].id] = sheet.questions[i].readings[one]; });
    return ["assent status", sheet.matter, "--as-of", state.day, "--known-as-of", sheet.knownAsOf,
      ...Object.keys(held).sort().map(name => `--reading ${name}=${held[name]}`)].join(" ");
  };

  const show = (note = "") => {
    const said = answer(), stops = days();
    at("tally").className = `${at("count") ? "tally" : "stage"} s-${said ? said[STAGE] : "pending"}`;
    if (at("count")) { at("count").textContent = said ? said[COUNT] : "–"; at("required").textContent = said ? said[REQUIRED] : "–"; }
    else at("stage").textContent = said ? said[STAGE][0].toUpperCase() + said[STAGE].slice(1) : "Not begun";
    at("verdict").textContent = said ? verdict(said) : "It had not begun.";
    for (const id of ["day", "map-day"]) if (at(id)) at(id).textContent = told(state.day);
    at("command").textContent = command();
    at("told").textContent = note;
    at("told").hidden = !note;
    const stop = stops.filter(day => day <= state.day).length - 1;
    slide.max = length;
    slide.value = state.day >= sheet.asOf ? length : along(state.day);
    ticks();
    slide.setAttribute("aria-valuetext", told(state.day));
    date.value = state.day;
    at("back").disabled = stop <= 0 && !(stops.length && state.day > stops[0]);
    at("on").disabled = stop >= stops.length - 1;
    at("event").textContent = stop < 0 ? "" : `${told(stops[stop])}: ${sheet.events[stops[stop]] || (said && said[STAGE])}`;
    if (form) state.held.forEach((one, i) => { form.elements[sheet.questions[i].id].value = sheet.questions[i].readings[one]; });
    if (at("why-apart")) at("why-apart").hidden = state.day === sheet.asOf && state.held.every(one => !one);
    draw(said);
    at("live").textContent = `${told(state.day)}: ${said ? `${said[COUNT]} of ${said[REQUIRED]}. ${verdict(said)}` : "not begun"}`;
  };

  // The address is the state: what stands after the # gives this view again.
  const write = replace => {
    const parts = [state.day, ...state.held.flatMap((one, i) => one ? [`${sheet.questions[i].id}=${sheet.questions[i].readings[one]}`] : [])];
    history[replace ? "replaceState" : "pushState"](null, "", `#${parts.join("&")}`);
  };
  const read = () => {
    const [day, ...said] = decodeURIComponent(location.hash.slice(1)).split("&");
    state.day = /^\d{4}-\d\d-\d\d$/.test(day) && day <= sheet.asOf ? day : sheet.asOf;
    const held = sheet.questions.map(asked => {
      const pair = said.find(one => one.startsWith(`${asked.id}=`));
      return Math.max(pair ? asked.readings.indexOf(pair.slice(asked.id.length + 1)) : 0, 0);
    });
    state.held = course(held) < 0 ? sheet.questions.map(() => 0) : held;
  };
  const go = (change, replace, note) => { change(); write(replace); show(note); };

  slide.addEventListener("input", () => go(() => { state.day = +slide.value >= length ? sheet.asOf : iso(first + +slide.value); }, true));
  slide.addEventListener("keydown", event => {
    const step = {ArrowLeft: "back", ArrowDown: "back", ArrowRight: "on", ArrowUp: "on"}[event.key];
    if (!step) return;
    event.preventDefault();
    at(step).click();
  });
  date.addEventListener("change", () => { if (date.value) go(() => { state.day = date.value > sheet.asOf ? sheet.asOf : date.value; }); });
  at("back").addEventListener("click", () => go(() => { state.day = days().filter(day => day < state.day).pop() || state.day; }));
  at("on").addEventListener("click", () => go(() => { state.day = days().find(day => day > state.day) || state.day; }));
  if (form) {
    form.addEventListener("submit", event => event.preventDefault());
    form.addEventListener("change", event => {
      const i = sheet.questions.findIndex(asked => asked.id === event.target.name);
      state.held = state.held.slice();
      state.held[i] = sheet.questions[i].readings.indexOf(event.target.value);
      const note = course(state.held) < 0 ? mend(i) : "";
      go(() => {}, false, note);
    });
    at("reset").addEventListener("click", () => go(() => { state.day = sheet.asOf; state.held = sheet.questions.map(() => 0); }));
    form.hidden = false;
  }
  let playing = 0;
  const stop = () => { clearInterval(playing); playing = 0; at("play").textContent = "▶ Play"; };
  at("play").addEventListener("click", () => {
    if (playing) { stop(); return; }
    if (at("on").disabled) go(() => { state.day = days()[0] || state.day; }, true);
    at("play").textContent = "■ Stop";
    playing = setInterval(() => {
      const next = days().find(day => day > state.day);
      if (!next) { stop(); return; }
      go(() => { state.day = next; }, true);
    }, 700);
  });
  addEventListener("popstate", () => { read(); show(); });
  for (const node of document.querySelectorAll(".noscript")) node.remove();
  at("time").hidden = false;
  years();
  read();
  show();
})();
