// What the proof-reader found: shown where it stands, mended, or let pass.
import * as frame from "./frame.js";
import { drawTurns, openPlace } from "./editor.js";
import { $, button, element, many, post, say, where } from "./tools.js";

let page = null;
let all = [];
let ranges = [];
let current = -1;

export function begin(given) {
  page = given;
}

export function draw(told, isPast) {
  const same = page.sameAs("findings", [told, page.asked().id]);
  all = told;
  current = -1;
  ranges = page.isShown() ? frame.underline(all) : [];
  $("findings-count").textContent = isPast ? "" : all.length ? `${many(all.length, "fund", "fund")}. F8 går til det næste.` : "Intet fundet.";
  const safe = all.filter((one) => one.safe).length;
  $("fix-all").hidden = !page.writes() || safe < 2;
  $("fix-all").textContent = `Ret alle sikre (${safe})`;
  if (!same) $("findings").replaceChildren(...all.map(card));
}

/** Underlines again, when what is typed moved the words. */
export function underlineAgain() {
  ranges = frame.underline(all);
}

/** Shows the finding after the one that is shown, or before it. */
export function next(by) {
  if (all.length) show((current + (by < 0 ? all.length - 1 : 1) + (current < 0 && by < 0 ? 1 : 0)) % all.length);
}

function card(one, number) {
  const item = element("li", "", { class: one.severity });
  const words = element("p");
  words.append(element("del", one.words));
  if (one.right) words.append(" → ", element("ins", one.right));
  item.append(words, element("p", one.message), element("p", `${one.code} ${one.title}`, { class: "quiet" }));
  const row = element("p", "", { class: "row" });
  if (ranges[number]) row.append(button("Vis", () => show(number), { "aria-label": `Vis ”${one.words}” i dokumentet` }));
  if (page.writes() && one.path.length) row.append(...mending(one));
  row.append(where(one));
  item.append(row);
  return item;
}

function mending(one) {
  const made = [button("Åbn feltet", () => openPlace(one.file, one.path), { "aria-label": `Åbn feltet med ”${one.words}”` })];
  if (one.safe) made.push(button("Ret", () => mend("fix", one), { "aria-label": `Ret ”${one.words}” til ”${one.right}”` }));
  const chosen = one.alternatives.length ? one.alternatives : one.right && !one.safe ? [one.right] : [];
  for (const words of chosen) made.push(button(words, () => mend("fix", one, { words }), { "aria-label": `Skriv ”${words}” i stedet for ”${one.words}”` }));
  made.push(allowing(one));
  return made;
}

function allowing(one) {
  const box = element("details", "", { class: "allow" });
  box.append(element("summary", "Tillad med grund"));
  const form = element("form");
  const id = `allow-${one.code}-${one.line}-${one.column}`;
  const input = element("input", "", { type: "text", id, maxlength: 200, autocomplete: "off" });
  form.append(element("label", "Hvorfor er det rigtigt her?", { for: id }), input, element("button", "Tillad", { type: "submit" }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    mend("allow", one, { reason: input.value });
  });
  box.append(form);
  return box;
}

async function mend(what, one, more = {}) {
  const { file, line, column, code } = one;
  try {
    const told = await post(what, { id: page.asked().id, file, line, column, code, ...more });
    if (told.problems) return say(told.problems.map((each) => each.words).join(" "), true);
    say(what === "allow" ? "Tilladt." : "Rettet.");
    drawTurns(told);
    page.follow();
    $("findings-count").focus();
  } catch {
    say("Fundet er der ikke mere.", true);
    page.follow();
  }
}

$("fix-all").addEventListener("click", async () => {
  const told = await post("fix-all", { id: page.asked().id });
  if (told.problems) return say(told.problems.map((each) => each.words).join(" "), true);
  say(`Rettet i ${many(told.count, "fil", "filer")}.`);
  drawTurns(told);
  page.follow();
});

function show(number) {
  current = number;
  [...$("findings").children].forEach((item, at) => item.classList.toggle("current", at === number));
  $("findings").children[number]?.scrollIntoView({ block: "nearest" });
  if (!ranges[number]) return;
  page.look();
  frame.light(ranges[number]);
}
