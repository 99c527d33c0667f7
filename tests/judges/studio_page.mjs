// What the scenes share that use a running studio in Chromium: a browser, pages that are watched, and its documents.
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

const SWITCHES = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--font-render-hinting=none"];
export const CASE = "case/vedtagelse-af-indkoebspolitik-2023-2026/oekonomiudvalget";
export const FILES = {
  [CASE]: "cases/vedtagelse-af-indkoebspolitik-2023-2026.yaml",
  "policy/indkoebspolitik-2023-2026": "policies/indkoebspolitik-2023-2026/policy.yaml",
  "follow-up/2024": "follow_ups/2024.yaml",
};

/** A browser on a studio: `open` gives a page of it, `complaints` and `foreign` are what all of them said and asked elsewhere for. */
export async function begin(executablePath, address, folder) {
  const browser = await chromium.launch({ executablePath, args: SWITCHES });
  const [complaints, foreign] = [[], []];
  const path = (id) => join(folder, "content", FILES[id] ?? id);

  async function open(options = {}, id = "") {
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, bypassCSP: options.bypassCSP ?? false, ...options });
    const page = await context.newPage();
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(new URL(address).origin) && !/^(data|about|vscode|blob):/.test(url)) foreign.push(url);
    });
    await page.goto(address + (id ? `?id=${id}` : ""));
    await page.locator("#state.on").waitFor();
    await page.locator("#list a").first().waitFor();
    if (id) await shown(page);
    return page;
  }

  /** Changes a file as an editor does: another in its place. */
  function edit(id, change) {
    const text = change(readFileSync(path(id), "utf8"));
    writeFileSync(path(id) + ".tmp", text);
    renameSync(path(id) + ".tmp", path(id));
  }

  return { browser, complaints, foreign, open, edit, path };
}

export const inside = (page) => page.frameLocator("#frame");
export const frameOf = (page) => page.frames().find((frame) => frame.url().endsWith("/frame"));
export const shown = (page) => inside(page).locator("main h1, main p").first().waitFor();

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
