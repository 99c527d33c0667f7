// How long it takes in a running `docgen studio` from a key until the document is painted with it, and from Ctrl+S until
// it is saved, in Chromium, beside a fixed loop that is run in turn; as JSON:
// node studio_typing.mjs CHROMIUM ADDRESS FOLDER DOCUMENT
import { address, openPage, play, scenario } from "./studio_page.mjs";

const ROUNDS = 15;
await play({ [scenario]: () => typing(scenario) });

const median = (all) => [...all].sort((one, other) => one - other)[Math.floor(all.length / 2)];

async function typing(id) {
  const page = await openPage(id);
  await page.locator("body.writes").waitFor();
  for (let at = 0; at < 60 && !(await page.locator("textarea#field").count()); at++) {
    await page.keyboard.press("Alt+ArrowDown");
    await page.locator("textarea#field").waitFor({ timeout: 600 }).catch(() => {});
  }
  await page.locator("textarea#field").focus();
  await page.locator("textarea#field").evaluate((one) => one.setSelectionRange(3, 3));
  const loop = () =>
    page.evaluate(() => {
      const start = performance.now();
      for (let at = 0, x = 1; at < 10_000_000; at++) x = (x * 1103515245 + 12345) & 0x7fffffff;
      return performance.now() - start;
    });
  const [keys, saves, loops] = [[], [], []];
  for (let round = -2; round < ROUNDS; round++) {
    const looped = await loop();
    const key = await painted(page, "#frame", () => page.keyboard.type("x"));
    await page.waitForTimeout(250);
    const save = await painted(page, "#said", () => page.keyboard.press("Control+s"));
    await page.waitForTimeout(700);
    if (round < 0) continue; // the first ones warm up
    loops.push(looped);
    keys.push(key);
    saves.push(save);
  }
  return { address: new URL(address).origin, loop: median(loops), key: median(keys), save: median(saves) };
}

/** Milliseconds from the next key until something in an element is another, and painted. */
async function painted(page, find, act) {
  await page.evaluate((find) => {
    if (find === "#said") document.querySelector(find).textContent = "";
    const shown = document.querySelector(find);
    const root = shown.contentDocument ?? shown;
    let start = 0;
    document.addEventListener("keydown", () => (start = performance.now()), { once: true, capture: true });
    window.measured = new Promise((done) => {
      const observer = new MutationObserver(() => {
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
      });
      observer.observe(root, { childList: true, characterData: true, subtree: true });
    });
  }, find);
  await act();
  return page.evaluate(() => window.measured);
}
