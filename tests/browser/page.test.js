// A day at the newsroom's page: search, mend, narrow, read, compare, take along.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, beforeEach, test } from "node:test";
import { launch, serve, tidy } from "./browser.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const shots = process.env.SCREENSHOTS;
let server, context, page, problems, foreign;

before(async () => {
  server = await serve();
  context = await launch();
});

after(async () => {
  await context?.close();
  server?.stop();
  tidy();
});

beforeEach(async () => {
  await page?.close();
  await context.clearCookies();
  page = await context.newPage();
  problems = [];
  foreign = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("request", (request) => {
    if (!request.url().startsWith(server.address)) foreign.push(request.url());
  });
});

const open = (path) => page.goto(server.address + path);
const query = (text) => `/?query=${encodeURIComponent(text)}`;
const total = () => page.locator(".total").innerText();
const state = () => new URL(page.url()).searchParams;
const settled = () => page.waitForFunction(() => !document.body.matches(".busy, .counting"));

/** Checks that nothing was said on the console and no other host was asked. */
function assertQuiet() {
  assert.deepEqual(problems, []);
  assert.deepEqual(foreign, []);
}

test("a search is typed, answered without a reload, and its address shows it again", async () => {
  await open("/");
  await page.evaluate(() => (window.isSame = true));
  await page.keyboard.press("/");
  await page.keyboard.type("гарантії безпеки");
  await page.keyboard.press("Enter");
  await page.locator("text=18 статей").first().waitFor();
  assert.equal(state().get("query"), "гарантії безпеки");
  assert.equal(await page.evaluate(() => window.isSame), true, "the page was loaded anew");
  await page.reload();
  assert.equal(await total(), "18 статей");
  await page.goBack();
  await page.locator("text=69 статей").first().waitFor();
  assertQuiet();
});

test("hits come first where counts take long, and stay as they are when those come", async () => {
  let release;
  const held = new Promise((done) => (release = done));
  await page.route((url) => url.searchParams.has("query") && !url.searchParams.has("no-counts"), async (route) => {
    await held;
    await route.continue();
  });
  await open("/");
  await page.locator("#query").fill("гарантії безпеки");
  await page.keyboard.press("Enter");
  await page.locator(".hit mark").first().waitFor();
  assert.equal(await page.locator(".facet, svg.bars").count(), 0);
  assert.equal(await total(), "Статті");
  assert.deepEqual([...state().keys()], ["query"]);
  await page.locator("body").press("j");
  await page.keyboard.press("j");
  const chosen = () => page.evaluate(() => [document.activeElement.href, document.querySelector(".current h3 a").href]);
  const before = await chosen();
  release();
  await page.locator("text=18 статей").first().waitFor();
  await settled();
  assert.ok((await page.locator(".facet").count()) > 3);
  assert.deepEqual(await chosen(), before);
  await page.keyboard.press("k");
  assert.equal(await page.locator(".hits > li").first().getAttribute("class"), "current");
  assertQuiet();
});

test("words of the archive are offered while a query is typed", async () => {
  await open("/");
  await page.locator("#query").pressSequentially("гаран", { delay: 20 });
  const offers = page.locator("[role=option]");
  await offers.first().waitFor();
  const first = (await offers.first().innerText()).split(/\s/)[0];
  assert.match(first, /^гаран/);
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.locator("#query").getAttribute("aria-activedescendant"), "offer-0");
  await page.keyboard.press("Enter");
  assert.equal(await page.locator("#query").inputValue(), `${first} `);
  assert.equal(await offers.count(), 0);
  assertQuiet();
});

test("a faulty query is shown with its place and mended by a link", async () => {
  await open(query("(мир"));
  assert.equal(await page.locator(".fault").innerText(), "(");
  await page.locator(".mend").click();
  await page.locator(".total").waitFor();
  assert.equal(await page.locator(".failure").count(), 0);
  assertQuiet();
});

test("dates are chosen by dragging over the timeline and by a click on a bar", async () => {
  await open(query("гарантії безпеки"));
  const bars = await page.locator("svg.bars").boundingBox();
  const at = (share) => [bars.x + bars.width * share, bars.y + bars.height / 2];
  await page.mouse.move(...at(0.3));
  await page.mouse.down();
  await page.mouse.move(...at(0.35), { steps: 3 });
  await page.mouse.move(...at(0.45), { steps: 5 });
  await page.mouse.up();
  await page.waitForURL(/from=/);
  await settled();
  assert.equal(state().get("from"), "2025-12");
  assert.equal(state().get("to"), "2026-01");
  assert.equal(await total(), "10 статей");
  await page.locator(".bars a").first().click();
  await page.waitForURL((url) => url.searchParams.get("from") !== "2025-12" || url.searchParams.get("to") !== "2026-01");
  assertQuiet();
});

test("a facet narrows and leaves out", async () => {
  await open(query("гарантії безпеки"));
  await page.locator(".facet .value", { hasText: "Хвиля Поділля" }).first().click();
  await page.waitForURL(/source=/);
  await settled();
  assert.equal(await total(), "9 статей");
  await page.locator(".chip a").last().click();
  await page.locator("text=18 статей").first().waitFor();
  await page.locator(".facet .exclude").first().click();
  await page.locator("text=9 статей").first().waitFor();
  assert.match(state().get("query"), /NOT source/);
  assertQuiet();
});

test("an article is opened by keys and its matches are stepped through", async () => {
  await open(query("гарантії безпеки"));
  await page.locator("body").press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/article/);
  await page.locator(".whole").waitFor();
  const marks = await page.locator(".whole mark").count();
  assert.ok(marks > 5);
  await page.keyboard.press("n");
  await page.keyboard.press("n");
  assert.equal(await page.locator("mark.now").getAttribute("id"), "m2");
  await page.keyboard.press("p");
  assert.equal(await page.locator(".marks .at").innerText(), `1/${marks}`);
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: server.address });
  await page.locator("button.copy").click();
  await page.locator(".done", { hasText: "✓" }).waitFor();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /гарантії безпеки/i);
  assertQuiet();
});

test("a concordance is sorted, and queries are compared", async () => {
  await open(query("гарантії"));
  await page.locator(".tabs a").nth(1).click();
  await page.waitForURL(/\/kwic/);
  await page.locator(".choices a").nth(2).click();
  await page.waitForURL(/sort=right/);
  await settled();
  assert.ok((await page.locator(".kwic tbody tr").count()) > 20);
  await page.locator(".tabs a").nth(2).click();
  await page.waitForURL(/\/compare/);
  await page.locator(".compare input").last().fill("школа");
  await page.keyboard.press("Enter");
  await page.locator("polyline.line-2").waitFor({ state: "attached" });
  assert.equal(await page.locator(".legend li").count(), 2);
  assertQuiet();
});

test("what was found is taken along", async () => {
  await open(query("гарантії безпеки"));
  const coming = page.waitForEvent("download");
  await page.locator(".along a").first().click();
  const file = readFileSync(await (await coming).path(), "utf8");
  assert.equal(file.trim().split("\n").length, 19);
});

test("language and theme are switched and kept", async () => {
  await open(query("міст"));
  assert.equal(await page.locator("html").getAttribute("lang"), "uk");
  await page.locator(".settings summary").click();
  await page.locator(".settings a", { hasText: "English" }).click();
  await page.waitForLoadState();
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  assert.equal(state().get("query"), "міст");
  await page.locator(".settings summary").click();
  await page.locator(".settings a", { hasText: "Dark" }).click();
  await page.waitForLoadState();
  await open("/");
  assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  assertQuiet();
});

/** Pages of every kind. */
const kinds = {
  list: "/",
  search: query("гарантії безпеки"),
  share: `${query("гарантії")}&share=true&by=week`,
  fault: query("(мир tilte:війна"),
  lost: query("гаратнії ,tpgtrb"),
  article: `/article?id=${encodeURIComponent("archive/halytskyi-shchodennyk/harantii-poiasnennia.md")}&query=${encodeURIComponent("гарантії безпеки")}`,
  kwic: `/kwic?query=${encodeURIComponent("гарантії безпеки")}&sort=right`,
  compare: `/compare?query=${encodeURIComponent("гарантії")}&query=${encodeURIComponent("школа")}`,
  missing: "/article?id=none",
};

for (const [width, scheme, language] of [
  [390, "light", "uk"],
  [390, "dark", "en"],
  [1280, "light", "en"],
  [1280, "dark", "uk"],
  [1920, "light", "uk"],
]) {
  test(`every page is accessible and fits at ${width} pixels, ${scheme}, ${language}`, async () => {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: scheme });
    await context.addCookies([{ name: "lang", value: language, url: server.address }]);
    const all = {};
    for (const [name, path] of Object.entries(kinds)) {
      await open(path);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${name} is ${wide} pixels too wide`);
      for (const details of await page.locator("main details").all()) await details.evaluate((element) => (element.open = true));
      await page.evaluate(axe);
      const found = await page.evaluate(async () => {
        const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
        const { violations } = await window.axe.run(document, { runOnly: tags });
        return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 150)).slice(0, 3)}`);
      });
      if (found.length) all[name] = found;
      if (shots) {
        await open(path);
        await page.screenshot({ path: `${shots}/${name}-${width}-${scheme}-${language}.png` });
      }
    }
    assert.deepEqual(all, {});
    assert.deepEqual(foreign, []);
  });
}

test("without a script everything is there", async () => {
  const plain = await context.browser()?.newContext({ javaScriptEnabled: false }) ?? null;
  const reader = plain ? await plain.newPage() : page;
  await reader.goto(server.address + query("гарантії безпеки"));
  assert.equal(await reader.locator(".hit").count(), 10);
  await reader.locator(".facet .value").first().click();
  await reader.waitForURL(/source=/);
  await reader.locator("#query").fill("міст");
  await reader.locator(".box button").click();
  await reader.waitForURL((url) => url.searchParams.get("query") === "міст");
  assert.ok(new URL(reader.url()).searchParams.get("source"), "the filter is kept");
  await reader.locator(".hit h3 a").first().click();
  await reader.locator(".whole mark").first().waitFor();
  assert.equal(await reader.locator("button:visible").count(), 1, "what needs a script is not shown");
  await plain?.close();
});
