// The field that is open: filled in, shown in the document as it would be, saved, and what came between.
import { control, newForm, rows } from "./forms.js";
import { $, button, element, many, open as openLink, post, say } from "./tools.js";

const PAUSE = 60; // milliseconds: the document follows a key that comes after as long a pause at once, others after it

const typed = new Map(); // what is not saved, by file and path
let shown = null; // the place that the form is of, as the server told it
let made = null; // its control
let timer = 0;
let lastKey = -Infinity; // when somebody last typed, or went to another field
let page = { follow() {}, asked: () => ({}), leave() {}, chosen() {}, titleOf: (id) => id };

const keyOf = (one) => JSON.stringify([one.file, one.path]);
const isOpen = () => Boolean(shown?.path);

/** Begins: `page` has what the document around does: `follow()`, `asked()`, `leave()`, `chosen(id)`. */
export async function begin(given) {
  page = given;
  $("editor").hidden = false;
  $("place-section").hidden = true;
  await loadUnsaved();
}

/** What is typed in the files of a document, as the server is told it. */
export function typedIn(files) {
  return [...typed.values()].filter((one) => files.includes(one.file)).map(({ file, path, before, text }) => ({ file, path, before, text }));
}

export const hasTyped = (files) => [...typed.values()].some((one) => files.includes(one.file));

// -- opening --------------------------------------------------------------------------------------------------------

let opening = 0;
let onItsWay = null; // the place that is being opened

/** Opens what was clicked on; `focuses` = the caret goes there. */
export async function openClicked(at, focuses) {
  const question = ++opening;
  const { mark, word, before, inside = 0, print } = at;
  onItsWay = post("field", { ...page.asked(), print, mark, word, before, inside }).catch(() => null);
  const told = await onItsWay;
  if (told && question === opening) draw(told, focuses);
}

/** Opens a place in a file. */
export async function openPlace(file, path, focuses = true) {
  const question = ++opening;
  onItsWay = post("field", { file, path }).catch(() => null);
  const told = await onItsWay;
  if (!told) return say("Feltet findes ikke længere.", true);
  if (question === opening) draw(told, focuses);
}

/** Puts the keys into the field: the one that is on its way, or what is typed would go into the one before it. */
export async function focus() {
  for (let waited = null; waited !== onItsWay; ) await (waited = onItsWay);
  const first = made?.input ?? $("editor-form").querySelector("button, input, select, textarea");
  first?.focus();
}

function draw(told, focuses) {
  shown = told;
  made = null;
  say("");
  $("conflict").hidden = true;
  $("changed-lines").hidden = true;
  const form = $("editor-form");
  if (told.control === "template") {
    form.replaceChildren(element("h3", "Ordene står i skabelonen"), element("p", "De er ens i alle dokumenter af slagsen og bliver ikke rettet her.", { class: "quiet" }));
    return;
  }
  const waiting = typed.get(keyOf(told));
  form.replaceChildren(crumbs(told), ...heads(told));
  if (told.value !== undefined) drawControl(told, waiting);
  else form.append(...group(told));
  form.append(links(told));
  countUses(told);
  drawUnsaved();
  if (focuses) {
    if (made) made.focus(waiting ? undefined : told.caret);
    if (made && !waiting && told.value?.startsWith("UDFYLD")) made.input.select?.(); // what to write gives way to it
    else focus();
  }
}

function crumbs(told) {
  const nav = element("nav", "", { "aria-label": "Hvor i dokumentet" });
  const list = element("ol", "", { class: "crumbs" });
  told.crumbs.forEach((one, at) => {
    const item = element("li");
    const isLast = at === told.crumbs.length - 1;
    if (isLast) item.append(element("span", one.words, { "aria-current": "location" }));
    else item.append(button(one.words, () => openPlace(told.file, one.path), { class: "plain" }));
    list.append(item);
  });
  nav.append(list);
  return nav;
}

function heads(told) {
  const isField = told.value !== undefined;
  const made = [isField ? element("label", told.label, { for: "field", class: "head" }) : element("h3", told.label)];
  if (told.help) made.push(element("p", told.help, { class: "quiet", id: "field-help" }));
  if (told.shared || told.used > 1) made.push(element("div", "", { id: "used", class: "used" }));
  if (told.issued) made.push(element("p", `Version ${told.issued} er udstedt. Den bliver, som den er; begynd en ny version, før ordene bliver nogle andre.`, { class: "notice" }));
  if (told.computed) made.push(element("p", `docgen har lavet ordene i dokumentet af ${isField ? "feltet" : "felterne"} »${told.label}«. Ret ${isField ? "det" : "dem"} her, så følger ordene med.`, { class: "notice" }));
  return made;
}

const REST = 900; // milliseconds without a key or another field, after which what is not urgent is asked for

/** Waits until nobody has typed for so many milliseconds: until then the time is the text's. */
export async function resting(milliseconds = REST) {
  for (let left; (left = lastKey + milliseconds - performance.now()) > 0; ) await new Promise((done) => setTimeout(done, left));
}

/** Tells in which documents the words of a field are. It is counted a little at a time, and never while someone types. */
async function countUses(told) {
  const place = $("used");
  if (!place) return;
  lastKey = performance.now();
  await resting();
  if (shown !== told) return;
  for (let from = told.uses ? -1 : 0; from >= 0; ) {
    const part = await post("used", { file: told.file, path: told.path, from }).catch(() => null);
    if (!part || shown !== told) return;
    told.counted = from ? [...told.counted, ...part.documents] : part.documents;
    from = part.next;
    if (!part.known) return void place.replaceChildren(element("p", `Filen, feltet står i, bruges i ${many(told.used, "dokument", "dokumenter")}.`, { class: "quiet" }));
    if (from < 0) told.uses = told.counted;
    else place.replaceChildren(element("p", `Ser efter, hvor det bruges (${from} af ${part.of}) …`, { class: "quiet" }));
    await resting();
    if (shown !== told) return;
  }
  drawUses(place, told);
}

function drawUses(place, told) {
  const count = told.uses.length;
  place.replaceChildren();
  if (!count) return place.append(element("p", "Feltet er ikke i noget dokument endnu.", { class: "quiet" }));
  if (count === 1 && !told.shared) return;
  const words = `Bruges i ${many(count, "dokument", "dokumenter")}: det, du retter her, bliver rettet i ${count === 1 ? "det" : "dem alle"}.`;
  const which = element("details");
  const list = element("ul", "", { class: "uses" });
  list.append(
    ...told.uses.map((id) => {
      const item = element("li");
      item.append(button(page.titleOf(id), () => page.chosen(id), { class: "plain" }));
      return item;
    }),
  );
  which.append(element("summary", "Hvilke"), list);
  place.append(element("p", words, { class: "notice", role: "status" }), which);
}

function drawControl(told, waiting) {
  made = control({ ...told, value: waiting ? waiting.text : told.value }, changed);
  const row = element("p", "", { class: "row" });
  row.append(
    element("button", "Gem", { type: "submit", class: "button main", title: "Ctrl+S" }),
    button("Fortryd det skrevne", giveUp),
  );
  if (told.is_item || (!told.required && told.is_there)) row.append(button("Slet", () => restructure("remove", told.path), { "aria-label": `Slet: ${told.label}` }));
  const form = element("form", "", { class: "field-form", novalidate: "" });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
  form.append(made.node, row);
  $("editor-form").append(form);
}

function group(told) {
  const parts = [rows(told, acted)];
  if (told.asked) {
    const details = element("details", "", told.rows.some((one) => one.is_there) ? {} : { open: "" });
    details.append(element("summary", "Tilføj"), newForm(told.asked, (answers) => restructure("add", told.path, { answers }), "Tilføj"));
    parts.push(details);
  }
  if (told.is_item || (!told.required && told.is_there && told.path.length)) {
    const row = element("p", "", { class: "row" });
    row.append(button("Slet det hele", () => restructure("remove", told.path)));
    parts.push(row);
  }
  return parts;
}

function links(told) {
  const row = element("p", "", { class: "row quiet" });
  if (told.link) row.append(element("a", "Åbn filen i VS Code", { href: told.link, id: "open" }));
  return row;
}

function acted(what, one) {
  if (what === "open") openPlace(shown.file, one.path);
  else if (what === "remove") restructure("remove", one.path);
  else restructure("move", one.path, { position: one.position + (what === "up" ? -1 : 1) });
}

async function restructure(what, path, more = {}) {
  const from = shown;
  const told = await post("structure", { do: what, file: from.file, path, ...more }).catch(() => null);
  if (!told) return say("Det kunne ikke gøres; stedet findes ikke længere.", true);
  if (told.problems) return say(told.problems.map((one) => one.words).join(" "), true);
  typed.delete(keyOf({ file: from.file, path }));
  const words = { add: "Tilføjet.", remove: "Slettet.", move: "Flyttet." }[what];
  await openPlace(from.file, what === "move" ? from.path : told.path);
  say(`${words} ${told.words ? "Det kan fortrydes." : ""}`);
  drawTurns(told);
  page.follow();
}

// -- what others save -----------------------------------------------------------------------------------------------

let saving = 0;
let saves = 0; // begun here: what was asked for before one may be older than it
const isSame = (one, other) => one.split(/\s+/).join(" ").trim() === other.split(/\s+/).join(" ").trim();

/** Somebody saved some files: a field in which nothing is typed has what stands there now; else it is told. */
export async function renew(files) {
  const place = shown;
  const isQuiet = () => place === shown && made && place.value !== undefined && !saving && $("conflict").hidden;
  if (!isOpen() || !files.includes(place.file) || !isQuiet()) return;
  const before = saves;
  const told = await post("field", { file: place.file, path: place.path }).catch(() => null);
  if (before !== saves) return renew(files);
  if (!told || told.value === undefined || !isQuiet() || isSame(told.value, place.value)) return;
  const waiting = typed.get(keyOf(place));
  if (!waiting) {
    const hasKeys = $("editor-form").contains(document.activeElement);
    draw({ ...told, caret: made.input?.selectionStart ?? undefined }, hasKeys);
    if (hasKeys) say("Feltet er ændret imens; det er vist, som det er nu.");
  } else if (!isSame(told.value, waiting.before) && !isSame(told.value, waiting.text)) say("En anden har gemt i det samme felt. Når du gemmer, ser du begge tekster.", true);
}

// -- typing ---------------------------------------------------------------------------------------------------------

function changed() {
  const waits = performance.now() - lastKey < PAUSE;
  lastKey = performance.now();
  const text = made.value();
  made.input.removeAttribute("aria-invalid");
  const before = typed.get(keyOf(shown))?.before ?? shown.value;
  note({ ...shown, before, text });
  drawUnsaved();
  clearTimeout(timer);
  if (waits) timer = setTimeout(page.follow, PAUSE);
  else page.follow();
}

function note(one) {
  const words = one.crumbs.slice(1).map((crumb) => crumb.words).join(" › ");
  typed.set(keyOf(one), { file: one.file, path: one.path, before: one.before, text: one.text, words });
}

function giveUp() {
  const one = typed.get(keyOf(shown));
  clearTimeout(timer);
  if (one) discard(one);
  draw({ ...shown, caret: undefined }, true); // at once: whoever types on must not lose what comes next
}

function letGo(one) {
  typed.delete(keyOf(one));
  post("discard", { file: one.file, path: one.path }).catch(() => {});
}

function discard(one) {
  letGo(one);
  drawUnsaved();
  page.follow();
}

// -- saving ---------------------------------------------------------------------------------------------------------

export async function save() {
  if (!isOpen() || !made) return;
  const one = typed.get(keyOf(shown)) ?? { file: shown.file, path: shown.path, before: shown.value, text: made.value() };
  await saveOne(one);
}

let last = Promise.resolve();
const queue = new Set(); // what is to be saved when what is being saved is

/** Saves after what is being saved: a second one of the same field begins from what the first one wrote. */
function saveOne(one) {
  queue.add(one);
  last = last.then(() => saveNow(one)).catch((error) => console.warn(error));
  return last;
}

async function saveNow(one) {
  queue.delete(one);
  clearTimeout(timer);
  const place = shown;
  let told;
  saving++;
  saves++;
  try {
    told = await post("save", { file: one.file, path: one.path, before: one.before, text: one.text });
  } catch (error) {
    return say(error instanceof TypeError ? "docgen svarer ikke. Teksten er her stadig; gem igen om lidt." : "Feltet findes ikke længere. Teksten er her stadig.", true);
  } finally {
    saving--;
  }
  if (told.conflict) return drawConflict(one, told.conflict);
  if (told.problems) {
    $("changed-lines").hidden = true;
    if (place === shown && made) refuse(made.input);
    return say(`Ikke gemt: ${told.problems.map((each) => each.words).join(" ")}`, true);
  }
  $("conflict").hidden = true;
  const newest = typed.get(keyOf(one));
  if (newest?.text === one.text) letGo(one); // a draft sent while it was being saved still has it
  for (const other of [newest, ...queue]) if (other && keyOf(other) === keyOf(one)) other.before = one.text;
  if (place === shown) shown.value = one.text;
  say(told.saved ? "Gemt." : "Det står der allerede.");
  drawLines(told.lines ?? []);
  drawTurns(told);
  drawUnsaved();
  page.follow();
}

/** Marks a control as one that is not filled in right; what is wrong stands below it. */
function refuse(input) {
  input.setAttribute("aria-invalid", "true");
  const told = new Set((input.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
  input.setAttribute("aria-describedby", [...told.add("said")].join(" "));
}

function drawLines(lines) {
  $("changed-lines").hidden = !lines.length;
  $("changed-lines-words").textContent = lines.join("\n");
}

function drawConflict(one, conflict) {
  say("Ikke gemt: en anden har rettet det samme felt imens.", true);
  askWhich({ ...conflict, title: "En anden har rettet det samme", other: "Den andens", take: "Tag den andens" }, (isMine) => {
    if (isMine) return saveOne({ ...one, before: conflict.theirs });
    discard(one);
    openPlace(one.file, one.path);
  });
}

/** Shows two texts of one field beside each other, and asks which it is to be. */
function askWhich({ mine, theirs, title, other, take, place = "", left = "" }, answer) {
  $("conflict").hidden = false;
  $("conflict-title").textContent = title;
  $("theirs-title").textContent = other;
  $("take-theirs").textContent = take;
  for (const [id, words] of [["conflict-place", place], ["conflict-left", left]]) {
    $(id).textContent = words;
    $(id).hidden = !words;
  }
  showDifference(mine, theirs);
  const chosen = (isMine) => {
    $("conflict").hidden = true;
    answer(isMine);
  };
  $("keep-mine").onclick = () => chosen(true);
  $("take-theirs").onclick = () => chosen(false);
  $("conflict").focus(); // not a button: who types on must not choose by it
}

/** Asks of each field that was changed both here and in a Word file which text it is to have, one after the other. */
export async function settle(conflicts) {
  const [one, ...rest] = conflicts;
  if (!one) return;
  await openPlace(one.file, one.path, false);
  const left = rest.length ? `${many(rest.length, "felt", "felter")} til.` : "";
  askWhich({ ...one, title: "Rettet både her og i Word", other: "I Word", take: "Tag den fra Word", place: one.words, left }, async (isMine) => {
    if (!isMine) {
      const before = typed.get(keyOf(one))?.before ?? one.mine;
      await saveOne({ file: one.file, path: one.path, before, text: one.theirs });
      if ($("conflict").hidden) await openPlace(one.file, one.path, false);
    }
    if ($("conflict").hidden) await settle(rest);
  });
}

// The words that only one of two texts has are marked.
function showDifference(mine, theirs) {
  const [one, other] = [mine, theirs].map((text) => text.match(/\s+|[^\s]+/g) ?? []);
  const same = inCommon(one, other);
  for (const [id, words, which] of [["conflict-mine", one, 0], ["conflict-theirs", other, 1]]) {
    const kept = new Set(same.map((pair) => pair[which]));
    $(id).replaceChildren(...runs(words, kept).map(([text, isKept]) => (isKept ? text : element("mark", text))));
    const first = $(id).querySelector("mark");
    $(id).scrollTop = first ? first.offsetTop - $(id).offsetTop - 40 : 0;
  }
}

function runs(words, kept) {
  const found = [];
  words.forEach((word, at) => {
    if (found.length && found.at(-1)[1] === kept.has(at)) found.at(-1)[0] += word;
    else found.push([word, kept.has(at)]);
  });
  return found;
}

const MOST_COMPARED = 4_000_000; // pairs of words

/** Which words two texts have in common, in order, as pairs of their places. */
function inCommon(one, other) {
  const found = [];
  let start = 0;
  while (start < Math.min(one.length, other.length) && one[start] === other[start]) found.push([start, start++]);
  let end = 0;
  while (end < Math.min(one.length, other.length) - start && one.at(-1 - end) === other.at(-1 - end)) end++;
  const [high, wide] = [one.length - start - end, other.length - start - end];
  if (high * wide <= MOST_COMPARED) {
    const longest = Array.from({ length: high + 1 }, () => new Uint16Array(wide + 1));
    for (let i = high - 1; i >= 0; i--)
      for (let j = wide - 1; j >= 0; j--)
        longest[i][j] = one[start + i] === other[start + j] ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
    for (let [i, j] = [0, 0]; i < high && j < wide; )
      if (one[start + i] === other[start + j]) found.push([start + i++, start + j++]);
      else if (longest[i + 1][j] >= longest[i][j + 1]) i++;
      else j++;
  }
  for (let back = end; back > 0; back--) found.push([one.length - back, other.length - back]);
  return found;
}

async function turn(what) {
  const told = await post(what);
  if (told.problems) return say(told.problems.map((one) => one.words).join(" "), true);
  if (told.conflict) return say("En anden har rettet det samme felt siden, så det kan ikke fortrydes.", true);
  if (told.nothing) return;
  drawTurns(told);
  const lines = told.lines ?? [];
  if (isOpen()) await openPlace(shown.file, shown.path, false);
  say(what === "undo" ? "Fortrudt." : "Gentaget.");
  drawLines(lines);
  page.follow();
}

export function drawTurns({ undo, redo }) {
  for (const [id, words] of [["undo", undo], ["redo", redo]]) {
    $(id).disabled = !words;
    $(id).title = words || "";
  }
}

$("undo").addEventListener("click", () => turn("undo"));
$("redo").addEventListener("click", () => turn("redo"));

// -- what is not saved ----------------------------------------------------------------------------------------------

async function loadUnsaved() {
  const told = await post("unsaved");
  for (const one of told.unsaved) typed.set(keyOf(one), one);
  drawTurns(told);
  drawUnsaved();
  if (told.unsaved.length) page.follow();
}

function drawUnsaved() {
  const others = [...typed.values()];
  $("unsaved").hidden = !others.length;
  $("unsaved-list").replaceChildren(
    ...others.map((one) => {
      const item = element("li");
      const words = one.words || one.file;
      item.append(
        button(words, () => showUnsaved(one), { class: "plain" }),
        button("Smid væk", () => discard(one), { "aria-label": `Smid væk: ${words}` }),
      );
      return item;
    }),
  );
}

function showUnsaved(one) {
  if (one.document) page.chosen(one.document);
  openPlace(one.file, one.path);
}

/** Closes the form; what is typed is not lost. */
export function leave() {
  page.leave();
}

export function openEditorLink() {
  if (shown?.link) openLink(shown.link);
}

/** Forgets which place is open, when another document is. */
export function clear() {
  opening++;
  shown = null;
  made = null;
  say("");
  $("conflict").hidden = true;
  $("changed-lines").hidden = true;
  $("editor-form").replaceChildren(element("p", "Klik på et ord i dokumentet for at rette det.", { class: "quiet" }));
}
