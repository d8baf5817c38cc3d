// The pages of `griot serve` in a real browser: what people do, what they see at three widths in light and dark, what
// axe finds, what the console says. `node pages.mjs GRIOT` with the path of the program; CHROMIUM names the browser.
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { moreTasks } from "./tasks.mjs";

const root = new URL("../../", import.meta.url).pathname;
const griot = process.argv[2] ?? join(root, "target/release/griot");
const axe = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const wrong = [];
const check = (what, is) => is || wrong.push(what);

// A copy: the index must not be left in the archive of the repository.
const folder = mkdtempSync(join(tmpdir(), "griot-browser-"));
cpSync(join(root, "corpus"), join(folder, "corpus"), { recursive: true });
const server = spawn(griot, ["serve", "--corpus", join(folder, "corpus"), "--listen", "127.0.0.1:0", "--ui-lang", "en", "--edit"]);
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

/** A page that reports what its console says. */
async function open(options) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-GB", ...options });
  const page = await context.newPage();
  page.on("console", (said) => {
    const meant = said.text().includes("404") && page.url().endsWith("/nowhere");
    if (["error", "warning"].includes(said.type()) && !meant) wrong.push(`${page.url()}: ${said.text()}`);
  });
  page.on("pageerror", (error) => wrong.push(`${page.url()}: ${error}`));
  return page;
}

async function tasks() {
  const page = await open();
  const total = () => page.locator(".heading h1 b").innerText();
  await page.goto(base);
  await page.keyboard.press("/");
  await page.keyboard.type("tinzaouat");
  await page.waitForSelector("#suggestions option", { state: "attached", timeout: 5000 }).catch(() => wrong.push("no suggestions"));
  await page.fill("#q", "drones");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=drones/);
  check("8 articles", (await total()) === "8");
  await page.locator(".facets .value .name", { hasText: /^Mali$/ }).first().click();
  await page.waitForURL(/region=Mali/);
  check("a chip", (await page.locator(".chip").count()) === 1);
  await page.locator(".chip a").first().click();
  await page.waitForURL(/not-region=Mali/);
  check("excluded", (await total()) === "0");
  await page.goBack();
  await page.goBack();
  check("the back button", (await total()) === "8" && (await page.locator(".chip").count()) === 0);
  await page.locator("body").click({ position: { x: 5, y: 5 } });
  for (const key of ["j", "j", "k"]) await page.keyboard.press(key);
  check("j and k", (await page.locator(".hit.current").count()) === 1);
  await page.keyboard.press("Enter");
  await page.waitForURL(/article/);
  check("words marked", (await page.locator("mark.q").count()) > 0);
  await page.locator("a.where").first().click();
  check("evidence", page.url().includes("#e"));
  await page.locator("#show-c0").uncheck();
  const colour = await page.locator(".body mark.c0").first().evaluate((mark) => getComputedStyle(mark).backgroundColor);
  check("a colour that is turned off", colour === "rgba(0, 0, 0, 0)");
  await page.locator(".walk .back").click();
  check("back to the search", (await total()) === "8");
  const bars = page.locator("[data-timeline] a");
  const [first, third] = [await bars.nth(0).boundingBox(), await bars.nth(2).boundingBox()];
  await page.mouse.move(first.x + first.width / 2, first.y + 20);
  await page.mouse.down();
  await page.mouse.move(third.x + third.width / 2, third.y + 20, { steps: 5 });
  await page.mouse.up();
  await page.waitForURL(/since=.*until=/, { timeout: 3000 }).catch(() => wrong.push("dragging over the timeline"));
  const plain = await open({ javaScriptEnabled: false, locale: "fr-FR" });
  await plain.goto(base);
  await plain.fill("#q", "drones");
  await plain.click("form.search button");
  check("no script", (await plain.locator(".heading h1").innerText()).startsWith("8"));
  check("French", (await plain.locator("html").getAttribute("lang")) === "fr");
}

async function looks() {
  const paths = [
    "/", "/?q=drones&explain=true&region=Mali", "/?q=drones&map=true&split=region:2&facets=true", "/?q=zzz+drone&region=Gao",
    "/events", "/events?grouped=false", "/pivot", "/pivot?share=row&rows=region:1&cols=year", "/values?facet=region",
    "/dossier?q=drones", "/compare", "/compare?q=drones&with=arm%C3%A9e", "/batch", "/batch?names=Gao%0Azzzz", "/saved", "/history",
    "/archive", "/api", "/nowhere", "/login",
  ];
  for (const [colorScheme, locale] of [["light", "en-GB"], ["dark", "fr-FR"]]) {
    const page = await open({ bypassCSP: true, colorScheme, locale });
    await page.goto(`${base}/?q=drones`);
    const article = await page.locator(".hit h2 a").first().getAttribute("href");
    for (const path of [...paths, article]) {
      await page.goto(base + path);
      for (const width of [390, 820, 1440]) {
        await page.setViewportSize({ width, height: 900 });
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        check(`${path} at ${width}: wider than the screen by ${over}`, over <= 0);
      }
      check(`${path}: blank`, (await page.locator("main").innerText()).trim().length > 20);
      await page.evaluate(axe);
      const found = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] }));
      for (const one of found.violations) wrong.push(`${colorScheme} ${path}: ${one.id}: ${one.nodes[0].html.slice(0, 120)}`);
    }
  }
}

try {
  await tasks();
  await moreTasks({ open, base, check });
  await looks();
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
console.log("the pages are as they should be");
