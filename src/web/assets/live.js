// Says when the archive has changed since the page was made. Everything works without this file.
// @ts-check

const notice = /** @type {HTMLElement | null} */ (document.querySelector("[data-live]"));

/** @typedef {{event: "commit", commit: string, articles: number} | {event: "running" | "finished" | "failed"}} Change */

/** @type {EventSource | null} */
let source = null;

/** Shows how many articles are new; what was taken away is a change, too. @param {Change} change */
function show(change) {
  if (!notice || change.event !== "commit" || change.commit === notice.dataset.commit) return;
  const added = change.articles - Number(notice.dataset.articles);
  const { one = "", several = "", changed = "" } = notice.dataset;
  const text = added === 1 ? one : added > 1 ? several.replace("#", String(added)) : changed;
  const said = notice.querySelector("span");
  if (said && said.textContent !== text) said.textContent = text;
  notice.hidden = false;
}

/** Whether an update of the index runs. @param {Change} change */
function tell(change) {
  if (!notice) return;
  notice.classList.toggle("running", change.event === "running");
}

/** Listens while the page is seen: browsers allow few connections to one server. */
function listen() {
  if (!notice || document.hidden) {
    source?.close();
    source = null;
    return;
  }
  if (source) return;
  source = new EventSource("/api/v1/live");
  source.addEventListener("commit", (event) => show(JSON.parse(event.data)));
  source.addEventListener("update", (event) => tell(JSON.parse(event.data)));
}

document.addEventListener("visibilitychange", listen);
addEventListener("pagehide", () => source?.close());
listen();
