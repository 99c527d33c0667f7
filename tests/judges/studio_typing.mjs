// How long it takes in a running `docgen studio` from a key until the document is painted with it, and from Ctrl+S right
// after a key until that is saved and painted, in Chromium, beside a fixed loop that is run in turn; as JSON:
// node studio_typing.mjs CHROMIUM ADDRESS FOLDER DOCUMENT
import { openPage, play, scenario } from "./studio_page.mjs";

const ROUNDS = 15;
const LOOP = 1_250_000; // takes 10 ms where it alone is run
const median = (all) => [...all].sort((one, other) => one - other)[Math.floor(all.length / 2)];

async function typing(id) {
  const page = await openPage(id);
  await page.locator("body.writes").waitFor();
  await page.locator("#length:not([hidden])").waitFor(); // what is made when it is opened is made
  await openProse(page);
  await page.locator("textarea#field").evaluate((one) => one.setSelectionRange(3, 3));
  const loop = () =>
    page.evaluate((times) => {
      const start = performance.now();
      for (let at = 0, x = 1; at < times; at++) x = (x * 1103515245 + 12345) & 0x7fffffff;
      return performance.now() - start;
    }, LOOP);
  const [keys, saves, loops] = [[], [], []];
  for (let round = -2; round < ROUNDS; round++) {
    const before = await loop();
    const key = await painted(page, () => page.keyboard.type("x"));
    await page.waitForTimeout(250);
    const after = await loop();
    const save = await painted(page, () => page.keyboard.type("y").then(() => page.keyboard.press("Control+s")), "Gemt.");
    await page.waitForTimeout(700);
    if (round < 0) continue; // the first ones warm up
    loops.push(before, after);
    keys.push(key);
    saves.push(save);
  }
  return { loop: median(loops), key: median(keys), save: median(saves) };
}

/** Goes down the document to a text that begins with words, and puts the keys into it. */
async function openProse(page) {
  const isProse = () => page.evaluate(() => /^\p{L}{4}[^|]*$/u.test(document.querySelector("textarea#field")?.value ?? ""));
  for (let at = 0; at < 60; at++) {
    const answer = page.waitForResponse((one) => one.url().endsWith("/field"));
    await page.keyboard.press("Alt+ArrowDown");
    await answer;
    await page.waitForTimeout(50);
    if (await isProse()) return page.locator("textarea#field").focus();
  }
  throw new Error("no text to write in");
}

/** Milliseconds from the last key of some until the document has a sign more, and `said` is said, and both are painted. */
async function painted(page, act, said = "") {
  await page.evaluate((said) => {
    const [words, root] = [document.querySelector("#said"), document.querySelector("#frame").contentDocument.documentElement];
    words.textContent = "";
    const size = root.textContent.length;
    let start = 0;
    const begin = () => (start = performance.now());
    document.addEventListener("keydown", begin, { capture: true });
    window.measured = new Promise((done) => {
      const observer = new MutationObserver(() => {
        if (root.textContent.length <= size || words.textContent !== said) return;
        observer.disconnect();
        document.removeEventListener("keydown", begin, { capture: true });
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
      });
      for (const one of [root, words]) observer.observe(one, { childList: true, characterData: true, subtree: true });
    });
  }, said);
  await act();
  return page.evaluate(() => window.measured);
}

await play({ [scenario]: () => typing(scenario) });
