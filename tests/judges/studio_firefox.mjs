// Uses a running studio in Firefox, by WebDriver BiDi, and prints what was seen as JSON:
// node studio_firefox.mjs FIREFOX ADDRESS FOLDER [write]
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import puppeteer from "puppeteer-core";

const ID = "case/vedtagelse-af-indkoebspolitik-2023-2026/oekonomiudvalget";
const [executablePath, address, folder, scenario] = process.argv.slice(2);
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
const inside = () => page.frames().find((frame) => frame.url().endsWith("/frame"));
page.on("pageerror", (error) => complaints.push(error.message));
try {
  await page.setViewport({ width: 1300, height: 850 });
  await page.goto(address);
  await until(async () => (await page.$$("#list a")).length > 5, "the list");
  await page.click(`#list a[data-id="${ID}"]`);
  await until(async () => (await inside().$$("main p[data-o]")).length > 5, "the document");
  await (scenario === "write" ? write() : look());
} finally {
  writeFileSync(path, first);
  await browser.close();
}
process.stdout.write(JSON.stringify({ seen, complaints }) + "\n");

async function look() {
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
}

/** A word is clicked, typed at its letter, saved, and a table from Excel is pasted. */
async function write() {
  await until(async () => (await page.$$("body.writes")).length === 1, "the studio that writes");
  const value = () => page.$eval("#field", (one) => one.value);
  const text = (await inside().$$("main p[data-o]"))[4];
  await text.click({ offset: { x: 30, y: 10 } });
  await until(async () => (await page.$$("textarea#field")).length === 1, "the field");
  seen.crumbs = await words(".crumbs");
  seen.caret = await page.$eval("#field", (one) => one.selectionStart);
  await page.$eval("#field", (one) => (one.focus(), one.setSelectionRange(0, 0)));
  await page.keyboard.type("Fra Firefox: ");
  await until(async () => (await inside().$eval("main", (one) => one.textContent)).includes("Fra Firefox: "), "what is typed");
  seen.unsaved = readFileSync(path, "utf8") === first;
  await page.keyboard.down("Control");
  await page.keyboard.press("s");
  await page.keyboard.up("Control");
  await until(async () => (await words("#said")) === "Gemt.", "the save");
  seen.saved = readFileSync(path, "utf8").includes("Fra Firefox: ");
  const before = await value();
  await page.$eval("#field", (one) => {
    const html = "<table><tr><td>År</td><td>Antal</td></tr><tr><td>2026</td><td>1.234,5</td></tr></table>";
    const event = new ClipboardEvent("paste", { bubbles: true, cancelable: true });
    const data = { types: ["text/html"], getData: (type) => (type === "text/html" ? html : "") };
    Object.defineProperty(event, "clipboardData", { value: data }); // Firefox makes no event with a clipboard of its own
    one.setSelectionRange(one.value.length, one.value.length);
    one.dispatchEvent(event);
  });
  seen.table = (await value()).slice(before.length);
  await until(async () => (await inside().$$("main td")).length > 0, "the table");
  await page.$eval("#undo", (one) => one.click());
  await until(async () => readFileSync(path, "utf8") === first, "the undo");
}
