// Judges HTML pages with axe-core and HTML_CodeSniffer in one Chromium: node pages.mjs CHROMIUM PAGE.html ...
// Each page is loaded once and looked at 320 and 1280 CSS px wide, light and dark. Prints a JSON list, one entry a look:
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
  const context = await browser.newContext({ reducedMotion: "reduce" });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  for (const file of files) looks.push(...(await looksAt(file, page, session)));
} finally {
  await browser.close();
}
process.stdout.write(JSON.stringify(looks, null, 1) + "\n");

// A page has no scripts of its own, so it is at each width and scheme what it is when it is loaded so; that no judge
// has changed it for the next one is seen to.
async function looksAt(file, page, session) {
  const address = pathToFileURL(resolve(file)).href;
  const requests = [];
  const listen = (request) => {
    if (request.url() !== address && !request.url().startsWith("data:")) requests.push(request.url());
  };
  page.on("request", listen);
  await page.goto(address);
  for (const expression of [axe.source, SNIFFER]) await session.send("Runtime.evaluate", { expression });
  const written = await page.content();
  const found = [];
  for (const width of [320, 1280])
    for (const scheme of ["light", "dark"]) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: scheme });
      found.push({ file, width, scheme, ...(await look(page, (width === 320) === (scheme === "dark"))) });
    }
  if ((await page.content()) !== written) throw new Error(`${file}: a judge has changed the page`);
  page.off("request", listen);
  return found.map((one) => ({ ...one, requests }));
}

async function look(page, sniffs) {
  const result = await page.evaluate((values) => window.axe.run(document, { runOnly: values, resultTypes: ["violations"] }), TAGS);
  const errors = sniffs ? await page.evaluate(sniff) : [];
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  const pictures = await page.evaluate(() =>
    [...document.images].filter((image) => image.complete && !image.naturalWidth).map((image) => image.outerHTML.slice(0, 200)),
  );
  const violations = result.violations.map(({ id, help, nodes }) => ({
    id,
    help,
    nodes: nodes.map((node) => `${node.target.join(" ")}: ${node.failureSummary}`),
  }));
  return { violations, errors, pictures, overflow };
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
