// What the scenes of a studio share: Chromium, pages that watch themselves, what judges say, and how a scene ends.
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import axe from "axe-core";
import { chromium } from "playwright-core";

const SWITCHES = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--font-render-hinting=none"];
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const SNIFFER = readFileSync(fileURLToPath(import.meta.resolve("html_codesniffer/build/HTMLCS.js")), "utf8");
export const CASE = "case/vedtagelse-af-indkoebspolitik-2023-2026/oekonomiudvalget";
export const FILES = {
  [CASE]: "cases/vedtagelse-af-indkoebspolitik-2023-2026.yaml",
  "policy/indkoebspolitik-2023-2026": "policies/indkoebspolitik-2023-2026/policy.yaml",
  "follow-up/2024": "follow_ups/2024.yaml",
};

export const [executablePath, address, folder, scenario, pictures] = process.argv.slice(2);
export const browser = await chromium.launch({ executablePath, args: SWITCHES });
const WAIT = 120_000; // milliseconds: a long document is made when it is opened, and the machine may be busy
export const complaints = [];
export const foreign = [];

/** A page of the studio with a document, connected; `options` are those of the browser's context. */
export async function openPage(id, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(WAIT);
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(`${message.text()} ${message.location().url}`));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(new URL(address).origin) && !/^(data|about|vscode|blob):/.test(url)) foreign.push(url);
  });
  await page.goto(address + (id ? `?id=${id}` : ""));
  await page.locator("#state.on").waitFor();
  await page.locator("#list a").first().waitFor({ state: "attached" });
  if (id) await shown(page);
  return page;
}

export const inside = (page) => page.frameLocator("#frame");
export const frameOf = (page) => page.frames().find((frame) => frame.url().endsWith("/frame"));
export const shown = (page) => inside(page).locator("main h1, main p").first().waitFor();
export const path = (id) => join(folder, "content", FILES[id] ?? id);

/** Changes a file as an editor does: another in its place. */
export function edit(id, change) {
  const text = change(readFileSync(path(id), "utf8"));
  writeFileSync(path(id) + ".tmp", text);
  renameSync(path(id) + ".tmp", path(id));
}

/** What axe says of a document, and with `sniffs` HTML_CodeSniffer, and how much wider than the window it is. */
export async function judged(page, state, sniffs = true) {
  const violations = await violationsOf(page);
  if (sniffs) await page.evaluate(SNIFFER);
  const errors = sniffs ? await page.evaluate(sniffed) : [];
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return { state, violations, errors, overflow };
}

/** What runs out of a page to the side, or scrolls that way (WCAG 1.4.10), but for tables and code: the first five. */
export const sideways = (page) =>
  page.evaluate(() => {
    const wide = document.documentElement.clientWidth + 1;
    const found = [];
    for (const one of document.body.querySelectorAll("*")) {
      if (!one.checkVisibility({ visibilityProperty: true }) || one.closest("table, pre, code, .skip, svg")) continue;
      const scrolls = /auto|scroll/.test(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth + 1;
      const hasTable = one.querySelector("table, pre") !== null;
      const box = one.getBoundingClientRect();
      if ((scrolls && !hasTable) || (box.width > 1 && box.right > wide && !one.parentElement.closest("table, .grid-box, .table"))) {
        found.push(`${one.localName}#${one.id}.${one.className} ${Math.round(box.right)}`);
      }
    }
    return found.slice(0, 5);
  });

/** What axe says of a page, or of a frame in one. */
export async function violationsOf(page) {
  await page.evaluate(axe.source);
  const result = await page.evaluate((values) => window.axe.run(document, { runOnly: values, resultTypes: ["violations"] }), TAGS);
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).slice(0, 3)}`);
}

const sniffed = () =>
  new Promise((done) => {
    window.HTMLCS.process("WCAG2AA", document, () =>
      done(window.HTMLCS.getMessages().filter((one) => one.type === window.HTMLCS.ERROR).map(({ code, msg, element }) => `${code}: ${msg}: ${(element.outerHTML ?? "").slice(0, 160)}`)),
    );
  });

/** Plays the scene that is asked for, and prints what was seen. */
export async function play(scenes) {
  const seen = await scenes[scenario]();
  await browser.close();
  process.stdout.write(JSON.stringify({ seen, complaints, foreign }, null, 1) + "\n");
}

/** Clicks in the middle of the first letters of some words in the document. */
export async function click(page, words) {
  const text = inside(page).locator("main [data-o]", { hasText: words }).last();
  await text.scrollIntoViewIfNeeded();
  const position = await text.evaluate((element, words) => {
    const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.data.indexOf(words);
      if (at < 0) continue;
      const range = element.ownerDocument.createRange();
      range.setStart(node, at + 2);
      range.setEnd(node, at + 3);
      const [place, whole] = [range.getBoundingClientRect(), element.getBoundingClientRect()];
      return { x: place.left - whole.left, y: place.top + place.height / 2 - whole.top };
    }
  }, words);
  await text.click({ position });
}
