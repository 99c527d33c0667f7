// What comes from elsewhere into a running `docgen studio`: pasted, pulled from Word, imported; in Chromium, as JSON:
// node studio_files.mjs CHROMIUM ADDRESS FOLDER SCENARIO [PICTURES]
// Files that are dropped lie in FOLDER/sent.
import { readFileSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CASE, folder, inside, judged, openPage, pictures, play, sideways } from "./studio_page.mjs";

const path = join(folder, "content", "cases/vedtagelse-af-indkoebspolitik-2023-2026.yaml");
const read = () => readFileSync(path, "utf8");
const clipboard = (name) => readFileSync(fileURLToPath(new URL(`clipboard/${name}.html`, import.meta.url)), "utf8");
const shows = (page, words) => inside(page).locator("main", { hasText: words }).waitFor();
const picture = (page, name) => pictures && page.screenshot({ path: join(pictures, `${name}.png`) });

async function open(id = CASE, options = {}) {
  const page = await openPage(id, options);
  await page.locator("body.writes").waitFor();
  return page;
}

/** The field of the case's solution, with the caret at its end. */
async function solution(page) {
  await inside(page).locator("main [data-o]", { hasText: "fem værdier" }).last().click();
  await page.waitForFunction(() => document.querySelector("#field")?.value.includes("fem værdier"));
  await page.locator("#field").evaluate((one) => one.setSelectionRange(one.value.length, one.value.length));
}

const paste = (page, selector, html, plain) =>
  page.locator(selector).first().evaluate(
    (one, [html, plain]) => {
      const data = new DataTransfer();
      if (html) data.setData("text/html", html);
      data.setData("text/plain", plain);
      one.focus();
      const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
      if (one.dispatchEvent(event)) document.execCommand("insertText", false, plain); // as a browser does
    },
    [html, plain],
  );

await play({ pasted, pulled, imported, used, pages, renewed, widths });

/** Tables and text from Excel and Word, in a text and in the grid; and what a text can refer to. */
async function pasted() {
  const told = {};
  const page = await open();
  await solution(page);
  const before = await page.locator("#field").inputValue();
  const added = async () => (await page.locator("#field").inputValue()).slice(before.length);
  const reset = async () => {
    await page.locator("#field").fill(before);
    await page.locator("#field").evaluate((one) => one.setSelectionRange(one.value.length, one.value.length));
  };
  for (const name of ["excel", "word-table", "word-text"]) {
    await paste(page, "#field", clipboard(name), "som ren tekst");
    told[name] = await added();
    await reset();
  }
  await paste(page, "#field", "", "År\tAntal\n2026\t1.234\n2027\t2.345,5\n");
  told.tabs = await added();
  await reset();
  await paste(page, "#field", "<table><tr><th rowspan=3>Stor</th><td>a</td></tr><tr><td>b</td></tr><tr><td>c</td></tr></table>", "");
  told.named = await added();
  await reset();
  await paste(page, "#field", "", "bare ord\n\nog flere");
  told.plain = await added();
  await reset();

  // The grid.
  await page.locator("button[title^='Tabel']").click();
  await paste(page, "#table-grid input", clipboard("excel"), "");
  told.grid = await page.locator("#table-grid").evaluate((one) => [...one.rows].map((row) => [...row.cells].map((cell) => cell.firstChild.value)));
  told.labels = await page.locator("#table-grid input").evaluateAll((all) => all.map((one) => one.ariaLabel).filter((words) => /kolonne 1$/.test(words)));
  await picture(page, "tabel");
  await page.locator("#table-dialog button[value=use]").click();
  told.fromGrid = await added();
  await shows(page, "Vej");
  told.cells = await inside(page).locator("main table td, main table th").filter({ hasText: "1.234,50" }).count();
  await picture(page, "tabel-i-dokumentet");
  await page.keyboard.press("Control+z");
  told.undone = await page.locator("#field").inputValue() === before;
  await reset();

  // A reference.
  await page.locator(".tools select").selectOption({ index: 1 });
  told.reference = await added();
  await page.keyboard.press("Control+s");
  await page.locator("#said").filter({ hasText: "Gemt." }).waitFor();
  told.saved = read().includes(told.reference);
  return told;
}

/** A Word file comes home: what is in conflict is chosen in the same view as a colleague's. */
async function pulled() {
  const told = {};
  const page = await open();
  await page.setInputFiles("#file", join(folder, "sent", "sag.docx"));
  await page.locator("#pull").click();
  await page.locator("#homecoming h3").first().waitFor();
  told.titles = await page.locator("#homecoming h3").allInnerTexts();
  told.nothing = !read().includes("selvstændig") && !read().includes("sideordnede");
  await picture(page, "word-vist");
  await page.locator("#pull-now").click();
  await page.locator("#conflict").waitFor();
  told.title = await page.locator("#conflict-title").innerText();
  told.place = await page.locator("#conflict-place").innerText();
  told.marked = await page.locator("#conflict mark").allInnerTexts();
  told.written = read().includes("sideordnede") && read().includes("egen sag");
  const judgement = await judged(page, "pulled");
  told.judged = [judgement.violations, judgement.errors, judgement.overflow];
  await picture(page, "word-konflikt");
  await page.locator("#take-theirs").click();
  // That it is saved is said until something else is; what is written stays.
  for (let at = 0; at < 400 && !read().includes("selvstændig sag"); at++) await page.waitForTimeout(50);
  told.taken = read().includes("selvstændig sag") && !read().includes("egen sag");
  await page.locator("#undo").click();
  for (let at = 0; at < 400 && !read().includes("egen sag"); at++) await page.waitForTimeout(50);
  told.undone = read().includes("egen sag");
  return told;
}

/** A file is imported, and its review stands beside the document. */
async function imported() {
  const told = {};
  const page = await open("");
  await page.setInputFiles("#file", join(folder, "sent", "Støj i Østbyen.html"));
  await page.locator("#import-kind").selectOption("case");
  await page.locator("#import").click();
  const review = page.frameLocator("#review");
  await review.locator("h1").waitFor();
  await page.locator("#faults-list button").first().waitFor(); // the source does not say which administration it is of
  told.fault = await page.locator("#faults-list li").first().innerText();
  await page.locator("#faults-list button").first().click();
  await page.locator("#editor-form .rows button", { hasText: /forvaltning/i }).first().waitFor({ state: "attached" });
  await page.locator("#editor-form summary", { hasText: "Tilføj felt" }).click();
  await page.locator("#editor-form .rows button", { hasText: /forvaltning/i }).first().click();
  await page.locator("#new-0").selectOption({ index: 1 });
  await page.locator(".new-item button[type=submit]").click();
  await inside(page).locator("main h1").first().waitFor();
  told.title = await review.locator("h1").innerText();
  told.rows = await review.locator("tbody tr").count();
  told.both = (await page.locator("#review").isVisible()) && (await page.locator("#frame").isVisible());
  const judgement = await judged(page, "imported");
  told.judged = [judgement.violations, judgement.errors, judgement.overflow];
  await picture(page, "import");
  await review.locator("tbody tr td:last-child code").first().click();
  await page.locator("#editor-form .crumbs").waitFor();
  told.field = await page.locator("#editor-form .crumbs").innerText();
  await page.locator("#review-close").click();
  told.closed = !(await page.locator("#review-box").isVisible());
  await page.locator("#review-open").click();
  told.again = await page.locator("#review-box").waitFor().then(() => true, () => false); // it is asked for first
  return told;
}

/** Where a field is used is counted, and the documents are named. */
async function used() {
  const told = {};
  const page = await open();
  const words = async (label) => {
    const place = page.locator("#used .notice");
    await place.waitFor({ timeout: 120_000 }); // every document is made anew for it, in what time is left
    told[label] = await place.innerText();
  };
  await inside(page).locator("main h2", { hasText: "Løsning" }).first().click();
  await page.locator("#used").waitFor();
  await words("heading");
  await picture(page, "bruges");
  await page.locator("#used summary").click();
  told.names = await page.locator("#used .plain").count();
  await page.locator(".crumbs [aria-current]").waitFor();
  await inside(page).locator("main h1").first().click();
  await page.waitForFunction(() => document.querySelector("#field")?.value.startsWith("Vedtagelse"));
  await words("title");
  return told;
}

/** The pages and the length follow what is typed, before it is saved. */
async function pages() {
  const told = {};
  const page = await open();
  await page.locator("#length").filter({ hasText: "side" }).waitFor();
  const first = read();
  told.before = await page.locator("#length").innerText();
  const src = () => page.locator("#sheets img").first().getAttribute("src");
  const was = await src();
  await solution(page);
  await page.locator("input[value=sheets]").check({ force: true });
  await page.locator("#field").focus();
  await page.keyboard.insertText(` ${"Mange ord mere om det. ".repeat(150)}`);
  await page.waitForFunction((words) => document.querySelector("#length").textContent !== words, told.before);
  told.after = await page.locator("#length").innerText();
  told.pictures = (await src()) !== was || (await page.locator("#sheets img").count()) > 1;
  told.unsaved = read() === first;
  await picture(page, "sider-mens-der-skrives");
  await page.locator("#sheets img").first().click({ position: { x: 200, y: 300 } });
  told.open = await page.locator("#editor-form .crumbs").count();
  await page.locator("#unsaved-list button").last().click();
  await page.waitForFunction((words) => document.querySelector("#length").textContent === words, told.before);
  return told;
}

/** What the frame has after each of many changes is just what it would have if the document was opened anew. */
async function renewed() {
  const page = await open();
  await solution(page);
  const first = await page.locator("#field").inputValue();
  const found = [];
  const texts = [
    `${first} og mere`, `${first}\n\nEt afsnit til.`, `Forrest.\n\n${first}\n\nEt afsnit til.`, `${first}\n\n- et punkt\n- et til`,
    `${first}\n\n- et punkt\n- et til\n- og et`, `- et til\n- og et\n\n${first}`, `${first}\n\n| a | b |\n| --- | --- |\n| 1 | 2 |`,
    `${first}\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n| 3 | **4** |`, "Kort.", `Kort.[^1]\n\n[^1]: En note.`, `# En overskrift\n\nKort *og* godt.`, first,
  ];
  for (const text of texts) {
    const answer = page.waitForResponse((one) => one.url().endsWith("/draft") && one.request().postDataJSON().typed[0]?.text === text).catch(() => null);
    await page.locator("#field").fill(text);
    const told = text === first ? await page.request.get(page.url().replace(/\?.*/, "") + `document?id=${encodeURIComponent(CASE)}`).then((one) => one.json()) : await (await answer).json();
    await page.waitForFunction(
      (html) => {
        const shown = document.querySelector("#frame").contentDocument.body.cloneNode(true);
        for (const one of [shown, ...shown.querySelectorAll("[data-docgen-current]")]) one.removeAttribute("data-docgen-current");
        return shown.isEqualNode(new (document.querySelector("#frame").contentWindow.DOMParser)().parseFromString(html, "text/html").body);
      },
      told.html,
      { timeout: 10_000 },
    ).then(() => found.push(true), () => found.push(text));
  }
  return found;
}

/** Every page of the studio that `states` does not see, as wide as a telephone, and as a small screen. */
async function widths() {
  const found = [];
  for (const [look, options] of Object.entries({
    "320 dark": { viewport: { width: 320, height: 800 }, colorScheme: "dark", reducedMotion: "reduce" },
    "320 light": { viewport: { width: 320, height: 800 }, colorScheme: "light", reducedMotion: "reduce" },
    "1280 dark": { viewport: { width: 1280, height: 800 }, colorScheme: "dark", reducedMotion: "reduce" },
    "1280 light": { viewport: { width: 1280, height: 800 }, colorScheme: "light", reducedMotion: "reduce" },
  })) {
    const page = await open("", { ...options, bypassCSP: true });
    const note = async (state, frames = []) => {
      await page.waitForTimeout(150);
      if (pictures) await page.screenshot({ path: join(pictures, `${look}-${state}.png`.replaceAll(" ", "-")), fullPage: look.startsWith("320") });
      const { violations, overflow } = await judged(page, state, false);
      const inner = await Promise.all(frames.map((id) => page.locator(id).evaluate((one) => [one.contentDocument.documentElement.scrollWidth - one.contentDocument.documentElement.clientWidth, one.contentDocument.body.innerText.length > 50])));
      const framed = page.frames().filter((one) => one.url().endsWith("/frame"));
      const within = frames.length ? (await Promise.all(framed.map(sideways))).flat() : [];
      found.push({ state: `${look}: ${state}`, violations, sideways: [...(await sideways(page)), ...within], overflow: Math.max(overflow, ...inner.map(([wide]) => wide)), isThere: inner.every(([, is]) => is) });
    };
    await note("begin");
    await page.locator("#begin").click();
    await page.locator("#new-dialog[open]").waitFor();
    await note("new");
    await page.keyboard.press("Escape");
    await page.setInputFiles("#file", join(folder, "sent", "Støj i Østbyen.html"));
    await note("file");
    await page.locator("#import-kind").selectOption("case");
    await page.locator("#import").click();
    await page.frameLocator("#review").locator("h1").waitFor();
    await note("review", ["#review"]);
    await page.evaluate((id) => document.querySelector(`#list a[data-id='${id}']`).click(), CASE);
    await inside(page).locator("main h1", { hasText: "Vedtagelse" }).first().waitFor();
    await note("case", ["#frame"]);
    await page.locator("#issue").click();
    await page.locator("#issue-box").waitFor();
    await page.locator("#hindrances").click();
    await page.locator("#work-said").filter({ hasText: /vejen[.:]/ }).waitFor({ timeout: 60_000 });
    await note("issue");
    await page.setInputFiles("#file", join(folder, "sent", "sag.docx"));
    await page.locator("#pull").click();
    await page.locator("#homecoming h3").first().waitFor();
    await note("word");
    await page.locator("#decide").click();
    await page.locator("#decide-dialog[open]").waitFor();
    await page.locator("#how input[value=vote]").check({ force: true });
    await note("meeting");
    await page.keyboard.press("Escape");
    await page.locator("#fields").click();
    await page.locator("#editor-form .rows button").first().waitFor();
    await note("fields");
    await page.locator("input[value=sheets]").check({ force: true });
    await page.locator("#sheets img").first().waitFor();
    await note("sheets");
    await page.locator("input[value=text]").check({ force: true });
    await page.context().close();
    unlinkSync(join(folder, "content/cases/stoej-i-oestbyen.yaml"));
    unlinkSync(join(folder, "content/cases/stoej-i-oestbyen.review.html"));
  }
  return found;
}
