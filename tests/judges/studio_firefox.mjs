// Uses a running studio in Firefox, by WebDriver BiDi, and prints what was seen as JSON:
// node studio_firefox.mjs FIREFOX ADDRESS FOLDER
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import puppeteer from "puppeteer-core";

const ID = "case/vedtagelse-af-indkoebspolitik-2023-2026/oekonomiudvalget";
const [executablePath, address, folder] = process.argv.slice(2);
const path = join(folder, "content", "cases", "vedtagelse-af-indkoebspolitik-2023-2026.yaml");
const first = readFileSync(path, "utf8");
const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
const seen = { version: await browser.version() };
const complaints = [];
const words = (selector) => page.$eval(selector, (one) => one.textContent);
const until = async (test, what) => {
  for (const end = Date.now() + 20_000; Date.now() < end; await new Promise((done) => setTimeout(done, 50)))
    if (await test().catch(() => false)) return;
  throw new Error(`not seen: ${what}`);
};

const page = await browser.newPage();
page.on("pageerror", (error) => complaints.push(error.message));
try {
  await page.setViewport({ width: 1300, height: 850 });
  await page.goto(address);
  await until(async () => (await page.$$("#list a")).length > 5, "the list");
  await page.click(`#list a[data-id="${ID}"]`);
  const inside = () => page.frames().find((frame) => frame.url().endsWith("/frame"));
  await until(async () => (await inside().$$("main p[data-o]")).length > 5, "the document");
  seen.title = await words("#title");
  await inside().evaluate(() => scrollTo({ top: 300, behavior: "instant" }));
  const before = await inside().evaluate(() => scrollY);
  const start = Date.now();
  writeFileSync(path, first.replace("Vedtagelse", "Vedtagelze"));
  await until(async () => (await words("#title")).startsWith("Vedtagelze"), "the edit");
  seen.milliseconds = Date.now() - start;
  await new Promise((done) => setTimeout(done, 300));
  seen.moved = (await inside().evaluate(() => scrollY)) - before;
  await until(async () => (await page.$$("#findings li")).length === 1, "the finding");
  seen.underlined = await inside().evaluate(() => CSS.highlights?.get("docgen-finding")?.size ?? null);
  const text = (await inside().$$("main p[data-o]"))[4];
  await text.click({ offset: { x: 30, y: 10 } });
  await until(async () => (await page.$$("#open")).length === 1, "the place");
  seen.place = await words("#place");
  seen.link = await page.$eval("#open", (one) => one.getAttribute("href"));
  await page.$eval("input[value=sheets]", (one) => one.click());
  await until(async () => await page.$eval("#sheets img", (one) => one.naturalWidth > 100), "the pages");
  seen.length = await words("#length");
  await page.$eval("input[value=internal]", (one) => one.click());
  await until(async () => await page.$eval("#internal", (one) => !one.hidden), "the internal edition");
  writeFileSync(path, first.replace("title:", "titel:"));
  await until(async () => await page.$eval("#faults", (one) => !one.hidden), "the fault");
  seen.fault = await words("#faults");
} finally {
  writeFileSync(path, first);
  await browser.close();
}
process.stdout.write(JSON.stringify({ seen, complaints }) + "\n");
