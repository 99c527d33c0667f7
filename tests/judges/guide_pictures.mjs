// Takes the pictures of the guide in a running studio, as a reader will see it:
// node guide_pictures.mjs CHROMIUM ADDRESS FOLDER preview|studio PICTURES
// What is another each time, such as a time of day, is not in them.
import { join } from "node:path";
import { CASE, browser, click, complaints, edit, foreign, frameOf, inside, openPage, pictures, scenario as command } from "./studio_page.mjs";

const LOOK = { viewport: { width: 1180, height: 660 }, deviceScaleFactor: 1.5, reducedMotion: "reduce", colorScheme: "light" };
const taken = [];

/** A picture of a part of the window, left, top, right and bottom in px; all of it where none is given. */
async function take(page, name, part = [0, 0, 1180, 660]) {
  const [x, y, right, bottom] = part;
  await page.evaluate(() => document.querySelectorAll("#saves li > p:first-child").forEach((one) => (one.textContent = "Kl. 10.15.00")));
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.screenshot({ path: join(pictures, `${name}.png`), clip: { x, y, width: right - x, height: bottom - y }, caret: "initial" });
  taken.push(name);
}

const scroll = (page, top) => frameOf(page).evaluate((top) => scrollTo({ top, behavior: "instant" }), top);
const sideTo = (page, selector) => page.locator(selector).evaluate((one) => one.scrollIntoView({ block: "start" }));
/** Until what is counted in the time that is left is counted. */
async function settled(page) {
  await page.waitForTimeout(1500);
  await page.locator("#used p", { hasText: "Ser efter" }).waitFor({ state: "detached", timeout: 60_000 });
}

await { preview, studio }[command]();
await browser.close();
process.stdout.write(JSON.stringify({ seen: taken, complaints, foreign }) + "\n");

async function preview() {
  edit(CASE, (text) => text.replace("ligestillede", "ligestilede"));
  const page = await openPage(CASE, LOOK);
  await page.locator("#findings li").first().waitFor();
  await page.locator("#length:not([hidden])").waitFor();
  await click(page, "indkøbspolitik 2023-2026 vedtages");
  await page.locator("#open").waitFor();
  await scroll(page, 330);
  await settled(page);
  await take(page, "vis-oversigt");
  await page.locator("input[value=sheets]").check({ force: true });
  await page.locator("#sheets img").first().waitFor();
  await settled(page);
  await take(page, "vis-sider", [255, 0, 1180, 520]);
  await page.locator("input[value=text]").check({ force: true });
  edit(CASE, (text) => text.replace("ligestilede", "ligestillede").replace("status: vedtaget", "status: vedtagett"));
  await page.locator("#faults:not([hidden])").waitFor();
  await scroll(page, 0);
  await settled(page);
  await take(page, "vis-fejl", [0, 0, 1180, 440]);
  edit(CASE, (text) => text.replace("status: vedtagett", "status: vedtaget"));
  await page.locator("#faults").waitFor({ state: "hidden" });
  edit(CASE, (text) => text.replace("en ny indkøbspolitik", "kommunens nye indkøbspolitik"));
  await inside(page).locator("main", { hasText: "kommunens nye" }).waitFor();
  await page.locator("#saves li").nth(3).waitFor();
  await page.locator("#saves button", { hasText: "Ændret siden" }).first().click();
  await page.locator("#past:not([hidden])").waitFor();
  await inside(page).locator("main ins").first().waitFor();
  await scroll(page, 330);
  await settled(page);
  await take(page, "vis-aendret", [255, 0, 1180, 400]);
  await page.locator("#now").click();
  await page.locator("input[value=internal]").check({ force: true });
  await page.locator("#internal:not([hidden])").waitFor();
  await settled(page);
  await take(page, "vis-intern", [255, 0, 1180, 400]);
}

async function studio() {
  edit(CASE, (text) => text.replace("interessenter uden", "interesenter uden"));
  const page = await openPage(CASE, LOOK);
  await page.locator("body.writes").waitFor();
  await page.locator("#findings li").first().waitFor();
  await page.locator("#length:not([hidden])").waitFor();
  await click(page, "Politikken sætter");
  await page.waitForFunction(() => document.querySelector("#field")?.value.includes("Politikken sætter"));
  await page.locator("#field").evaluate((one) => one.setSelectionRange(25, 25));
  await page.keyboard.type("fremover ");
  await inside(page).locator("main", { hasText: "rammen fremover for" }).waitFor();
  await page.locator(".side").evaluate((one) => (one.scrollTop = 0));
  await settled(page);
  await take(page, "skriv-oversigt");
  await page.locator("button", { hasText: "Fortryd det skrevne" }).click();
  await inside(page).locator("main", { hasText: "rammen for" }).waitFor();
  await page.locator("#findings li button", { hasText: "Vis" }).first().click();
  await sideTo(page, "#findings-title");
  await settled(page);
  await take(page, "skriv-fund", [225, 0, 1180, 520]);
  await page.locator(".crumbs button").first().click();
  await page.locator(".rows button").first().waitFor();
  await page.locator(".side").evaluate((one) => (one.scrollTop = 0));
  await settled(page);
  await take(page, "skriv-felter", [225, 0, 1180, 560]);
  await click(page, "Politikken sætter");
  await page.waitForFunction(() => document.querySelector("#field")?.value.includes("Politikken sætter"));
  await page.locator("#field").evaluate((one) => one.setSelectionRange(25, 25));
  await page.keyboard.type("fremover ");
  edit(CASE, (text) => text.replace("Politikken sætter rammen", "Politikken sætter retningen"));
  await page.keyboard.press("Control+s");
  await page.locator("#conflict:not([hidden])").waitFor();
  await page.locator(".side").evaluate((one) => (one.scrollTop = 0));
  await settled(page);
  await take(page, "skriv-to-tekster", [225, 0, 1180, 560]);
  await page.locator("#take-theirs").click();
  await page.locator("#conflict").waitFor({ state: "hidden" });
  await page.locator("#begin").click();
  await page.locator("#new-dialog[open]").waitFor();
  await settled(page);
  await take(page, "skriv-nyt", [150, 120, 1030, 560]);
}
