// Works in a running `docgen studio` without a mouse, in Chromium, and prints what was seen as JSON:
// node studio_keyboard.mjs CHROMIUM ADDRESS FOLDER SCENARIO
// Nothing here clicks, fills in or sets a value: every step is a key.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { folder, inside, openPage, play } from "./studio_page.mjs";

const page = await openPage("", {});
await page.locator("body.writes").waitFor();
page.setDefaultTimeout(90_000); // a machine may be busy with other tests
const key = (name) => page.keyboard.press(name);
const pause = (milliseconds = 50) => page.waitForTimeout(milliseconds);
let pressed = 0;
let asking = 0; // fields that are on their way
const isField = (request) => request.url().endsWith("/field");
page.on("request", (request) => (asking += isField(request)));
for (const end of ["requestfinished", "requestfailed"]) page.on(end, (request) => (asking -= isField(request)));

/** Goes on with Tab until what is wanted has the keys: `find` is a selector, `words` are in its text or its name. */
async function reach(find, words = "", most = 400) {
  const isThere = () =>
    page.evaluate(
      ([find, words]) => {
        const one = document.activeElement;
        if (!one?.matches(find) || one.disabled) return false;
        const told = `${one.textContent} ${one.getAttribute("aria-label") ?? ""} ${[...(one.labels ?? [])].map((label) => label.textContent).join(" ")}`;
        return told.includes(words);
      },
      [find, words],
    );
  for (let at = 0; at < most; at++) {
    if (await isThere()) return;
    await key("Tab");
    pressed++;
  }
  throw new Error(`not reached: ${find} ${words}: ${await page.locator("#title").innerText()}: ${await page.locator("#editor").innerText()}`);
}

const value = (find) => page.locator(find).inputValue();

async function press(find, words = "") {
  await reach(find, words);
  await key("Enter");
}

/** From wherever the keys are to the field that searches: the start of the page. */
async function home() {
  for (let at = 0; at < 4 && (await page.evaluate(() => document.activeElement.id)) !== "search"; at++) await key("Escape");
}

/** To the buttons of the whole document: past the document, the field and what the proof-reader found. */
async function toButtons() {
  await home();
  for (let part = 0; part < 4; part++) await key("F6");
}

async function type(words) {
  await key("Control+a");
  await page.keyboard.type(words);
}

/** Chooses in a list by the arrows. */
async function choose(find, wanted, words = "") {
  await reach(find, words);
  const chosen = () => page.evaluate(() => document.activeElement.value);
  for (const arrow of ["ArrowDown", "ArrowUp"])
    for (let at = 0; at < 40; at++) {
      if ((await chosen()) === wanted) return;
      await key(arrow);
    }
  throw new Error(`not chosen: ${wanted}`);
}

async function saved() {
  await key("Control+s");
  await page.locator("#said").filter({ hasText: /^Gemt\.$/ }).waitFor();
}

async function begin(kind, name) {
  await home();
  await press("#begin");
  await page.locator("#new-dialog[open]").waitFor();
  await choose("#new-kind", kind);
  await reach("#new-name");
  await page.keyboard.type(name);
  await key("Enter");
  await page.locator("#new-dialog").waitFor({ state: "hidden", timeout: 15_000 }).catch(async () => {
    throw new Error(`${kind} ${name}: ${await page.locator("#new-said").innerText()}`);
  });
  await page.locator("#list a[aria-current]").waitFor();
  await inside(page).locator("main h1").first().waitFor();
}

async function show(words, id) {
  await home();
  await type(words);
  await pause(400);
  await press(`#list a[data-id^="${id}"]`);
  await page.locator(`#list a[aria-current][data-id^="${id}"]`).waitFor();
  await inside(page).locator("main h1").first().waitFor();
  await home();
  await type(" ");
  await key("Backspace");
  await pause(200);
}

const at = (words) => page.locator("#editor-form .crumbs [aria-current]", { hasText: words }).waitFor();

/** Opens a place by the way in words, from the document's own form. */
async function go(...labels) {
  await toButtons();
  await press("#fields");
  await page.locator("#editor-form .crumbs li:only-child [aria-current]").waitFor();
  for (const label of labels) {
    const row = page.locator("#editor-form .rows button.plain", { hasText: label }).first();
    await row.waitFor({ state: "attached" });
    if (!(await row.isVisible())) await press("#editor-form summary", "Tilføj felt");
    await press("#editor-form .rows button.plain", label);
    await at(label);
  }
}

/** What the block says that the keys are at in the document. */
const current = () => page.frames().find((one) => one.url().endsWith("/frame")).evaluate(() => document.querySelector("[data-docgen-current]")?.innerText ?? "");

/** Goes through the document, and writes where something is to be written, at most so often; how often it did. */
async function fill(words, most = 40) {
  const places = inside(page).locator("main [data-o]", { hasText: "[ikke udfyldt]" });
  let count = 0;
  for (; count < most && (await places.count()); count++) {
    const left = await places.count();
    let found = false;
    for (let steps = 0; steps < 200 && !found; steps++) {
      await key("Alt+ArrowDown");
      if (!(await current()).includes("[ikke udfyldt]")) continue;
      for (let waited = 0; waited < 200 && asking; waited++) await pause();
      await page.waitForFunction(() => document.querySelector("#field")?.value.includes("UDFYLD"), null, { timeout: 5_000 }).catch(() => {});
      found = await page.evaluate(() => Boolean(document.querySelector("#field")?.value.includes("UDFYLD")));
    }
    if (!found) return count;
    await reach("#field");
    const before = await value("#field");
    await type(before.startsWith("UDFYLD") ? words : before.replace(/UDFYLD.*/s, words));
    await saved();
    await key("Escape");
    for (let waited = 0; waited < 100 && (await places.count()) >= left; waited++) await pause();
  }
  return count;
}

async function work(find, words) {
  await press(find);
  await page.locator("#work-said").filter({ hasText: words }).waitFor({ timeout: 120_000 });
  return page.locator("#work-said").innerText();
}

// Of each kind: a name, its file, and fields that are filled in by their labels; without a second one, the first empty place.
const BEGUN = {
  case: ["Ny sag til prøve", "cases/ny-sag-til-proeve.yaml", "Sagens titel"],
  "follow-up": ["2025", "follow_ups/2025.yaml", "Rapportens titel"],
  guide: ["Vejledning til prøve", "guides/vejledning-til-proeve.yaml", "Vejledningens titel"],
  "hearing-note": ["Høring til prøve", "hearings/hoering-til-proeve.yaml", "Hvad der var i høring"],
  meeting: ["2031-03-04-oeu", "meetings/2031-03-04-oeu.yaml", "Mødestedet", "Bemærkning øverst"],
  policy: ["Politik til prøve", "policies/politik-til-proeve/policy.yaml", "Politikkens titel"],
};

await play({ fortnight, kinds });

/** The fortnight of `studio_writing.mjs`, without a mouse. */
async function fortnight() {
  const told = {};
  const own = join(folder, "content", "cases", "cykelsti-uden-mus.yaml");
  const text = () => readFileSync(own, "utf8");
  await begin("case", "Cykelsti uden mus");
  await go("Sagens titel");
  await reach("#field");
  await type("Cykelsti uden mus");
  await saved();
  await fill("en cykelsti langs åen");
  told.filled = !text().split("\n").some((line) => !line.trimStart().startsWith("#") && line.includes("UDFYLD"));

  // Three bodies.
  await go("Udvalgene på sagens vej", "Økonomiudvalget", "Hvad udvalget gør");
  await choose("#field", "recommends");
  await saved();
  await go("Udvalgene på sagens vej", "Økonomiudvalget", "Mødets dato");
  await reach("#field");
  await page.keyboard.type("03022027"); // the day first, as a browser in Danish has it
  if ((await value("#field")) !== "2027-02-03") {
    for (let at = 0; at < 3; at++) await key("ArrowLeft");
    await page.keyboard.type("02032027"); // and in English
  }
  told.date = await value("#field");
  await saved();
  for (const [body, role] of [["borgerrepraesentationen", "council"], ["teknik-og-miljoeudvalget", "receives"]]) {
    await go("Udvalgene på sagens vej");
    if (!(await page.locator(".new-item").isVisible())) await press("#editor-form summary", "Tilføj");
    await choose("#new-0", body);
    await choose("#new-1", role);
    await press(".new-item button[type=submit]");
    await page.locator("#said").filter({ hasText: "Tilføjet." }).waitFor();
  }
  told.faults = await page.locator("#faults").isVisible();
  await pause(1000);
  told.renderings = await page.locator("#list a[data-id^='case/cykelsti-uden-mus/']").count();

  // The meeting and its pack.
  await begin("meeting", "2027-02-03-oeu");
  await inside(page).locator("main", { hasText: "Cykelsti uden mus" }).waitFor();
  await reach("#with-annexes");
  await key("Space");
  told.pack = await work("#build", /Bygget|Kunne/);
  told.packed = (await page.locator("#work-lines").innerText()).includes("moedemappe.pdf");

  // What was decided.
  await show("cykelsti", "case/cykelsti-uden-mus/oekonomiudvalget");
  await press("#decide");
  await page.locator("#decide-dialog[open]").waitFor();
  await reach('input[name="outcome"]');
  for (let count = 0; count < 20 && (await page.evaluate(() => document.activeElement.value)) !== "anbefalet"; count++) await key("ArrowRight");
  await key("Space");
  await reach('input[name="how"]');
  for (let count = 0; count < 20 && (await page.evaluate(() => document.activeElement.value)) !== "unanimous"; count++) await key("ArrowRight");
  await key("Control+s");
  await page.locator("#decide-said").filter({ hasText: "Gemt." }).waitFor();
  await key("Escape");
  await page.locator("#decide-dialog").waitFor({ state: "hidden" });
  await go("Status");
  await choose("#field", "til behandling");
  await saved();

  // The minutes.
  await show("3. februar 2027", "meeting/2027-02-03-oeu");
  await go("Beslutningsprotokollen");
  await choose(".new-item select", "vedtaget");
  await press(".new-item button[type=submit]");
  await page.locator("#said").filter({ hasText: "Tilføjet." }).waitFor();
  await show("3. februar 2027", "meeting/2027-02-03-oeu/beslutningsprotokol");
  await inside(page).locator("main", { hasText: /[Aa]nbefal/ }).waitFor();
  told.minutes = await page.locator("#title").innerText();

  // Issued and verified.
  await show("cykelsti", "case/cykelsti-uden-mus/oekonomiudvalget");
  await press("#issue");
  await page.locator("#issue-box").waitFor();
  await choose("#meeting", "meeting/2027-02-03-oeu");
  told.free = await work("#hindrances", /vejen[.:]/);
  told.why = await page.locator("#work-lines").innerText();
  if (await page.locator("#issue-now").isVisible()) told.issued = await work("#issue-now", /^Udstedt|^Ikke/);
  told.verified = await work("#verify", "Protokollen");
  told.lines = await page.locator("#work-lines").innerText();
  told.tabs = pressed;
  return told;
}

/** A document of each kind, begun, filled in at two places and built as a draft with its other places empty. */
async function kinds() {
  const found = {};
  for (const [kind, [name, file, first, second]] of Object.entries(BEGUN)) {
    const [one, other] = [`Skrevet med taster: ${kind}`, `De første ord i ${kind}`];
    await begin(kind, name);
    await write(first, one);
    if (second) await write(second, other);
    else if (!(await fill(other, 1))) throw new Error(`${kind}: nothing to fill in`);
    const path = join(folder, "content", file);
    const text = existsSync(path) ? readFileSync(path, "utf8") : "";
    const faults = (await page.locator("#faults").isVisible()) ? await page.locator("#faults").innerText() : "";
    await toButtons();
    const built = await work("#build", /Bygget|Kunne/);
    const files = (await page.locator("#work-lines").innerText()).split("\n");
    const html = files.filter((line) => line.endsWith(".html")).map((line) => readFileSync(line, "utf8")).join("\n");
    const missing = [one, other].filter((words) => !html.includes(words));
    found[kind] = { file, built, faults, schema: /^# yaml-language-server: \$schema=/.test(text), missing };
  }
  return found;
}

async function write(label, words) {
  await go(label);
  await reach("#field");
  await type(words);
  await saved();
}
