// What people do on the pages beside searching: read on from hit to hit, follow evidence, copy, map, events, tables,
// dossiers, comparing, lists, saved searches, history; by keyboard alone; on a phone; without a script.

/**
 * @param {{ open: (options?: object) => Promise<import("playwright-core").Page>, base: string,
 *   check: (what: string, is: boolean) => void }} tools
 */
export async function moreTasks({ open, base, check }) {
  for (const task of [hits, charts, tables, lists, decisions, keyboard, withoutScript, phone]) {
    const page = await open(task.options ?? {});
    page.setDefaultTimeout(30000);
    await task(page, base, check).catch((error) => check(`${task.name}: ${String(error).slice(0, 300)}`, false));
    await page.context().close();
  }
}

const total = (page) => page.locator(".heading h1 b").innerText();

async function hits(page, base, check) {
  await page.goto(`${base}/?q=drones`);
  await page.locator(".hit h2 a").first().click();
  const first = await page.locator("h1").innerText();
  await page.locator(".walk a[rel=next]").click();
  check("another article", (await page.locator("h1").innerText()) !== first);
  await page.keyboard.press("k");
  await page.waitForFunction((title) => document.querySelector("h1")?.textContent?.trim() === title.trim(), first);
  check("evidence is shown in the text", (await page.locator(".body mark").count()) > 0);
  await page.locator(".told a.where").first().click();
  check("the passage of an event", page.url().includes("#p"));
  await page.locator("#show-toll").uncheck();
  const toll = page.locator(".body mark.toll").first();
  if (await toll.count()) {
    const colour = await toll.evaluate((mark) => getComputedStyle(mark).backgroundColor);
    check("tolls are turned off", colour === "rgba(0, 0, 0, 0)");
  }
  await page.locator("#citation summary").first().click();
  check("BibTeX", (await page.locator("#cite-bibtex").innerText()).startsWith("@"));
  const [file] = await Promise.all([page.waitForEvent("download"), page.locator("#citation a[download]").first().click()]);
  check("a file of BibTeX", file.suggestedFilename() === "citation.bib");
  await page.locator(".walk .back").click();
  check("back", (await total(page)) === "8");
}

async function charts(page, base, check) {
  await page.goto(`${base}/?q=drones`);
  await page.locator(".tools a", { hasText: "map" }).first().click();
  await page.locator(".map a[data-area='Mali/Kidal']").click();
  await page.waitForURL(/region=Mali%2FKidal/);
  check("a region of the map is a filter", (await page.locator(".chip").count()) === 1);
  await page.goBack();
  check("the map is still there", (await page.locator(".map svg").count()) === 1);
  await page.locator(".chart-choices a", { hasText: "Region" }).click();
  check("stacked", (await page.locator(".legend li").count()) > 1);
  await page.goto(`${base}/events`);
  const events = Number((await total(page)).replace(/\D/g, ""));
  await page.locator(".map a[data-spot]").first().click();
  await page.waitForURL(/near=/);
  const near = Number((await total(page)).replace(/\D/g, ""));
  check(`events near a place: ${near} of ${events}`, near > 0 && near < events);
  await page.goBack();
  await page.locator("th a", { hasText: "killed" }).click();
  check("sorted by the dead", (await page.locator("th[aria-sort]").innerText()).includes("killed"));
  await page.locator("td.passage summary").first().click();
  check("its passages", await page.locator("li.member blockquote").first().isVisible());
  await page.locator("[data-timeline]").scrollIntoViewIfNeeded();
  const bars = page.locator("[data-timeline] a");
  const [first, third] = [await bars.nth(0).boundingBox(), await bars.nth(2).boundingBox()];
  await page.mouse.move(first.x + first.width / 2, first.y + 20);
  await page.mouse.down();
  await page.mouse.move(third.x + third.width / 2, third.y + 20, { steps: 5 });
  await page.mouse.up();
  await page.waitForURL(/event-since=.*event-until=/);
  const [csv] = await Promise.all([page.waitForEvent("download"), page.locator(".tools a[download]", { hasText: "CSV" }).click()]);
  check("a file of events", csv.suggestedFilename().endsWith(".csv"));
}

async function tables(page, base, check) {
  await page.goto(`${base}/pivot`);
  await page.selectOption("select[name=rows]", "region:1");
  await page.selectOption("select[name=cols]", "actor:1");
  await page.selectOption("select[name=share]", "row");
  await page.locator("form.axes button").click();
  await page.waitForURL(/share=row/);
  check("shares", (await page.locator(".pivot td a").first().innerText()).includes("%"));
  await page.locator(".pivot td a").first().click();
  check("a cell leads to its articles", Number(await total(page)) > 0);
  await page.goto(`${base}/compare`);
  await page.fill("input[name=q]", "drones");
  await page.fill("input[name=with]", "armée");
  await page.locator("form.pair button").click();
  check("three parts", (await page.locator(".three section").count()) === 3);
  await page.goto(`${base}/values?facet=region`);
  await page.fill("input[name=find]", "kidal");
  await page.keyboard.press("Enter");
  await page.waitForURL(/find=kidal/);
  await page.locator(".all-values a.name", { hasText: /^Kidal$/ }).first().click();
  check("a value that was found is a filter", (await page.locator(".chip").count()) === 1);
}

async function lists(page, base, check) {
  await page.goto(`${base}/batch`);
  await page.fill("#names", "Tinzaouatène\nzzzzzz\narmée malienne");
  await page.locator("form.batch button").click();
  check("one without articles", (await page.locator(".nothing li").count()) === 1);
  await page.goto(`${base}/?q=drones`);
  await page.locator(".choose").nth(0).check();
  await page.locator(".choose").nth(2).check();
  await page.locator("#dossier button").click();
  check("a dossier of two", (await page.locator(".dossier .entry").count()) === 2);
  check("no form is printed", await printed(page));
  await page.goto(`${base}/history`);
  check("the history has the search", (await page.locator("#history li a").first().innerText()) === "drones");
  await page.locator("#history-clear").click();
  check("the history is forgotten", (await page.locator("#history li").count()) === 0);
}

async function printed(page) {
  await page.emulateMedia({ media: "print" });
  const shown = await page.locator("header.site nav").isVisible();
  await page.emulateMedia({ media: "screen" });
  return !shown;
}

async function decisions(page, base, check) {
  await page.goto(`${base}/?q=Tinzaouatène`);
  await page.locator("#save-name").fill("essai");
  await page.locator("form.save button").click();
  await page.waitForURL(/saved/);
  check("a saved search", (await page.locator(".saved h2").innerText()) === "essai");
  await page.locator(".saved button", { hasText: "seen" }).click();
  check("nothing is new", (await page.locator(".saved").innerText()).includes("0 new"));
  await page.goto(`${base}/?q=Tinzaouatène`);
  await page.locator(".hit h2 a").first().click();
  await page.locator("#decide button", { hasText: "reviewed" }).click();
  check("what became of it is said", (await page.locator("[role=status]").innerText()).includes("1 article"));
  await page.locator(".notice a").click();
  check("the mark is there", await page.locator("#decide button", { hasText: "not reviewed" }).isVisible());
  await page.locator("#decide button", { hasText: "undo" }).click();
  check("taken back", (await page.locator(".notice").innerText()).includes("withdrawn"));
}

async function keyboard(page, base, check) {
  await page.goto(base);
  await page.keyboard.press("?");
  check("the list of keys", await page.locator("#keys").isVisible());
  await page.keyboard.press("Escape");
  check("closed", !(await page.locator("#keys").isVisible()));
  await page.keyboard.press("/");
  await page.keyboard.type("drones");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=drones/);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  check("the focus is seen", (await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle)) === "solid");
  await page.keyboard.press("Escape");
  check("no hit is current", (await page.locator(".hit.current").count()) === 0);
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.waitForURL(/article/);
  // Without the keys of the script, too: the link past the head, then on.
  await page.goto(`${base}/events`);
  await page.keyboard.press("Tab");
  check("the first stop skips the head", (await page.evaluate(() => document.activeElement?.className)) === "skip");
}

async function withoutScript(page, base, check) {
  await page.goto(`${base}/?q=drones&map=true`);
  await page.locator(".map a[data-area]").first().click();
  check("the map without a script", page.url().includes("region="));
  await page.goto(`${base}/history`);
  check("the history says that it needs one", await page.locator("noscript p, .note").first().isVisible());
  await page.goto(`${base}/?q=drones`);
  await page.locator(".hit h2 a").first().click();
  await page.locator("#show-c0").uncheck();
  const colour = await page.locator(".body mark.c0").first().evaluate((mark) => getComputedStyle(mark).backgroundColor);
  check("colours without a script", colour === "rgba(0, 0, 0, 0)");
  check("no button that does nothing", (await page.locator("button.copy:visible, #keys-open:visible").count()) === 0);
}
withoutScript.options = { javaScriptEnabled: false };

async function phone(page, base, check) {
  await page.goto(`${base}/?q=drones`);
  await page.locator("a.jump").click();
  check("facets are a jump away", page.url().endsWith("#facets"));
  await page.locator(".hit h2 a").first().click();
  check("an article on a phone", await page.locator(".body p").first().isVisible());
}
phone.options = { viewport: { width: 390, height: 844 }, hasTouch: true, locale: "fr-FR" };
