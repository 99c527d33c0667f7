// Judges HTML pages with axe-core and HTML_CodeSniffer in one Chromium: node pages.mjs CHROMIUM PAGE.html ...
// Each page is looked at 320 and 1280 CSS px wide, light and dark. Prints a JSON list, one entry a look:
// { file, width, scheme, violations: [{ id, help, nodes }] by axe, errors: ["code: message: element"] by
// HTML_CodeSniffer (320 px dark and 1280 px light alone: each width and scheme once, for it takes long), pictures (those that are not shown), overflow (px beyond the screen), requests (addresses) }.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import axe from "axe-core";
import { chromium } from "playwright-core";

const SWITCHES = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const SNIFFER = readFileSync(fileURLToPath(import.meta.resolve("html_codesniffer/build/HTMLCS.js")), "utf8");

const [executablePath, ...files] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: SWITCHES });
const looks = [];
try {
  for (const file of files)
    for (const width of [320, 1280]) for (const scheme of ["light", "dark"]) looks.push(await look(file, width, scheme));
} finally {
  await browser.close();
}
process.stdout.write(JSON.stringify(looks, null, 1) + "\n");

async function look(file, width, colorScheme) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, reducedMotion: "reduce" });
  const page = await context.newPage();
  const address = pathToFileURL(resolve(file)).href;
  const requests = [];
  page.on("request", (request) => {
    if (request.url() !== address && !request.url().startsWith("data:")) requests.push(request.url());
  });
  await page.goto(address);
  await page.evaluate(axe.source);
  const result = await page.evaluate((values) => window.axe.run(document, { runOnly: values, resultTypes: ["violations"] }), TAGS);
  const errors = (width === 320) === (colorScheme === "dark") ? await sniffed(page) : [];
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  const pictures = await page.evaluate(() =>
    [...document.images].filter((image) => image.complete && !image.naturalWidth).map((image) => image.outerHTML.slice(0, 200)),
  );
  await context.close();
  const violations = result.violations.map(({ id, help, nodes }) => ({
    id,
    help,
    nodes: nodes.map((node) => `${node.target.join(" ")}: ${node.failureSummary}`),
  }));
  return { file, width, scheme: colorScheme, violations, errors, pictures, overflow, requests };
}

async function sniffed(page) {
  await page.evaluate(SNIFFER);
  return page.evaluate(sniff);
}

// In the page: what HTML_CodeSniffer calls errors of WCAG 2.1 at level AA, not its warnings and notices.
function sniff() {
  return new Promise((done, failed) => {
    window.HTMLCS.process(
      "WCAG2AA",
      document,
      () =>
        done(
          window.HTMLCS.getMessages()
            .filter((message) => message.type === window.HTMLCS.ERROR)
            .map(({ code, msg, element }) => `${code}: ${msg}: ${(element.outerHTML ?? "").slice(0, 200)}`),
        ),
      () => failed(new Error("HTML_CodeSniffer could not read the page")),
    );
  });
}
