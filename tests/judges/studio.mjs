// Uses a running studio as a secretary does, in Chromium, and prints what was seen as JSON:
// node studio.mjs CHROMIUM ADDRESS FOLDER SCENARIO [MORE]
// MORE is how many edits of each document `follow` makes, or the folder that `states` puts its pictures into.
// FOLDER is the project's folder, whose files are changed from outside as an editor would.
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { CASE, FILES, address, browser, complaints, edit, folder, frameOf, inside, judged, openPage, path, pictures as more, play, shown, violationsOf } from "./studio_page.mjs";

const open = (options = {}, id = "") => openPage(id, options);

await play({ follow, click, states, keyboard, elsewhere, tabs });

/** Each edit from outside is shown within a second, in its place, with one refresh. */
async function follow() {
  const found = [];
  for (const id of Object.keys(FILES)) {
    const first = readFileSync(path(id), "utf8");
    const page = await open({}, id);
    const refreshes = counted(page);
    await frameOf(page).evaluate(() => scrollTo({ top: 400, behavior: "instant" }));
    await page.waitForTimeout(700);
    for (const word of await wordsToTurn(page, first, Number(more))) {
      const before = await frameOf(page).evaluate(() => scrollY);
      refreshes.count = 0;
      const start = Date.now();
      edit(id, (text) => text.replace(word.old, word.new));
      // In the page as it is painted, and looked for there: asking from here takes as long as the edit.
      await frameOf(page).evaluate(
        (wanted) => new Promise((done, fail) => {
          const end = performance.now() + 20_000;
          const look = () => {
            if (document.body.textContent.includes(wanted)) return done();
            if (performance.now() > end) return fail(new Error(`not shown: ${wanted}`));
            setTimeout(look, 5);
          };
          look();
        }),
        word.new,
      );
      const milliseconds = Date.now() - start;
      await page.waitForTimeout(300);
      found.push({ id, milliseconds, moved: (await frameOf(page).evaluate(() => scrollY)) - before, refreshes: refreshes.count });
    }
    refreshes.count = 0;
    for (const part of [1, 2, 3]) writeFileSync(path(id), first.slice(0, (first.length * part) / 3)); // a save in three writes
    await page.waitForTimeout(1500);
    found.push({ id, inParts: refreshes.count, faults: await page.locator("#faults").isVisible() });
    await page.context().close();
  }
  const page = await open({}, CASE);
  const refreshes = counted(page);
  const together = [...Object.keys(FILES), "glossary.yaml", "organisation.yaml"].map((id) => [path(id), readFileSync(path(id), "utf8")]);
  for (const [file, text] of together) writeFileSync(file, text + "\n# 1\n");
  await page.waitForTimeout(1500);
  found.push({ together: refreshes.count });
  for (const [file, text] of together) writeFileSync(file, text);
  await page.waitForTimeout(1500);
  edit(CASE, (text) => text.replace("title:", "titel:"));
  await page.locator("#faults").waitFor();
  found.push({ fault: await page.locator("#faults").innerText(), stillThere: await inside(page).locator("h1").innerText() });
  edit(CASE, (text) => text.replace("titel:", "title:"));
  await page.locator("#faults").waitFor({ state: "hidden" });
  found.push(await onSheets(page));
  return found;
}

function counted(page) {
  const counts = { count: 0 };
  page.on("request", (request) => (counts.count += request.url().includes("/document?")));
  return counts;
}

/** Three words of the file that stand once in it and are shown, spread over it; `new` has two letters turned, so that nothing moves. */
async function wordsToTurn(page, text, most) {
  const shownText = await frameOf(page).evaluate(() => document.querySelector("main").textContent);
  const found = [];
  for (const line of text.split("\n")) {
    if (/^\s*(?:#|- id:|id:|base:|definition:)/.test(line)) continue; // what must be as it was last year is a fault when it is not
    for (const [old, before, word, after] of line.matchAll(/([a-zæøå]+ )([a-zæøå]{5,})( [a-zæøå]+)/g)) {
      const turned = before + word.slice(0, 2) + word[3] + word[2] + word.slice(4) + after;
      const once = text.split(old).length === 2 && shownText.split(old).length === 2;
      if (once && turned !== old && !shownText.includes(turned)) found.push({ old, new: turned });
    }
  }
  return found.filter((_, at) => Math.floor((at * most) / found.length) !== Math.floor(((at - 1) * most) / found.length));
}

/** An edit while the pages are shown: they follow, and those that are as they were are not fetched again. */
async function onSheets(page) {
  await page.locator("input[value=sheets]").check({ force: true });
  const images = page.locator("#sheets img");
  await images.first().waitFor();
  await page.waitForTimeout(800);
  const addresses = () => images.evaluateAll((all) => all.map((one) => one.getAttribute("src")));
  const before = await addresses();
  edit(CASE, (text) => text.replace("Politikken sætter rammen", "Politikken sætter Rammen"));
  const start = Date.now();
  await page.waitForFunction((before) => [...document.querySelectorAll("#sheets img")].some((one, at) => one.getAttribute("src") !== before[at]), before);
  const after = await addresses();
  return { sheets: after.length, another: after.filter((one, at) => one !== before[at]).length, milliseconds: Date.now() - start };
}

/** What a click on words in the text and on the pages leads to. */
async function click() {
  const found = [];
  for (const id of Object.keys(FILES)) {
    const page = await open({}, id);
    for (const number of Array(20).keys()) {
      const [x, y, word] = await frameOf(page).evaluate(wordAt, number / 20);
      const box = await page.locator("#frame").boundingBox();
      await page.locator("#place").evaluate((one) => one.replaceChildren());
      await page.mouse.click(box.x + x, box.y + y);
      await page.locator("#open").waitFor();
      const link = await page.locator("#open").getAttribute("href");
      found.push({ id, look: "text", word, told: await page.locator("#place").innerText(), link });
    }
    await page.locator("input[value=sheets]").check({ force: true });
    await page.locator("#sheets img").first().waitFor();
    await page.waitForTimeout(800);
    const { places, print } = await page.evaluate((id) => fetch(`sheets?id=${id}`).then((told) => told.json()), id);
    for (let at = 3; at < places.length; at += Math.max(1, Math.floor(places.length / 20))) {
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

/** In the document: brings a word of five letters or more into view, which stands such a share down the text; where it is. */
function wordAt(share) {
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const words = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (node.parentElement.closest("[data-o]") && !node.parentElement.closest("a")) for (const found of node.data.matchAll(/[a-zæøå]{5,}/gi)) words.push([node, found]);
  const [node, found] = words[Math.floor((share + 0.02) * (words.length - 1))];
  node.parentElement.scrollIntoView({ block: "center", behavior: "instant" });
  const range = document.createRange();
  range.setStart(node, found.index + 1);
  range.setEnd(node, found.index + 2);
  const box = range.getBoundingClientRect();
  return [box.left + box.width / 2, box.top + box.height / 2, found[0]];
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
      if (more) await page.screenshot({ path: join(more, `${look}-${state}.png`), fullPage: look === "narrow" });
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
      found.push({ state: "inside the frame", violations: await violationsOf(frameOf(page)), errors: [], overflow: 0 });
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
