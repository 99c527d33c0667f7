// How long the list of a running studio takes in Chromium, from the page is asked for until the list is painted, and
// from a key in the search field until what it leaves is painted; as JSON, in milliseconds:
// node studio_list.mjs CHROMIUM ADDRESS FOLDER list WORDS
import { openPage, pictures as words, play } from "./studio_page.mjs";

const ROUNDS = 7;
const median = (all) => [...all].sort((one, other) => one - other)[Math.floor(all.length / 2)];

async function list() {
  const page = await openPage("");
  await page.addInitScript(() => {
    window.listed = new Promise((done) => {
      const look = () => {
        if (document.querySelector("#list a")) setTimeout(() => done(performance.now()));
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
  });
  const [opened, searched] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    await page.reload();
    opened.push(await page.evaluate(() => window.listed));
  }
  const count = await page.locator("#found").innerText();
  await page.locator("#search").focus();
  for (const letter of words) searched.push(await painted(page, letter));
  const found = await page.locator("#list a", { hasText: words }).first().innerText();
  return { opened: median(opened), searched: median(searched), slowest: Math.max(...searched), count, found };
}

/** Milliseconds from a key until the list that it leaves is painted. */
async function painted(page, letter) {
  await page.evaluate(() => {
    const field = document.querySelector("#search");
    window.measured = new Promise((done) => {
      let start = 0;
      field.addEventListener("keydown", () => (start = performance.now()), { once: true });
      field.addEventListener("input", () => requestAnimationFrame(() => setTimeout(() => done(performance.now() - start))), { once: true });
    });
  });
  await page.keyboard.press(letter === " " ? "Space" : letter);
  const taken = await page.evaluate(() => window.measured);
  await page.waitForTimeout(150);
  return taken;
}

await play({ list });
