// What the pages do besides for who reads long: texts to copy, the list of keys, printing, and the history, which stays in
// this browser. Everything else works without this file.
// @ts-check

export {};

/** Where the history lies in this browser: a list of searches, and whether to keep one. */
const HISTORY = "griot-history";
const KEEP = "griot-history-keep";

/** Searches that are kept. */
const MOST = 200;

/** @typedef {{ address: string, query: string, filters: string[], total: string, at: string }} Search */

/** @param {string} selector @returns {HTMLElement | null} */
const one = (selector) => document.querySelector(selector);

for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("button.copy"))) {
  // Only pages from this machine or over TLS may write to the clipboard.
  if (!navigator.clipboard) continue;
  button.hidden = false;
  const said = button.textContent;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy ?? "")?.textContent ?? "";
    await navigator.clipboard.writeText(text).catch(() => {});
    button.textContent = button.dataset.copied ?? said;
    window.setTimeout(() => (button.textContent = said), 2000);
  });
}

for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("button.print"))) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

const keys = /** @type {HTMLDialogElement | null} */ (one("#keys"));
const opener = /** @type {HTMLButtonElement | null} */ (one("#keys-open"));
if (keys && opener) {
  opener.hidden = false;
  opener.addEventListener("click", () => keys.showModal());
  document.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.key !== "?" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (target.closest("input, select, textarea")) return;
    if (keys.open) keys.close();
    else keys.showModal();
  });
}

/** @returns {Search[]} */
function kept() {
  try {
    const read = JSON.parse(localStorage.getItem(HISTORY) ?? "[]");
    return Array.isArray(read) ? read.filter((search) => typeof search?.address === "string" && search.address.startsWith("/?")) : [];
  } catch {
    return [];
  }
}

/** @param {Search[]} searches */
function keep(searches) {
  try {
    localStorage.setItem(HISTORY, JSON.stringify(searches.slice(0, MOST)));
  } catch {
    // A browser that keeps nothing has no history.
  }
}

const isKept = () => {
  try {
    return localStorage.getItem(KEEP) !== "no";
  } catch {
    return false;
  }
};

/** Remembers the search of this page: without the page of hits, so that leafing through is one search. */
function remember() {
  const total = one(".heading h1 b")?.textContent;
  const search = new URLSearchParams(location.search);
  for (const name of ["page", "ui-lang", "map", "explain", "facets", "limit"]) search.delete(name);
  if (location.pathname !== "/" || total === undefined || total === null || !isKept()) return;
  const filters = Array.from(document.querySelectorAll(".chip > span"), (chip) => chip.textContent ?? "");
  const query = search.get("q")?.trim() ?? "";
  if (query === "" && filters.length === 0) return;
  const address = `/?${search}`;
  const others = kept().filter((known) => known.address !== address);
  keep([{ address, query, filters, total, at: new Date().toISOString() }, ...others]);
}

/** Lists the searches that are kept. @param {HTMLElement} list */
function show(list) {
  const searches = kept();
  const rows = searches.map((search) => {
    const link = Object.assign(document.createElement("a"), { href: search.address, textContent: search.query || "–" });
    const about = [search.filters.join(" · "), `${search.total} ${list.dataset.articles}`, new Date(search.at).toLocaleString(document.documentElement.lang)];
    const quiet = Object.assign(document.createElement("span"), { className: "quiet", textContent: about.filter(Boolean).join(" · ") });
    const forget = Object.assign(document.createElement("button"), { type: "button", className: "wrong", textContent: "×" });
    forget.setAttribute("aria-label", `${list.dataset.forget}: ${search.query}`);
    forget.addEventListener("click", () => {
      keep(kept().filter((known) => known.address !== search.address));
      show(list);
    });
    const row = document.createElement("li");
    row.append(link, " ", quiet, " ", forget);
    return row;
  });
  const all = document.createElement("ol");
  all.append(...rows);
  const none = Object.assign(document.createElement("p"), { textContent: list.dataset.none });
  list.replaceChildren(rows.length > 0 ? all : none);
  const clear = one("#history-clear");
  if (clear) clear.hidden = rows.length === 0;
}

remember();
const list = one("#history");
if (list) {
  show(list);
  one("#history-clear")?.addEventListener("click", () => {
    keep([]);
    show(list);
  });
  const label = one("#history-switch");
  const box = /** @type {HTMLInputElement | null} */ (one("#history-switch input"));
  if (label && box) {
    label.hidden = false;
    box.checked = isKept();
    box.addEventListener("change", () => localStorage.setItem(KEEP, box.checked ? "yes" : "no"));
  }
}
