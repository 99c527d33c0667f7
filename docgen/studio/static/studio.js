// The page around the document: what is shown, and what the server is asked for. All words a user meets are Danish.
import * as frame from "./frame.js";
import * as editor from "./editor.js";
import * as findings from "./findings.js";
import * as meeting from "./meeting.js";
import * as works from "./works.js";
import { listenToNews } from "./news.js";
import { $, ask, button, element, latest as oneAtATime, many, open, post, where } from "./tools.js";

const SHOWN_AT_ONCE = 200;
const SAVES_AT_ONCE = 5;
const SHARED = ["content/settings.yaml", "content/organisation.yaml", "content/glossary.yaml"];
const state = { id: "", edition: "public", look: "text", save: 0, changes: false, print: "", shown: "", list: null, limit: SHOWN_AT_ONCE, files: SHARED };
let block = null;
let sheets = null;
let ready = null; // when the document that was chosen is there
let found = null; // ids of documents whose texts hold what is searched for

let writes = false; // whether documents can be written here, too

const asked = () => ({ id: state.id, edition: state.edition });
const latest = (work) => oneAtATime(work, () => tellState(false));

// -- the list -----------------------------------------------------------------------------------------------------

const loadList = latest(async () => {
  state.list = await ask("list");
  for (const one of state.list.documents) one.length = state.list.lengths[one.id];
  if (state.list.writes && !writes) {
    writes = true;
    document.body.classList.add("writes");
    works.begin({ asked, chosen, files: () => state.files, ready: () => ready });
    meeting.begin({ asked, files: () => state.files, follow: loadDocument, openPlace: editor.openPlace });
    editor.begin({ follow: loadDocument, asked, chosen, titleOf, leave: () => frame.focus() });
  }
  drawList();
});

const titleOf = (id) => state.list?.documents.find((one) => one.id === id || one.id.startsWith(`${id}/`))?.title || id;

function matching() {
  const wanted = $("search").value.toLowerCase().split(/\s+/).filter(Boolean);
  return state.list.documents.filter((one) => {
    const words = `${one.title} ${one.rendering} ${one.id} ${one.status}`.toLowerCase();
    return wanted.every((word) => words.includes(word)) || found?.has(one.id.split("/").slice(0, 2).join("/"));
  });
}

function drawList() {
  if (!state.list) return;
  const shown = matching();
  const made = document.createDocumentFragment();
  for (const [kind, label] of Object.entries(state.list.kinds)) {
    const own = shown.slice(0, state.limit).filter((one) => one.kind === kind);
    if (!own.length) continue;
    const id = `kind-${kind}`;
    const list = element("ul", "", { "aria-labelledby": id });
    list.append(...own.map(listed));
    made.append(element("h2", label, { id }), list);
  }
  Idiomorph.morph($("list"), wrap(made), { morphStyle: "innerHTML" });
  $("more").hidden = shown.length <= state.limit;
  const searching = $("search").value.trim();
  $("found").textContent = searching || shown.length > 20 ? many(shown.length, "dokument", "dokumenter") : "";
  document.title = state.title ? `${state.title} – docgen` : "docgen";
}

function wrap(fragment) {
  const made = element("div");
  made.append(fragment);
  return made;
}

function listed(one) {
  const item = element("li");
  const link = element("a", "", { href: `?${new URLSearchParams({ id: one.id })}`, "data-id": one.id });
  link.append(element("span", one.title || one.id));
  if (one.id === state.id) link.setAttribute("aria-current", "page");
  const about = [one.rendering, one.version && `v. ${one.version}`, one.status].filter(Boolean).join(" · ");
  if (about) link.append(element("small", about));
  if (one.faults) link.append(element("small", many(one.faults, "fejl", "fejl"), { class: "bad" }));
  if (one.length) link.append(element("small", one.length.length, one.length.over ? { class: "bad" } : {}));
  if (one.findings > 0) link.append(element("small", many(one.findings, "fund i korrekturen", "fund i korrekturen"), { class: "warn" }));
  item.append(link);
  return item;
}

// -- the document -------------------------------------------------------------------------------------------------

const loadDocument = latest(async () => {
  if (!state.id) return;
  const isTyped = writes && !state.save && editor.hasTyped(state.files);
  const told = isTyped
    ? await post("draft", { ...asked(), typed: editor.typedIn(state.files) })
    : await ask("document", { ...asked(), save: state.save, changes: state.changes ? 1 : 0 });
  state.files = [...(told.files ?? []).map((file) => `content/${file}`), ...SHARED];
  meeting.draw(state.files);
  works.offerReview(writes && Boolean(told.review));
  if (!isTyped && writes && !state.save && editor.hasTyped(state.files)) return void loadDocument(); // once more, after this
  if (told.id?.startsWith(`${state.id}/`)) {
    state.id = told.id; // the first of several renderings
    drawList();
  }
  const key = `${state.id} ${state.edition} ${state.save} ${state.changes}`;
  const fresh = key !== state.shown;
  const listedAs = state.list?.documents.find((one) => one.id === told.id)?.title;
  state.title = told.title || listedAs || told.id || "Dokumentet kan ikke vises";
  $("title").textContent = state.title;
  document.title = `${$("title").textContent} – docgen`;
  $("internal").hidden = !told.internal;
  document.body.classList.toggle("is-internal", Boolean(told.internal));
  drawFaults(told);
  drawPast();
  $("empty").hidden = Boolean(told.html);
  $("empty").textContent = state.save ? "Dokumentet kunne ikke laves dengang." : "Dokumentet kan vises, når fejlen er rettet.";
  if (told.html && (fresh || told.print !== state.print)) {
    await frame.show(told.html, fresh || !state.print);
    state.shown = key;
    if (!writes || !block?.isConnected) point(null);
    else frame.point(block, false);
  }
  if (!told.html) state.shown = "";
  state.print = told.html ? told.print : "";
  drawLook();
  document.body.classList.toggle("is-typed", isTyped);
  if (!state.save) loadSheets(); // the pages and the length follow what is typed, too
  if (isTyped) return findings.underlineAgain();
  loadFindings();
  loadSaves();
});

function drawFaults(told) {
  const faults = told.problems ?? [];
  $("faults").hidden = !faults.length;
  $("faults-title").textContent = many(faults.length, "fejl", "fejl") + (state.save ? " dengang" : "");
  $("faults-note").textContent = told.html ? "Herunder er dokumentet, som det var sidst, det kunne laves." : "";
  $("faults-list").replaceChildren(
    ...faults.map((fault) => {
      const item = element("li", `${fault.words} `);
      if (writes && fault.path && !state.save) item.append(button("Åbn feltet", () => editor.openPlace(fault.file, fault.path), { "aria-label": `Åbn feltet: ${fault.words}` }), " ");
      item.append(where(fault));
      return item;
    }),
  );
}

function drawLook() {
  const inText = state.look === "text" || state.save > 0;
  $("frame").hidden = !inText || !state.print;
  $("sheets").hidden = inText || !state.print;
}

function drawPast() {
  $("past").hidden = !state.save;
  if (!state.save) return;
  $("past-words").textContent = state.changes
    ? "Det nye er understreget, og det, der er væk, er streget over."
    : "Sådan var dokumentet, før der blev gemt.";
}

// -- pages --------------------------------------------------------------------------------------------------------

// What takes long is asked for when nobody types, or the text would wait for it.
const QUICK = 250; // milliseconds
const LONGEST_REST = 2500;
const took = { sheets: 0, findings: 0 };
const rest = async (what) => writes && took[what] > QUICK && editor.resting(Math.min(2 * took[what], LONGEST_REST));

const loadSheets = latest(async () => {
  await rest("sheets");
  const isTyped = writes && editor.hasTyped(state.files);
  const start = performance.now();
  const told = await ask("sheets", isTyped ? { ...asked(), print: state.print } : asked()).catch((error) => {
    if (isTyped && !(error instanceof TypeError)) return {}; // typed on meanwhile: the next ones are on their way
    throw error;
  });
  if (!told.pages || state.save) return;
  if (told.print !== sheets?.print) took.sheets = performance.now() - start; // else they were made already
  if (told.id && told.id !== state.id && !told.id.startsWith(`${state.id}/`)) return;
  sheets = told;
  $("length").hidden = !told.length;
  $("length").textContent = told.over ? `${told.length} – for lang` : told.length;
  $("length").classList.toggle("over", Boolean(told.over));
  const listed = state.list?.documents.find((one) => one.id === told.id);
  if (listed && listed.length?.length !== told.length) {
    listed.length = { length: told.length, over: told.over };
    drawList();
  }
  drawSheets();
});

function drawSheets() {
  const told = sheets;
  if (!told?.pages) return;
  const shown = $("sheets");
  told.pages.forEach((name, at) => {
    let figure = shown.children[at];
    if (!figure) {
      figure = element("figure");
      figure.append(element("img", "", { loading: "lazy", width: 794, height: 1123 }), element("figcaption"));
      shown.append(figure);
    }
    const [image, caption] = figure.children;
    const words = `Side ${at + 1} af ${told.pages.length}`;
    caption.textContent = words;
    image.alt = `${words}. Teksten kan læses under Tekst.`;
    const address = `sheet/${name}`;
    if (image.getAttribute("src") !== address) image.setAttribute("src", address);
  });
  while (shown.children.length > told.pages.length) shown.lastChild.remove();
}

$("sheets").addEventListener("load", (event) => {
  const image = event.target;
  image.width = image.naturalWidth;
  image.height = image.naturalHeight;
}, true);

function placeOnSheet(event) {
  const figure = event.target.closest("figure");
  if (event.target.localName !== "img" || !sheets || sheets.print !== state.print) return null;
  const page = [...$("sheets").children].indexOf(figure) + 1;
  const box = event.target.getBoundingClientRect();
  const scale = event.target.naturalWidth / box.width;
  // An SVG of Typst is as wide in CSS px as the page is in points.
  const [x, y] = [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
  const above = sheets.places.filter(([, on, , top]) => on < page || (on === page && top <= y + 2));
  const best = above.reduce((one, other) => (isNearer(other, one, page, x) ? other : one), null);
  return best && { mark: best[0], word: "", before: "" };
}

function isNearer(one, best, page, x) {
  if (!best) return true;
  if (one[1] !== best[1]) return one[1] > best[1];
  const fits = (place) => place[1] < page || place[2] <= x + 2;
  if (fits(one) !== fits(best)) return fits(one);
  return one[3] > best[3] + 1 || (one[3] >= best[3] - 1 && one[2] >= best[2]);
}

for (const [sort, opens] of [["click", false], ["dblclick", true]])
  $("sheets").addEventListener(sort, (event) => {
    const at = placeOnSheet(event);
    if (at) clicked(at, opens || event.ctrlKey || event.metaKey);
  });

// -- where it stands ----------------------------------------------------------------------------------------------

let opening = 0;

async function clicked(at, opens) {
  if (state.save) return;
  block = at.element ?? null;
  if (at.element) frame.point(at.element, false);
  if (writes) return editor.openClicked({ ...at, print: state.print }, opens !== null);
  const question = ++opening;
  const place = await post("place", { ...asked(), print: state.print, mark: at.mark, word: at.word, before: at.before }).catch(() => null);
  if (!place || question !== opening) return;
  drawPlace(place, at.word);
  if (opens && place.link) open(place.link);
}

function drawPlace(place, word) {
  const isTemplate = place.file.startsWith("templates/");
  const lines = [element("p", place.file, { class: "where" })];
  lines.push(element("p", place.line ? `Linje ${place.line}, tegn ${place.column}${word ? ` (${word})` : ""}` : "Hele filen"));
  if (place.field) lines.push(element("p", `Felt: ${place.field}`, { class: "quiet" }));
  if (isTemplate) lines.push(element("p", "Ordene står i skabelonen og ikke i indholdet.", { class: "quiet" }));
  else if (!place.is_text) lines.push(element("p", "Ordene er regnet ud af feltet.", { class: "quiet" }));
  if (place.link) {
    const row = element("p", "", { class: "row" });
    row.append(element("a", "Åbn i VS Code", { href: place.link, class: "button main", id: "open" }));
    lines.push(row);
  }
  $("place").replaceChildren(...lines);
}

function point(element, scrolls) {
  block = element;
  frame.point(element, scrolls);
}

function step(by) {
  if (state.look !== "text") chooseLook("text");
  const all = frame.blocks();
  if (!all.length) return;
  const at = all.indexOf(block);
  const next = all[Math.max(0, Math.min(all.length - 1, at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by))];
  point(next, true);
  clicked({ mark: Number(next.dataset.o), word: "", before: "", element: next }, null);
}

$("next").addEventListener("click", () => step(1));
$("previous").addEventListener("click", () => step(-1));

// -- findings -----------------------------------------------------------------------------------------------------

let foundFor = ""; // what was shown when findings were last asked for: else they are known already

const loadFindings = latest(async () => {
  if (!state.id || state.save || !state.print) return findings.draw([], state.save > 0);
  await rest("findings");
  if (writes && editor.hasTyped(state.files)) return; // they come when that is saved
  const [print, start] = [state.print, performance.now()];
  const told = await ask("findings", asked());
  if (print !== foundFor) took.findings = performance.now() - start;
  foundFor = print;
  if (told.print === state.print) findings.draw(told.findings, false);
});

findings.begin({ asked, writes: () => writes, isShown: () => Boolean(state.print), look: () => chooseLook("text"), sameAs, follow: loadDocument });

// What is the same as it was is left alone: whoever is about to press a button there should find it.
const drawn = {};
function sameAs(name, told) {
  const words = JSON.stringify([told, writes]);
  const same = drawn[name] === words;
  drawn[name] = words;
  return same;
}

// -- what was saved -----------------------------------------------------------------------------------------------

const loadSaves = latest(async () => {
  if (!state.id) return;
  const { saves } = await ask("saves", asked());
  if (sameAs("saves", [saves, state.id, state.save, state.changes, state.allSaves])) return;
  $("saves-none").hidden = saves.length > 0;
  $("saves").replaceChildren(...saves.slice(0, state.allSaves ? saves.length : SAVES_AT_ONCE).map(saved));
  $("saves-more").hidden = state.allSaves || saves.length <= SAVES_AT_ONCE;
  $("saves-more").textContent = `Vis alle ${saves.length}`;
});

$("saves-more").addEventListener("click", () => {
  state.allSaves = true;
  loadSaves();
});

function saved(one) {
  const item = element("li");
  const time = new Date(one.time * 1000).toLocaleTimeString("da-DK", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  item.append(element("p", `Kl. ${time}`), element("p", one.files.map((file) => file.replace(/^content\//, "")).join(", "), { class: "where" }));
  const row = element("p", "", { class: "row" });
  for (const [words, changes] of [["Før", false], ["Ændret siden", true]]) {
    const button = element("button", words, { type: "button", "aria-label": `${words} kl. ${time}` });
    if (state.save === one.save && state.changes === changes) button.setAttribute("aria-pressed", "true");
    button.addEventListener("click", () => showSave(one.save, changes));
    row.append(button);
  }
  item.append(row);
  return item;
}

function showSave(save, changes) {
  Object.assign(state, { save, changes });
  loadDocument();
}

$("now").addEventListener("click", () => {
  showSave(0, false);
  $("dokument").focus();
});

// -- choosing -----------------------------------------------------------------------------------------------------

function choose() {
  const wanted = new URLSearchParams(location.search);
  const id = wanted.get("id") ?? "";
  if (id !== state.id) {
    Object.assign(state, { id, save: 0, changes: false, print: "", allSaves: false, files: SHARED });
    block = null;
    if (writes) editor.clear();
    sheets = null;
    Object.assign(took, { sheets: 0, findings: 0 });
    $("sheets").replaceChildren();
    $("length").hidden = true;
    $("place").replaceChildren(element("p", "Klik på et ord i dokumentet.", { class: "quiet" }));
    if (matchMedia("(max-width: 46rem)").matches && id) $("list-box").open = false;
  }
  drawList();
  return (ready = loadDocument());
}

function chooseLook(look) {
  state.look = look;
  document.querySelector(`input[name=look][value=${look}]`).checked = true;
  drawLook();
}

function chosen(id) {
  if (state.id === id || state.id.startsWith(`${id}/`)) return;
  history.pushState(null, "", `?${new URLSearchParams({ id })}`);
  return choose();
}

addEventListener("popstate", choose);
$("list").addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  choose();
});
for (const input of document.querySelectorAll("input[name=edition]"))
  input.addEventListener("change", () => {
    state.edition = input.value;
    state.save = 0;
    loadDocument();
  });
for (const input of document.querySelectorAll("input[name=look]"))
  input.addEventListener("change", () => {
    if (state.save) showSave(0, false);
    chooseLook(input.value);
  });

const searchTexts = latest(async () => {
  const words = $("search").value.trim();
  found = words.length > 2 ? new Set((await ask("search", { for: words })).documents) : null;
  drawList();
});

$("search").addEventListener("input", () => {
  state.limit = SHOWN_AT_ONCE;
  drawList();
  searchTexts();
});
$("more").addEventListener("click", () => {
  state.limit += 1000;
  drawList();
});

// Where F6 leaps to: the parts of the page, each by what gets the keys in it.
const PARTS = ["search", "dokument", "editor-title", "findings-title", "works-title", "saves-title"];

/** Goes to the next part of the page or the one before; false at the ends, where the browser's own parts are next. */
function leap(by) {
  const parts = PARTS.map($).filter((one) => one.checkVisibility());
  const here = document.activeElement;
  const at = parts.findLastIndex((one) => one === here || one.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING);
  const part = parts[at + by];
  if (!part) return false;
  if (part.id === "dokument" && !$("frame").hidden) frame.focus();
  else part.focus();
  return true;
}

function pressed(event) {
  const isInside = event.target.ownerDocument !== document;
  if (event.key === "F8") {
    event.preventDefault();
    findings.next(event.shiftKey ? -1 : 1);
  } else if (event.key === "F6" && !document.querySelector("dialog[open]")) {
    if (leap(event.shiftKey ? -1 : 1)) event.preventDefault();
  } else if (writes && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    event.preventDefault();
    editor.save();
  } else if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    step(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter" && block && (isInside || event.target === document.body || event.target.id === "dokument")) {
    event.preventDefault();
    if (writes) editor.focus();
    else if ($("open")) open($("open").href);
  } else if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open]")) {
    if (writes && $("editor").contains(document.activeElement)) return frame.focus();
    point(null);
    $("search").focus();
  }
}

addEventListener("keydown", pressed);

function tellState(isOn) {
  $("state").className = `state ${isOn ? "on" : "off"}`;
  $("state").textContent = isOn ? "Forbundet" : "Ikke forbundet";
}

frame.listen(clicked, pressed, works.takesFiles);
choose();
loadList();
listenToNews((news) => {
  if (news.sort === "on") {
    tellState(true);
    if (news.again) {
      loadList();
      loadDocument();
    }
  } else if (news.sort === "off" || news.sort === "closed") tellState(false);
  else if (news.sort === "progress") works.progress(news);
  else {
    if (news.sort === "saved") {
      loadDocument();
      if (writes) editor.renew(news.files);
    }
    loadList();
  }
});
