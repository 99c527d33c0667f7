// Writes in a running `docgen studio` as a secretary does, in Chromium, and prints what was seen as JSON:
// node studio_writing.mjs CHROMIUM ADDRESS FOLDER SCENARIO [PICTURES]
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CASE, click, folder, inside, judged, openPage, pictures, play } from "./studio_page.mjs";

const FILE = "cases/vedtagelse-af-indkoebspolitik-2023-2026.yaml";
const path = join(folder, "content", FILE);
const read = () => readFileSync(path, "utf8");

async function open(id = CASE, options = {}) {
  const page = await openPage(id, options);
  await page.locator("body.writes").waitFor();
  return page;
}

const isAt = (page, words) => page.locator(".crumbs [aria-current]", { hasText: words }).waitFor();
const said = (page, words) => page.locator("#said").filter({ hasText: words }).waitFor();
const value = (page) => page.locator("#field").inputValue();
// The field of some words: another may have been open, which is one, too.
const opened = (page, words) => page.waitForFunction((words) => document.querySelector("#field")?.value.includes(words), words);
const shows = (page, words) => inside(page).locator("main", { hasText: words }).waitFor();

const caret = (page) => page.locator("#field").evaluate((one) => one.value.slice(0, one.selectionStart).slice(-12) + "|" + one.value.slice(one.selectionStart).slice(0, 8));

await play({ write, hasty, findings, structure, keyboard, states, meeting, fortnight });

/** Click, type, save, conflict, undo, crash. */
async function write() {
  const told = {};
  const first = read();
  const page = await open();
  await click(page, "ligestillede");
  await opened(page, "ligestillede");
  told.crumbs = await page.locator(".crumbs").innerText();
  told.caret = await caret(page);
  await page.keyboard.type("gode ");
  await shows(page, "ligode gestillede");
  told.typedOnly = read() === first;
  await page.locator("button", { hasText: "Fortryd det skrevne" }).click();
  await shows(page, "fem ligestillede");
  await page.locator("#field").evaluate((one) => (one.focus(), one.setSelectionRange(0, 0)));
  await page.keyboard.type("Kort sagt: ");
  await shows(page, "Kort sagt: Borger");
  await page.keyboard.press("Control+s");
  await said(page, "Gemt.");
  told.saved = read().split("\n").filter((line, at) => line !== first.split("\n")[at]).length;
  told.diff = await page.locator("#changed-lines-words").textContent();
  await page.locator("#unsaved").waitFor({ state: "hidden" });

  // Refused by the schema.
  await page.locator(".crumbs button").first().click();
  await page.locator(".rows button", { hasText: "Versionsnummer" }).click();
  await page.locator("#field").fill("en");
  await page.keyboard.press("Control+s");
  await said(page, "Ikke gemt");
  told.refused = await page.locator("#said").innerText();
  await page.locator("button", { hasText: "Fortryd det skrevne" }).click();

  // A colleague saves another field, then the same one.
  await click(page, "forhandlet");
  await opened(page, "forhandlet");
  await page.keyboard.press("End");
  await page.keyboard.press("Control+End");
  await page.keyboard.type(" Mit.");
  writeFileSync(path, read().replace("fem ligestillede", "fem ens"));
  await page.waitForTimeout(400);
  await page.keyboard.press("Control+s");
  await said(page, "Gemt.");
  told.merged = read().includes("fem ens") && read().includes("Mit.");
  await page.keyboard.type(" Igen.");
  writeFileSync(path, read().replace("Mit.", "Deres."));
  await page.keyboard.press("Control+s");
  await page.locator("#conflict").waitFor();
  told.sides = [await page.locator("#conflict-mine").textContent(), await page.locator("#conflict-theirs").textContent()].map((one) => one.slice(-12));
  told.notWritten = !read().includes("Igen.");
  if (pictures) await page.screenshot({ path: join(pictures, "konflikt.png") });
  await page.locator("#keep-mine").click();
  await said(page, "Gemt.");
  told.kept = read().includes("Mit. Igen.");
  await page.locator("#undo").click();
  await said(page, "Fortrudt.");
  told.undone = read().includes("Deres.") && !read().includes("Igen.");

  // What is typed outlives the page.
  await page.locator("#field").fill("Skrevet og ikke gemt.");
  await shows(page, "Skrevet og ikke gemt.");
  await page.close();
  const again = await open();
  await again.locator("#unsaved").waitFor();
  await shows(again, "Skrevet og ikke gemt.");
  await again.locator("#unsaved-list button").first().click();
  await again.locator("#field").waitFor();
  told.offered = await value(again);
  told.onDisk = read().includes("Skrevet og ikke");
  await again.locator("#unsaved-list button").last().click();
  await again.locator("#unsaved").waitFor({ state: "hidden" });
  return told;
}

/** Saves faster than they are done, and what no document can show. */
async function hasty() {
  const told = {};
  const page = await open();
  await click(page, "rammen");
  await opened(page, "rammen");
  await page.keyboard.press("Control+End");
  for (const sign of "abcdefghijklmno") {
    await page.keyboard.type(sign);
    await page.keyboard.press("Control+s");
  }
  for (let at = 0; at < 400 && !read().includes("abcdefghijklmno"); at++) await page.waitForTimeout(50);
  told.written = read().includes("abcdefghijklmno");
  told.conflict = await page.locator("#conflict").isVisible();
  await page.locator("#unsaved").waitFor({ state: "hidden" });
  const before = read();
  await page.keyboard.insertText(" 😀");
  await page.keyboard.press("Control+s");
  await said(page, "Ikke gemt");
  told.refused = await page.locator("#said").innerText();
  told.field = await page.locator("#field").evaluate((one) => [one.getAttribute("aria-invalid"), one.getAttribute("aria-describedby").split(" ").includes("said"), one.value.endsWith(" 😀")]);
  told.unwritten = read() === before;
  told.kept = await page.locator("#unsaved").isVisible();
  await page.keyboard.press("Backspace");
  await page.keyboard.type("glade");
  await page.keyboard.press("Control+s");
  await said(page, /^Gemt\.$/);
  told.mended = read().includes("glade") && (await page.locator("#field").getAttribute("aria-invalid")) === null;
  return told;
}

/** What the proof-reader found: fixed, chosen, let pass. */
async function findings() {
  const told = {};
  writeFileSync(path, read().replace("fem ligestillede", "fem ligestilede").replace("I 2021 købte", "I 2021  købte").replace("13,8 mia. kr.", "12 % og 13,8 mia. kr."));
  const page = await open();
  await page.locator("#findings li").first().waitFor();
  told.first = await page.locator("#findings > li").count();
  if (pictures) await page.screenshot({ path: join(pictures, "fund.png") });
  await page.locator("#findings button[aria-label^='Ret ']").first().click();
  await said(page, "Rettet.");
  await page.waitForTimeout(600);
  told.second = await page.locator("#findings > li").count();
  await page.locator("#findings button[aria-label^='Skriv ”ligestillede”']").first().click();
  await page.waitForTimeout(800);
  told.chosen = read().includes("fem ligestillede");
  told.third = await page.locator("#findings > li").count();
  writeFileSync(path, read().replace("fem ligestillede", "fem ligestilede"));
  const card = page.locator("#findings > li", { hasText: "ligestilede" });
  await card.locator("summary").click();
  await card.locator("input").fill("et citat");
  await card.locator("input").press("Enter");
  await said(page, "Tilladt.");
  told.allowed = /# docgen: tillad DG\d+ et citat/.test(read());
  await card.waitFor({ state: "detached" });
  return told;
}

/** At-points, annexes and documents. */
async function structure() {
  const told = {};
  const page = await open();
  await click(page, "ligestillede");
  await page.locator(".crumbs button").first().click();
  await page.locator(".rows button", { hasText: "Indstillingens at-punkter" }).click();
  await isAt(page, "Indstillingens at-punkter");
  await page.locator("#editor-form .rows button").first().click();
  await page.locator("#editor-form .rows button", { hasText: "At-punkterne" }).click();
  await isAt(page, "At-punkterne");
  await page.locator("#editor-form summary", { hasText: "Tilføj" }).click();
  await page.locator("#new-0").fill("forvaltningen følger op hvert år");
  await page.locator(".new-item button[type=submit]").click();
  await shows(page, "følger op hvert");
  await said(page, "Tilføjet.");
  told.id = /id: (forvaltningen-\S+)/.exec(read())?.[1];
  await page.locator(".crumbs button").last().click();
  if (pictures) await page.screenshot({ path: join(pictures, "punkter.png") });
  await page.locator("button[aria-label^='Flyt op: forvaltningen']").click();
  await said(page, "Flyttet.");
  told.movedUp = read().indexOf("id: forvaltningen-") < read().indexOf("id: vedtage-politikken");
  await page.locator("button[aria-label^='Slet: forvaltningen']").click();
  await said(page, "Slettet.");
  told.gone = !read().includes("id: forvaltningen-");
  return told;
}

/** From a document to a saved word, with the keyboard alone. */
async function keyboard() {
  const told = {};
  const page = await open("");
  const key = (name) => page.keyboard.press(name);
  const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.dataset.id || document.activeElement.localName);
  const tabTo = async (name, most = 40) => {
    for (let at = 0; at < most && (await focused()) !== name; at++) await key("Tab");
    return focused();
  };
  await tabTo("search");
  await page.keyboard.type("vedtagelse");
  await page.waitForTimeout(500);
  await tabTo(CASE);
  await key("Enter");
  await inside(page).locator("main h1").first().waitFor();
  for (let at = 0; at < 40; at++) {
    await key("Alt+ArrowDown");
    await page.waitForTimeout(120);
    if (/Resumé/.test(await page.locator("#editor-form").innerText())) break;
  }
  told.stillReading = (await focused()) !== "field";
  told.field = await page.locator("#editor-form .head").innerText();
  await tabTo("field", 80);
  await key("Control+Home");
  await page.keyboard.type("Uden mus: ");
  await shows(page, "Uden mus: ");
  await key("Control+s");
  await said(page, "Gemt.");
  told.saved = read().includes("Uden mus: ");
  await key("Control+a");
  await key("Control+b");
  told.bold = (await value(page)).startsWith("**Uden mus");
  await key("Control+z");
  await key("Escape");
  told.left = await page.evaluate(() => document.activeElement.id);
  await tabTo("undo", 60);
  await key("Enter");
  await said(page, "Fortrudt.");
  told.undone = !read().includes("Uden mus: ");
  return told;
}

/** Meeting day, with the keyboard alone. */
async function meeting() {
  const told = {};
  const page = await open();
  const key = (name) => page.keyboard.press(name);
  await page.locator("#decide").focus();
  await key("Enter");
  await page.locator("#decide-dialog[open]").waitFor();
  told.treatment = await page.locator("#treatment option:checked").innerText();
  told.focus = await page.evaluate(() => document.activeElement.id);
  await key("ArrowDown"); // the first at-point
  for (let at = 0; at < 3; at++) {
    await key("Tab");
    if (await page.evaluate(() => document.activeElement.name === "outcome")) break;
  }
  await key("Space");
  for (let at = 0; at < 10 && (await page.evaluate(() => document.activeElement.name)) !== "how"; at++) await key("Tab");
  for (let at = 0; at < 3; at++) await key("ArrowRight"); // by vote
  await page.locator("#votes-box").waitFor();
  for (const times of [1, 2]) {
    await key("Tab");
    for (let at = 0; at < times; at++) await key("ArrowRight");
  }
  told.sum = await page.locator("#votes-sum").innerText();
  if (pictures) await page.screenshot({ path: join(pictures, "moede.png") });
  await key("Control+s");
  await page.locator("#decide-said").filter({ hasText: "Gemt." }).waitFor();
  told.written = /point: vedtage-politikken/.test(read()) && /how: vote/.test(read());
  const judgement = await judged(page, "meeting");
  told.judged = [judgement.violations, judgement.overflow];
  await key("Escape");
  told.back = await page.evaluate(() => document.activeElement.id);
  return told;
}

/** A secretary's fortnight in the page alone: a case for three bodies, the meeting, its pack, what was decided, the
 * minutes, and the version that is issued and verified. */
async function fortnight() {
  const told = {};
  const page = await open("");
  page.setDefaultTimeout(20_000);
  const begin = async (kind, name) => {
    await page.locator("#begin").click();
    await page.locator("#new-kind").selectOption(kind);
    await page.locator("#new-name").fill(name);
    await page.keyboard.press("Enter");
    await page.locator("#new-dialog").waitFor({ state: "hidden" });
    await page.locator("#list a[aria-current]").waitFor();
    await inside(page).locator("main h1").first().waitFor();
  };
  const own = join(folder, "content", "cases", "cykelsti-langs-aaen.yaml");
  const text = () => readFileSync(own, "utf8");
  const fill = async (words) => {
    await page.locator("#field").fill(words);
    await page.keyboard.press("Control+s");
    await said(page, /^Gemt\.$/);
  };
  const choose = async (value) => {
    await page.locator("#field").selectOption(value);
    await page.keyboard.press("Control+s");
    await said(page, /^Gemt\.$/);
  };
  const go = async (...labels) => {
    if (!(await page.locator(".crumbs button").count())) await inside(page).locator("main h1").first().click();
    await page.locator(".crumbs button").first().click();
    for (const label of labels) {
      const row = page.locator("#editor-form .rows button.plain", { hasText: label }).first();
      await row.waitFor({ state: "attached" });
      if (!(await row.isVisible())) await page.locator("#editor-form summary", { hasText: "Tilføj felt" }).click();
      await row.click();
      await page.locator("#editor-form .crumbs [aria-current]").waitFor();
    }
  };
  const work = async (id, words) => {
    await page.locator(id).click();
    await page.locator("#work-said").filter({ hasText: words }).waitFor({ timeout: 90_000 });
    return page.locator("#work-said").innerText();
  };

  await begin("case", "Cykelsti langs åen");
  await inside(page).locator("main h1").first().click();
  await page.locator("#field").waitFor();
  await fill("Cykelsti langs åen");
  for (let count = 0; count < 12; count++) {
    const places = inside(page).locator("main [data-o]", { hasText: "[ikke udfyldt]" });
    const left = await places.count();
    if (!left) break;
    await places.last().click();
    await opened(page, "UDFYLD");
    const before = await value(page);
    await fill(before.startsWith("UDFYLD") ? "Der skal laves en cykelsti langs åen." : before.replace(/UDFYLD.*/, "en cykelsti langs åen"));
    while ((await places.count()) >= left) await page.waitForTimeout(50); // the document follows
  }
  told.filled = !text().split("\n").some((line) => !line.trimStart().startsWith("#") && line.includes("UDFYLD"));

  // Three bodies.
  await go("Udvalgene på sagens vej", "Økonomiudvalget", "Hvad udvalget gør");
  await choose("recommends");
  await go("Udvalgene på sagens vej", "Økonomiudvalget", "Mødets dato");
  await fill("2027-02-03");
  for (const [body, role] of [["borgerrepraesentationen", "council"], ["teknik-og-miljoeudvalget", "receives"]]) {
    await go("Udvalgene på sagens vej");
    await page.locator("#editor-form summary", { hasText: /^Tilføj$/ }).click();
    await page.locator("#new-0").selectOption(body);
    await page.locator("#new-1").selectOption(role);
    await page.locator(".new-item button[type=submit]").click();
    await said(page, "Tilføjet.");
  }
  told.faults = await page.locator("#faults").isVisible();
  await page.waitForTimeout(1500);
  told.renderings = await page.locator("#list a[data-id^='case/cykelsti-langs-aaen/']").count();

  // The meeting, and its pack.
  await begin("meeting", "2027-02-03-oeu");
  await shows(page, "Cykelsti langs åen");
  await page.locator("#with-annexes").check();
  told.pack = await work("#build", /Bygget|Kunne/);
  told.packed = (await page.locator("#work-lines").innerText()).includes("moedemappe.pdf");

  // What was decided, and the minutes.
  await page.locator("#list a[data-id='case/cykelsti-langs-aaen/oekonomiudvalget']").click();
  await page.locator("#title").filter({ hasText: "Cykelsti" }).waitFor();
  await page.locator("#decide").click();
  await page.locator("#decide-dialog[open]").waitFor();
  told.treatment = await page.locator("#treatment option:checked").innerText();
  await page.locator('input[name="outcome"][value="anbefalet"]').check({ force: true });
  await page.locator('input[name="how"][value="unanimous"]').check({ force: true });
  await page.locator("#decide-form button[type=submit]").click();
  await page.locator("#decide-said").filter({ hasText: "Gemt." }).waitFor();
  await page.locator("#decide-close").click();
  await shows(page, /[Aa]nbefal/);
  told.hindered = await (async () => {
    await page.locator("#issue").click();
    await page.locator("#meeting").selectOption("meeting/2027-02-03-oeu");
    return work("#hindrances", /vejen[.:]/);
  })();
  await go("Status");
  await choose("til behandling");
  await page.locator("#list a[data-id^='meeting/2027-02-03-oeu']").first().click();
  await page.locator("#title").filter({ hasText: "3. februar 2027" }).waitFor();
  await inside(page).locator("main h1").first().click();
  await page.locator("#editor-form .crumbs").waitFor();
  await go("Beslutningsprotokollen");
  const minutes = page.locator(".new-item");
  await minutes.waitFor();
  await minutes.locator("select").first().selectOption("vedtaget");
  await minutes.locator("button[type=submit]").click();
  await said(page, "Tilføjet.");
  await page.locator("#list a[data-id='meeting/2027-02-03-oeu/beslutningsprotokol'], #list a[data-id^='meeting/2027-02-03-oeu/']").nth(1).click();
  await shows(page, /[Aa]nbefal/);
  told.minutes = await page.locator("#title").innerText();

  // Issued and verified.
  await page.locator("#list a[data-id='case/cykelsti-langs-aaen/oekonomiudvalget']").click();
  await page.locator("#title").filter({ hasText: "Cykelsti" }).waitFor();
  await page.locator("#issue").click();
  await page.locator("#meeting").selectOption("meeting/2027-02-03-oeu");
  told.free = await work("#hindrances", /vejen[.:]/);
  told.why = await page.locator("#work-lines").innerText();
  if (await page.locator("#issue-now").isVisible()) told.issued = await work("#issue-now", /^Udstedt|^Ikke/);
  told.verified = await work("#verify", "Protokollen");
  told.lines = await page.locator("#work-lines").innerText();
  return told;
}

/** What axe and HTML_CodeSniffer say of each state. */
async function states() {
  const found = [];
  const first = read();
  for (const [look, options] of Object.entries({
    wide: {},
    narrow: { viewport: { width: 320, height: 800 }, colorScheme: "dark", reducedMotion: "reduce" },
    forced: { viewport: { width: 1100, height: 800 }, forcedColors: "active" },
  })) {
    writeFileSync(path, first.replace("fem ligestillede", "fem ligestilede"));
    const page = await open(CASE, { ...options, bypassCSP: true });
    const note = async (state) => {
      if (look !== "forced") found.push(await judged(page, `${look}: ${state}`));
      if (pictures) await page.screenshot({ path: join(pictures, `${look}-${state}.png`), fullPage: look === "narrow" });
    };
    await click(page, "rammen");
    await opened(page, "rammen");
    await page.keyboard.type("x");
    await page.locator("#unsaved").waitFor();
    await note("field");
    writeFileSync(path, read().replace("Politikken sætter", "Politikken giver"));
    await page.keyboard.press("Control+s");
    await page.locator("#conflict").waitFor();
    await note("conflict");
    await page.locator("#take-theirs").click();
    await page.locator("#conflict").waitFor({ state: "hidden" });
    await page.locator("button[title^='Tabel']").click();
    await note("table");
    await page.keyboard.press("Escape");
    await page.locator(".crumbs button").first().click();
    await page.locator("#editor-form summary").first().click();
    await note("document");
    await page.locator(".rows button", { hasText: "Bilagene" }).click();
    await isAt(page, "Bilagene");
    await page.locator("#editor-form summary", { hasText: /^Tilføj$/ }).click();
    await page.locator("#editor-form summary", { hasText: "Flere felter" }).click();
    await note("new");
    await page.locator(".allow summary").first().click();
    await note("finding");
    await page.context().close();
  }
  writeFileSync(path, first);
  return found;
}
