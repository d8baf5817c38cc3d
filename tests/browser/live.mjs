// A page that says what is new while `griot serve --watch` runs, in a real browser. `node live.mjs GRIOT` with the path
// of the program; CHROMIUM names the browser.
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const root = new URL("../../", import.meta.url).pathname;
const griot = process.argv[2] ?? join(root, "target/release/griot");
const wrong = [];
const check = (what, is) => is || wrong.push(what);

// A copy: files are added to it.
const folder = mkdtempSync(join(tmpdir(), "griot-live-"));
const corpus = join(folder, "corpus");
cpSync(join(root, "corpus"), corpus, { recursive: true });
const server = spawn(griot, ["serve", "--corpus", corpus, "--watch", "--listen", "127.0.0.1:0", "--ui-lang", "en"]);
const base = await new Promise((found, failed) => {
  let said = "";
  server.stdout.on("data", (some) => {
    const address = /http:\/\/[^/]+/.exec((said += some));
    if (address) found(address[0]);
  });
  server.on("error", failed);
  server.on("exit", () => failed(new Error("griot serve has ended")));
});
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});

/** Adds an article, and waits until the page says so. */
async function added(page, name, said) {
  writeFileSync(join(corpus, name), `Une nouvelle\n\nUn drone a survolé Kidal (${name}).`);
  const notice = page.locator(".live");
  await notice.waitFor({ state: "visible", timeout: 30000 }).catch(() => wrong.push(`${page.url()}: no notice`));
  await page
    .waitForFunction((text) => document.querySelector(".live span")?.textContent === text, said, { timeout: 30000 })
    .catch(async () => wrong.push(`${page.url()}: “${await notice.innerText()}” instead of “${said}”`));
}

try {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-GB" });
  const page = await context.newPage();
  page.on("console", (said) => {
    if (["error", "warning"].includes(said.type())) wrong.push(`${page.url()}: ${said.text()}`);
  });
  page.on("pageerror", (error) => wrong.push(`${page.url()}: ${error}`));
  await page.goto(`${base}/?q=drone`);
  const before = Number(await page.locator(".heading h1 b").innerText());
  check("nothing is new yet", await page.locator(".live").isHidden());
  await added(page, "new-1.txt", "1 new article");
  await added(page, "new-2.txt", "2 new articles");
  await page.locator(".live a").click();
  await page.waitForLoadState();
  check("they are there", Number(await page.locator(".heading h1 b").innerText()) === before + 2);
  check("and are new no more", await page.locator(".live").isHidden());
  await page.goto(`${base}/archive?ui-lang=fr`);
  await added(page, "new-3.txt", "1 nouvel article");
} catch (error) {
  wrong.push(String(error));
}
await browser.close();
server.removeAllListeners("exit");
server.kill("SIGTERM");
rmSync(folder, { recursive: true, force: true });
if (wrong.length > 0) {
  console.error(wrong.join("\n"));
  process.exit(1);
}
console.log("pages say what is new");
