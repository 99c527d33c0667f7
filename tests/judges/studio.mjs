// Uses a running studio as a secretary does, in Chromium, and prints what was seen as JSON:
// node studio.mjs CHROMIUM ADDRESS FOLDER SCENARIO [PICTURES]
// FOLDER is the project's folder, whose files are changed from outside as an editor would.
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { CASE, address, browser, complaints, folder, judged, openPage, pictures, play, violationsOf } from "./studio_page.mjs";

const FILES = {
  [CASE]: "cases/vedtagelse-af-indkoebspolitik-2023-2026.yaml",
  "policy/indkoebspolitik-2023-2026": "policies/indkoebspolitik-2023-2026/policy.yaml",
  "follow-up/2024": "follow_ups/2024.yaml",
};

const open = (options = {}, id = "") => openPage(id, options);
const shown = (page) => page.frameLocator("#frame").locator("main h1, main p").first().waitFor();
const path = (id) => join(folder, "content", FILES[id]);

function edit(id, change) {
  const text = change(readFileSync(path(id), "utf8"));
  writeFileSync(path(id) + ".tmp", text);
  renameSync(path(id) + ".tmp", path(id));
}

await play({ follow, click, states, keyboard, elsewhere, tabs, looks });

/** Each edit from outside is shown within a second, in its place, with one refresh. */
async function follow() {
  const found = [];
  for (const id of Object.keys(FILES)) {
    const first = readFileSync(path(id), "utf8");
    const page = await open({}, id);
    const inside = page.frames().find((frame) => frame.url().endsWith("/frame"));
    let refreshes = 0;
    page.on("request", (request) => (refreshes += request.url().includes("/document?")));
    await inside.evaluate(() => scrollTo({ top: 400, behavior: "instant" }));
    await page.waitForTimeout(700);
    for (let number = 0; number < 2; number++) {
      const before = await inside.evaluate(() => scrollY);
      refreshes = 0;
      const start = Date.now();
      // The title stands above: its length stays, so nothing moves.
      edit(id, (text) => text.replace(/^title: "?./m, (found) => found.slice(0, -1) + "ABC"[number]));
      await page.locator("#title").filter({ hasText: new RegExp(`^${"ABC"[number]}`) }).waitFor({ timeout: 10_000 });
      const milliseconds = Date.now() - start;
      await page.waitForTimeout(500);
      found.push({ id, milliseconds, moved: (await inside.evaluate(() => scrollY)) - before, refreshes });
    }
    refreshes = 0;
    for (const part of [1, 2, 3]) writeFileSync(path(id), first.slice(0, (first.length * part) / 3)); // a save in three writes
    await page.waitForTimeout(1500);
    found.push({ id, inParts: refreshes, faults: await page.locator("#faults").isVisible() });
    await page.context().close();
  }
  const page = await open({}, CASE);
  let refreshes = 0;
  page.on("request", (request) => (refreshes += request.url().includes("/document?")));
  const texts = Object.keys(FILES).map((id) => [path(id), readFileSync(path(id), "utf8") + "\n# 1\n"]);
  for (const [file, text] of texts) writeFileSync(file, text);
  await page.waitForTimeout(1500);
  found.push({ together: refreshes });
  edit(CASE, (text) => text.replace("title:", "titel:"));
  await page.locator("#faults").waitFor();
  found.push({ fault: await page.locator("#faults").innerText(), stillThere: await page.frameLocator("#frame").locator("h1").innerText() });
  edit(CASE, (text) => text.replace("titel:", "title:"));
  await page.locator("#faults").waitFor({ state: "hidden" });
  return found;
}

/** What a click on words in the text and on the pages leads to. */
async function click() {
  const found = [];
  for (const id of Object.keys(FILES)) {
    const page = await open({}, id);
    const texts = page.frameLocator("#frame").locator("main p[data-o]");
    const count = await texts.count();
    for (let at = 1; at < count; at += Math.ceil(count / 6)) {
      const text = texts.nth(at);
      await text.scrollIntoViewIfNeeded();
      const box = await text.boundingBox();
      if (!box || box.width < 40) continue;
      await page.locator("#place").evaluate((one) => one.replaceChildren());
      await text.click({ position: { x: 25, y: Math.min(12, box.height / 2) } });
      await page.locator("#open").waitFor();
      const link = await page.locator("#open").getAttribute("href");
      found.push({ id, look: "text", words: await text.innerText(), told: await page.locator("#place").innerText(), link });
    }
    await page.locator("input[value=sheets]").check({ force: true });
    await page.locator("#sheets img").first().waitFor();
    await page.waitForTimeout(800);
    const { places, print } = await page.evaluate((id) => fetch(`sheets?id=${id}`).then((told) => told.json()), id);
    for (let at = 3; at < places.length; at += Math.ceil(places.length / 8)) {
      const [mark, number, x, y] = places[at];
      const image = page.locator("#sheets img").nth(number - 1);
      // The pages are drawn when they come into view; the place is put in the middle of the window.
      const spot = await image.evaluate(async (one, [x, y]) => {
        one.loading = "eager";
        await one.decode();
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        const scale = one.getBoundingClientRect().width / one.naturalWidth;
        const list = document.getElementById("sheets");
        list.scrollTop += one.getBoundingClientRect().top + y * scale - 450;
        const box = one.getBoundingClientRect();
        return [box.left + (x + 3) * scale, box.top + (y + 4) * scale];
      }, [x, y]);
      await page.locator("#place").evaluate((one) => one.replaceChildren());
      await page.mouse.click(...spot);
      await page.locator("#place p").first().waitFor();
      const asked = { id, edition: "public", print, mark, word: "", before: "" };
      const right = await page.evaluate(
        (asked) => fetch("place", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(asked) }).then((told) => told.json()),
        asked,
      );
      found.push({ id, look: "sheets", told: await page.locator("#place").innerText(), right: [right.file, `Linje ${right.line},`] });
    }
    await page.context().close();
  }
  return found;
}

/** What axe and HTML_CodeSniffer say of each state, in each look. */
async function states() {
  const found = [];
  const first = readFileSync(path(CASE), "utf8");
  for (const [look, options] of Object.entries({
    wide: {},
    narrow: { viewport: { width: 320, height: 800 }, colorScheme: "dark", reducedMotion: "reduce" },
    zoomed: { viewport: { width: 700, height: 450 }, deviceScaleFactor: 2 },
  })) {
    writeFileSync(path(CASE), first);
    const page = await open({ ...options, bypassCSP: true });
    const note = async (state) => {
      if (look !== "zoomed" || ["internal", "place", "faults"].includes(state)) found.push(await judged(page, `${look}: ${state}`, look !== "zoomed"));
      if (pictures) await page.screenshot({ path: join(pictures, `${look}-${state}.png`), fullPage: look === "narrow" });
    };
    await note("empty");
    edit(CASE, (text) => text.replace("Vedtagelse", "Vedtagelsze"));
    await page.goto(`${address}?id=${CASE}`);
    await shown(page);
    await page.locator("#findings li").first().waitFor();
    await note("findings");
    await page.frameLocator("#frame").locator("main p[data-o]").nth(4).click();
    await page.locator("#open").waitFor();
    await note("place");
    await page.locator("input[value=sheets]").check({ force: true });
    await page.locator("#sheets img").first().waitFor();
    await page.waitForTimeout(300);
    await note("sheets");
    await page.locator("input[value=text]").check({ force: true });
    await page.locator("input[value=internal]").check({ force: true });
    await page.locator("#internal").waitFor();
    await note("internal");
    edit(CASE, (text) => text.replace("title:", "titel:"));
    await page.locator("#faults").waitFor();
    await note("faults");
    writeFileSync(path(CASE), first);
    await page.locator("#faults").waitFor({ state: "hidden" });
    await page.waitForTimeout(500);
    await page.locator("#saves button").nth(1).click();
    await page.locator("#past").waitFor();
    await note("past");
    if (look === "wide") {
      const inside = page.frames().find((frame) => frame.url().endsWith("/frame"));
      found.push({ state: "inside the frame", violations: await violationsOf(inside), errors: [], overflow: 0 });
    }
    await page.context().close();
  }
  return found;
}

/** The whole work without a mouse. */
async function keyboard() {
  const page = await open();
  const key = (name) => page.keyboard.press(name);
  const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.dataset.id || document.activeElement.localName);
  const steps = {};
  await key("Tab");
  steps.first = await page.evaluate(() => document.activeElement.textContent);
  for (let at = 0; at < 20 && (await focused()) !== "search"; at++) await key("Tab");
  await page.keyboard.type("vedtagelse");
  await page.waitForTimeout(600);
  steps.listed = await page.locator("#list a").count();
  for (let at = 0; at < 20 && (await focused()) !== CASE; at++) await key("Tab");
  await key("Enter");
  await shown(page);
  steps.title = await page.locator("#title").innerText();
  edit(CASE, (text) => text.replace("Vedtagelse", "Vedtagelsze"));
  await page.locator("#findings li").first().waitFor();
  await key("F8");
  await page.waitForTimeout(200);
  steps.finding = await page.locator("#findings li.current").innerText();
  await key("Alt+ArrowDown");
  await key("Alt+ArrowDown");
  await page.locator("#open").waitFor();
  steps.place = await page.locator("#place").innerText();
  for (let at = 0; at < 60 && (await focused()) !== "open"; at++) await key("Tab");
  steps.opens = await page.evaluate(() => document.activeElement.getAttribute("href"));
  await key("Escape");
  steps.escape = await focused();
  for (let at = 0; at < 20; at++) {
    await key("Shift+Tab");
    if (await page.evaluate(() => document.activeElement.name === "look")) break;
  }
  await key("ArrowRight");
  await page.locator("#sheets img").first().waitFor();
  steps.look = await page.locator("input[name=look]:checked").inputValue();
  return steps;
}

/** A page from another origin tries to read and to write. */
async function elsewhere() {
  const server = createServer((request, response) => {
    response.setHeader("content-type", "text/html");
    response.end("<!DOCTYPE html><title>et andet sted</title><body>");
  }).listen(0, "127.0.0.1");
  await new Promise((done) => server.on("listening", done));
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const tried = await page.evaluate(async (address) => {
    const tell = (work) => work.then(async (answer) => `read ${answer.status}`).catch((error) => error.name);
    const tried = {};
    tried.read = await tell(fetch(`${address}list`));
    tried.opaque = await fetch(`${address}list`, { mode: "no-cors" }).then((answer) => answer.type, (error) => error.name);
    tried.write = await tell(fetch(`${address}place`, { method: "POST", headers: { "content-type": "application/json" }, body: "{}" }));
    tried.form = await tell(fetch(`${address}place`, { method: "POST", mode: "no-cors", body: "{}" }));
    tried.script = await new Promise((done) => {
      const script = document.createElement("script");
      script.src = `${address}static/idiomorph.js`;
      script.onload = () => done("ran");
      script.onerror = () => done("error");
      document.body.append(script);
    });
    tried.image = await new Promise((done) => {
      const image = new Image();
      image.onload = () => done("shown");
      image.onerror = () => done("error");
      image.src = `${address}sheet/x`;
    });
    tried.events = await new Promise((done) => {
      const source = new EventSource(`${address}news`);
      source.onopen = () => done("open");
      source.onerror = () => done("error");
    });
    tried.frame = await new Promise((done) => {
      const frame = document.createElement("iframe");
      frame.src = address;
      frame.onload = () => {
        try {
          done(frame.contentDocument ? frame.contentDocument.body.innerText : "closed");
        } catch (error) {
          done(error.name);
        }
      };
      document.body.append(frame);
    });
    const opened = window.open(address);
    await new Promise((done) => setTimeout(done, 1000));
    try {
      tried.opener = opened === null || opened.closed ? "closed" : opened.document.body.innerText;
    } catch (error) {
      tried.opener = error.name;
    }
    return tried;
  }, address);
  complaints.length = 0;
  server.close();
  return tried;
}

/** Ten tabs follow, though a browser opens six connections to one place. */
async function tabs() {
  const context = await browser.newContext();
  const pages = [];
  for (let number = 0; number < 9; number++) {
    const page = await context.newPage();
    await page.goto(`${address}?id=${CASE}`);
    await page.locator("#state.on").waitFor({ timeout: 15_000 });
    pages.push(page);
  }
  edit(CASE, (text) => text.replace("Vedtagelse", "Afstemning"));
  for (const page of pages) await page.locator("#title").filter({ hasText: "Afstemning" }).waitFor({ timeout: 15_000 });
  await pages[0].close(); // the one that listened for all
  await pages[1].waitForTimeout(500);
  edit(CASE, (text) => text.replace("Afstemning", "Vedtagelse"));
  for (const page of pages.slice(1)) await page.locator("#title").filter({ hasText: "Vedtagelse" }).waitFor({ timeout: 15_000 });
  return { followed: pages.length };
}

/** The pictures of the guide. */
async function looks() {
  const first = readFileSync(path(CASE), "utf8");
  edit(CASE, (text) => text.replace("ligestillede", "ligestilede"));
  const page = await open({ viewport: { width: 1280, height: 760 } }, CASE);
  await page.locator("#findings li").first().waitFor();
  await page.frameLocator("#frame").locator("main p[data-o]").nth(3).click({ position: { x: 60, y: 10 } });
  await page.locator("#open").waitFor();
  await page.frames().find((frame) => frame.url().endsWith("/frame")).evaluate(() => scrollTo({ top: 300, behavior: "instant" }));
  await page.waitForTimeout(600);
  await page.screenshot({ path: join(pictures, "visning-tekst.png") });
  await page.locator("input[value=sheets]").check({ force: true });
  await page.locator("#sheets img").first().waitFor();
  await page.waitForTimeout(800);
  await page.screenshot({ path: join(pictures, "visning-sider.png") });
  writeFileSync(path(CASE), first);
  return {};
}
