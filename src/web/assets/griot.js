// What the pages do besides: suggestions while one types, keys, a stretch of the timeline chosen by dragging.
// Everything works without this file.
// @ts-check

/** @param {string} selector @returns {HTMLElement[]} */
const all = (selector) => Array.from(document.querySelectorAll(selector));

const box = /** @type {HTMLInputElement | null} */ (document.querySelector("form.search input[name=q]"));
const list = document.querySelector("#suggestions");

/** Asked for most lately: answers to older questions come too late. */
let asked = "";

/** Fills the list of suggestions for the word at the end of the box. */
async function suggest() {
  if (!box || !list) return;
  const typed = box.value;
  const word = typed.split(/\s/).pop() ?? "";
  asked = typed;
  if (word.length < 2) return list.replaceChildren();
  const answer = await fetch(`/api/v1/suggest?limit=8&prefix=${encodeURIComponent(word)}`).catch(() => null);
  if (!answer?.ok || asked !== typed) return;
  /** @type {{words: {text: string, count: number}[], values: {facet: string, label: string, count: number}[]}} */
  const found = await answer.json();
  const before = typed.slice(0, typed.length - word.length);
  const options = [
    ...found.words.map((one) => ({ value: before + one.text, label: String(one.count) })),
    ...found.values.map((one) => ({
      value: `${before}${one.facet}:${/\s/.test(one.label) ? `"${one.label}"` : one.label}`,
      label: String(one.count),
    })),
  ];
  list.replaceChildren(...options.map((one) => Object.assign(document.createElement("option"), one)));
}

let waiting = 0;
box?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = window.setTimeout(suggest, 150);
});

/** Goes to the next or the previous hit: in the list, or from article to article. @param {number} step */
function walk(step) {
  const hits = all(".hit");
  if (hits.length === 0) {
    /** @type {HTMLAnchorElement | null} */ (document.querySelector(`.walk a[rel=${step > 0 ? "next" : "prev"}]`))?.click();
    return;
  }
  const at = hits.findIndex((hit) => hit.classList.contains("current"));
  const next = hits[Math.min(Math.max(at + step, 0), hits.length - 1)];
  hits.forEach((hit) => hit.classList.toggle("current", hit === next));
  next.querySelector("a")?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  if (event.ctrlKey || event.metaKey || event.altKey || target.closest("dialog")) return;
  if (target.closest("input, select, textarea")) {
    if (event.key === "Escape") target.blur();
    return;
  }
  if (event.key === "/") {
    event.preventDefault();
    box?.focus();
    box?.select();
  } else if (event.key === "j") walk(1);
  else if (event.key === "k") walk(-1);
  else if (event.key === "Escape") {
    all(".hit.current").forEach((hit) => hit.classList.remove("current"));
    target.blur();
  }
});

// A stretch of time: from the bar where the button goes down to the one where it goes up.
for (const chart of all("[data-timeline]")) {
  const bars = Array.from(chart.querySelectorAll("a"));
  let from = -1;
  /** @param {Event} event */
  const at = (event) => bars.indexOf(/** @type {any} */ (event.target).closest("a"));
  /** @param {number} to */
  const show = (to) =>
    bars.forEach((bar, n) => bar.classList.toggle("chosen", from >= 0 && n >= Math.min(from, to) && n <= Math.max(from, to)));
  chart.addEventListener("pointerdown", (event) => {
    from = at(event);
    event.preventDefault();
  });
  chart.addEventListener("pointermove", (event) => {
    if (from >= 0 && at(event) >= 0) show(at(event));
  });
  document.addEventListener("pointerup", (event) => {
    const to = at(event);
    if (from < 0) return;
    const [first, last] = [Math.min(from, to), Math.max(from, to)];
    from = -1;
    show(-1);
    if (first < 0 || first === last) return;
    const address = new URL(location.href);
    address.searchParams.delete("page");
    address.searchParams.set(chart.dataset.since ?? "since", bars[first].dataset.value ?? "");
    address.searchParams.set(chart.dataset.until ?? "until", bars[last].dataset.value ?? "");
    location.assign(address);
  });
  chart.addEventListener("dragstart", (event) => event.preventDefault());
}
