// What a page cannot do by itself: keys, type-ahead, drag on the timeline, copying, and answers
// without loading everything anew. Every link and form works without it.

const isTyping = (target) => /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable;
const $ = (selector, within = document) => within.querySelector(selector);
const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];

// --- Pages without reload: the address bar stays true, and a plain load gives the same page.

let loading = null;
/** How long a whole page may take, in milliseconds, before its hits are shown without counts. */
const SOON = 200;
const PARTS = ["header.top", "main", "footer.foot"];

async function load(address, signal) {
  const answer = await fetch(address, { signal, headers: { Accept: "text/html" } });
  if (!(answer.headers.get("content-type") || "").startsWith("text/html")) throw new Error("no page");
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!$("header.top", page)) throw new Error("another kind of page");
  return page;
}

/** Loads the hits of a search without counts. */
function loadHits(url, signal) {
  const hits = new URL(url);
  hits.searchParams.set("no-counts", "true");
  return load(hits.href, signal);
}

function put(page, parts) {
  for (const part of parts) {
    const fresh = document.adoptNode($(part, page));
    $(part).replaceWith(fresh);
    ready(fresh);
  }
}

/** Shows a page in the place of another one. */
function enter(page, url, push) {
  if (push) history.pushState(null, "", url.pathname + url.search + url.hash);
  document.title = page.title;
  document.documentElement.lang = page.documentElement.lang;
  document.documentElement.dataset.theme = page.documentElement.dataset.theme;
  put(page, PARTS);
  if (!push) return;
  const target = url.hash && document.getElementById(decodeURIComponent(url.hash.slice(1)));
  if (target) target.scrollIntoView();
  else window.scrollTo(0, 0);
  $("main").focus({ preventScroll: true });
}

/** Adds the counts to hits that are shown already; the hits stay as they are, with what is chosen among them. */
function fill(page) {
  const chosen = document.activeElement;
  const [shown, fresh] = [$(".hits"), $(".hits", page)];
  const links = (hits) => $$("h3 a", hits).map((link) => link.getAttribute("href")).join(" ");
  if (shown && fresh && links(shown) === links(fresh)) fresh.replaceWith(shown);
  put(page, ["main"]);
  (chosen.isConnected ? chosen : $("main")).focus({ preventScroll: true });
}

async function show(address, push = true) {
  loading?.abort();
  const mine = (loading = new AbortController());
  const url = new URL(address, location.href);
  const state = document.body.classList;
  state.remove("counting");
  state.add("busy");
  let hits = null;
  try {
    const whole = load(url.href, mine.signal);
    const isLate = url.pathname === "/" && (await Promise.race([whole.then(() => false), new Promise((late) => setTimeout(late, SOON, true))]));
    hits = isLate && (await Promise.race([whole.then(() => null), loadHits(url, mine.signal).catch(() => whole.then(() => null))]));
    if (hits && !mine.signal.aborted) {
      enter(hits, url, push);
      state.replace("busy", "counting");
    }
    const page = await whole;
    if (mine.signal.aborted) return;
    if (hits) fill(page);
    else enter(page, url, push);
  } catch (error) {
    // Hits are worth keeping where their counts take too long.
    if (error.name !== "AbortError" && !hits) location.assign(address);
  } finally {
    if (loading === mine) state.remove("busy", "counting");
  }
}

const PAGES = ["/", "/article", "/kwic", "/compare"];
const isPage = (url) => url.origin === location.origin && PAGES.includes(url.pathname);

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest?.("a[href]");
  if (!link || link.hasAttribute("download")) return;
  const href = typeof link.href === "string" ? link.href : link.href.baseVal;
  const url = new URL(href, location.href);
  if (!isPage(url) || (url.hash && url.pathname + url.search === location.pathname + location.search)) return;
  event.preventDefault();
  show(url.href);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "get") return;
  const url = new URL(form.action, location.href);
  if (!isPage(url)) return;
  event.preventDefault();
  const fields = [...new FormData(form)].filter(([, value]) => String(value).trim());
  url.search = new URLSearchParams(fields);
  show(url.href);
});

addEventListener("popstate", () => show(location.href, false));

// --- Keys: / query, j and k articles, Enter opens, n and p matches.

function choose(step) {
  const hits = $$(".hits > li");
  if (!hits.length) return;
  let current = hits.findIndex((hit) => hit.classList.contains("current"));
  hits[current]?.classList.remove("current");
  current = Math.min(Math.max(current + step, 0), hits.length - 1);
  hits[current].classList.add("current");
  $("h3 a", hits[current]).focus({ preventScroll: true });
  hits[current].scrollIntoView({ block: "nearest" });
}

function stepMark(step) {
  const marks = $$(".whole mark[id]");
  if (!marks.length) return;
  let mark = marks.findIndex((mark) => mark.classList.contains("now"));
  marks[mark]?.classList.remove("now");
  mark = (mark + step + marks.length + (mark < 0 && step < 0 ? 1 : 0)) % marks.length;
  marks[mark].classList.add("now");
  marks[mark].scrollIntoView({ block: "center" });
  const at = $(".marks .at");
  if (at) at.textContent = `${mark + 1}/${marks.length}`;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
  // The same keys in a Ukrainian layout.
  const key = { о: "j", л: "k", т: "n", з: "p", ".": event.code === "Slash" ? "/" : "." }[event.key] || event.key;
  const act = {
    "/": () => $("input[name=query]")?.focus(),
    j: () => choose(1),
    k: () => choose(-1),
    n: () => stepMark(1),
    p: () => stepMark(-1),
  }[key];
  if (act) {
    event.preventDefault();
    act();
  }
});

// --- Type-ahead: words of the archive, as a list that the box owns.

function complete(box) {
  const form = box.form;
  let offers = null;
  let chosen = -1;
  let timer = 0;
  let asking = null;
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-expanded", "false");
  const close = () => {
    offers?.remove();
    offers = null;
    chosen = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-controls");
    box.removeAttribute("aria-activedescendant");
  };
  const select = (at) => {
    const items = offers ? [...offers.children] : [];
    items[chosen]?.setAttribute("aria-selected", "false");
    chosen = items.length ? (at + items.length) % items.length : -1;
    items[chosen]?.setAttribute("aria-selected", "true");
    if (chosen >= 0) box.setAttribute("aria-activedescendant", items[chosen].id);
  };
  const take = (item) => {
    box.value = `${item.dataset.query} `;
    close();
    box.focus();
  };
  const open = (completions) => {
    close();
    if (!completions.length || document.activeElement !== box) return;
    offers = document.createElement("ul");
    offers.className = "offers";
    offers.id = "offers";
    offers.setAttribute("role", "listbox");
    offers.setAttribute("aria-label", box.labels?.[0]?.textContent || box.getAttribute("aria-label") || "");
    completions.forEach(({ word, query, articles }, at) => {
      const item = document.createElement("li");
      item.id = `offer-${at}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.dataset.query = query;
      const count = document.createElement("span");
      count.className = "note";
      count.textContent = articles.toLocaleString(document.documentElement.lang);
      item.append(word, count);
      item.addEventListener("mousedown", (event) => {
        event.preventDefault();
        take(item);
      });
      offers.append(item);
    });
    form.append(offers);
    box.setAttribute("aria-controls", "offers");
    box.setAttribute("aria-expanded", "true");
  };
  box.addEventListener("input", () => {
    clearTimeout(timer);
    asking?.abort();
    timer = setTimeout(async () => {
      const query = box.value;
      if (query.trim().length < 2 || box.selectionStart !== query.length) return close();
      asking = new AbortController();
      try {
        const answer = await fetch(`/api/v1/suggest?limit=6&query=${encodeURIComponent(query)}`, { signal: asking.signal });
        if (answer.ok) open((await answer.json()).completions);
        else close();
      } catch {
        // Another letter was typed, or there is no server: the box works without offers.
      }
    }, 120);
  });
  box.addEventListener("keydown", (event) => {
    if (!offers) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      select(event.key === "ArrowDown" ? chosen + 1 : chosen < 0 ? -1 : chosen - 1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if ((event.key === "Enter" || event.key === "Tab") && chosen >= 0) {
      event.preventDefault();
      take(offers.children[chosen]);
    }
  });
  box.addEventListener("blur", () => {
    clearTimeout(timer);
    close();
  });
  form.addEventListener("submit", close);
}

// --- Drag over the timeline chooses dates.

function drag(bars) {
  let start = null;
  let drawn = null;
  let hasMoved = false;
  const items = $$("[data-from]", bars);
  const place = (event) => {
    const box = bars.getBoundingClientRect();
    const share = Math.min(Math.max((event.clientX - box.left) / box.width, 0), 0.9999);
    return Math.floor(share * items.length);
  };
  const draw = (from, to) => {
    const step = 1000 / items.length;
    drawn ??= bars.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "rect"));
    drawn.setAttribute("class", "drawn");
    drawn.setAttribute("x", from * step);
    drawn.setAttribute("width", (to - from + 1) * step);
    drawn.setAttribute("height", 120);
  };
  bars.addEventListener("dragstart", (event) => event.preventDefault());
  bars.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    start = place(event);
    hasMoved = false;
  });
  bars.addEventListener("pointermove", (event) => {
    if (start === null) return;
    const at = place(event);
    if (!hasMoved && at === start) return;
    if (!hasMoved) bars.setPointerCapture(event.pointerId);
    hasMoved = true;
    draw(Math.min(start, at), Math.max(start, at));
  });
  const end = (event) => {
    if (start === null) return;
    const [from, to] = [start, place(event)].sort((a, b) => a - b);
    start = null;
    drawn?.remove();
    drawn = null;
    if (!hasMoved || event.type !== "pointerup") return;
    const url = new URL(location.href);
    for (const name of ["cursor", "offset", "by"]) url.searchParams.delete(name);
    url.searchParams.set("from", items[from].dataset.from);
    url.searchParams.set("to", items[to].dataset.to);
    show(url.href);
  };
  bars.addEventListener("pointerup", end);
  bars.addEventListener("pointercancel", end);
  // The end of a drag is no click on a bar.
  bars.addEventListener("click", (event) => {
    if (!hasMoved) return;
    event.preventDefault();
    event.stopPropagation();
    hasMoved = false;
  }, true);
}

// --- Copying.

async function copy(button) {
  let text = document.getElementById(button.dataset.copy)?.textContent || "";
  if (button.classList.contains("quote")) {
    const chosen = String(getSelection()).trim();
    if (chosen) text = `«${chosen}» (${text})`;
  }
  const done = button.parentElement.querySelector(".done");
  try {
    await navigator.clipboard.writeText(text);
    if (done) done.textContent = "✓";
    button.setAttribute("data-done", "");
  } catch {
    // No permission: the text is chosen, so that it can be copied by hand.
    getSelection().selectAllChildren(document.getElementById(button.dataset.copy));
  }
}

// --- What a part of a page needs once it is shown.

function ready(part) {
  const box = $(".box input[name=query]", part);
  if (box) complete(box);
  const bars = $("svg.bars", part);
  if (bars) drag(bars);
  for (const button of $$("button[hidden]", part)) button.hidden = false;
  for (const button of $$("[data-copy]", part)) {
    // A click would take the selection away.
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => copy(button));
  }
  for (const button of $$("[data-step]", part)) button.addEventListener("click", () => stepMark(Number(button.dataset.step)));
}

document.addEventListener("click", (event) => {
  for (const open of $$("details.settings[open]")) if (!open.contains(event.target)) open.open = false;
});

ready(document);
