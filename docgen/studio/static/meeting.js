// Meeting day: each at-point's outcome and votes, made for the keyboard: arrows choose, Ctrl+S saves, the paper follows.
import { $, element, many, post } from "./tools.js";
import { drawTurns } from "./editor.js";

let page = null;
let others = {}; // by their vote those who are written and are no party of the register; they stay
let form = null; // the treatments, at-points, outcomes and parties
const VOTES = [["for", "For"], ["against", "Imod"], ["abstaining", "Undlod"]];
const TALLIES = { for: "votes_for", against: "votes_against", abstaining: "abstentions" };

export function begin(given) {
  page = given;
}

/** Shows the way to the form where the document is a case. */
export function draw(files) {
  $("decide").hidden = !files.some((one) => one.startsWith("content/cases/"));
}

$("decide").addEventListener("click", async () => {
  const file = page.files().find((one) => one.startsWith("content/cases/"));
  form = await post("decisions", { file });
  const body = page.asked().id.split("/")[2];
  const of = form.treatments.findLastIndex((one) => one.body === body);
  $("treatment").replaceChildren(...form.treatments.map((one, at) => element("option", [one.words, one.role, one.date].filter(Boolean).join(" · "), { value: at })));
  $("treatment").value = String(Math.max(0, of));
  $("point").replaceChildren(element("option", "Hele indstillingen", { value: "" }), ...form.points.map((one, at) => element("option", `${at + 1}. at ${one.words}`.slice(0, 90), { value: one.id })));
  $("decide-dialog").show();
  drawOutcome();
  $("point").focus();
});

function drawOutcome() {
  const treatment = form.treatments[Number($("treatment").value)];
  const known = treatment.outcomes.find((one) => (one.point ?? "") === $("point").value && !one.amendment && !one.points) ?? {};
  $("outcome").replaceChildren(radios("outcome", "Udfald", form.outcomes, known.verb));
  $("how").replaceChildren(radios("how", "Hvordan", [{ value: "", words: "står ikke" }, ...form.how], known.how ?? ""));
  const rows = form.parties.map((one) => {
    const vote = VOTES.map(([key]) => key).find((key) => known[`parties_${key}`]?.includes(one.letter)) ?? "";
    const seats = one.seats[treatment.body];
    return radios(`party-${one.letter}`, `${one.letter} ${one.name}${seats ? ` (${seats})` : ""}`, [...VOTES.map(([value, words]) => ({ value, words })), { value: "", words: "–" }], vote);
  });
  $("votes").replaceChildren(...rows);
  $("detail").value = known.detail ?? "";
  others = {};
  for (const [key] of VOTES) {
    const [told, names] = [known[TALLIES[key]] ?? "", known[`parties_${key}`] ?? []];
    others[key] = names.filter((name) => !form.parties.some((one) => one.letter === name));
    $(`tally-${key}`).value = told === String(seats(names, treatment.body) ?? "") ? "" : told;
  }
  sum();
}

function radios(name, legend, choices, chosen) {
  const set = element("fieldset", "", { class: "radios" });
  set.append(element("legend", legend));
  for (const one of choices) {
    const label = element("label");
    const input = element("input", "", { type: "radio", name, value: one.value });
    input.checked = one.value === chosen;
    label.append(input, element("span", one.words));
    set.append(label);
  }
  return set;
}

const chosen = (name) => $("decide-dialog").querySelector(`input[name="${CSS.escape(name)}"]:checked`)?.value ?? "";
const parties = () => Object.fromEntries(VOTES.map(([key]) => [key, form.parties.filter((one) => chosen(`party-${one.letter}`) === key).map((one) => one.letter)]));

/** The seats of some parties in a body, by their letters; null where they are not known of all of them. */
function seats(letters, body) {
  const found = letters.map((letter) => form.parties.find((one) => one.letter === letter)?.seats[body] ?? 0);
  return found.every(Boolean) ? found.reduce((all, one) => all + one, 0) : null;
}

const tally = (key) => $(`tally-${key}`).value.trim();

function sum() {
  const body = form.treatments[Number($("treatment").value)].body;
  $("votes-box").hidden = chosen("how") !== "vote";
  const voted = parties();
  const told = VOTES.map(([key, words]) => {
    const names = [...voted[key], ...others[key]];
    const count = Number(tally(key)) || seats(names, body);
    return `${words}: ${names.join(", ") || "ingen"}${count ? ` (${many(count, "stemme", "stemmer")})` : ""}`;
  });
  $("votes-sum").textContent = told.join(" · ");
}

$("decide-dialog").addEventListener("change", (event) => {
  if (["treatment", "point"].includes(event.target.id)) drawOutcome();
  else sum();
});
for (const [key] of VOTES) $(`tally-${key}`).addEventListener("input", sum);

function tellBad(words) {
  $("decide-said").textContent = words;
  $("decide-said").classList.add("bad");
}

let isSaving = false;

async function save(event, points) {
  event?.preventDefault();
  if (isSaving) return;
  isSaving = true;
  $("decide-said").textContent = "";
  await saveOutcome(points).finally(() => (isSaving = false));
}

/** What is chosen, as the answer for an at-point; null where a number is none. */
function chosenOutcome(point) {
  const isVote = chosen("how") === "vote";
  const wrong = VOTES.find(([key]) => isVote && !/^\d*$/.test(tally(key)));
  if (wrong) {
    tellBad("Skriv antallet af stemmer som et tal.");
    $(`tally-${wrong[0]}`).focus();
    return null;
  }
  return {
    file: form.file,
    path: form.treatments[Number($("treatment").value)].path,
    point,
    verb: chosen("outcome"),
    how: chosen("how"),
    detail: $("detail").value.trim(),
    parties: isVote ? parties() : {},
    votes: isVote ? Object.fromEntries(VOTES.map(([key]) => [key, tally(key)])) : {},
  };
}

async function saveOutcome(points = [$("point").value]) {
  let told = {};
  for (const point of points) {
    const answer = chosenOutcome(point);
    if (!answer) return;
    told = await post("decide", answer).catch(() => ({ problems: [{ words: "Vælg et udfald først." }] }));
    if (told.problems) return tellBad(told.problems.map((one) => one.words).join(" "));
  }
  drawTurns(told);
  page.follow();
  form = await post("decisions", { file: form.file });
  if (points.length === 1) {
    const next = $("point").selectedIndex + 1;
    if (next < $("point").options.length && $("point").value) $("point").selectedIndex = next;
  }
  drawOutcome();
  $("point").focus();
  $("decide-said").classList.remove("bad");
  // When the next one is there: who is quick would else answer for the one before.
  $("decide-said").textContent = told.left ? `Gemt. ${many(undecided().length, "at-punkt", "at-punkter")} mangler et udfald endnu; så længe er dokumentet, som det var.` : "Gemt.";
}

/** The at-points that have no outcome in the treatment that is chosen. */
function undecided() {
  const { outcomes } = form.treatments[Number($("treatment").value)];
  const decided = outcomes.filter((one) => !one.amendment).flatMap((one) => [one.point, ...(one.points ?? [])]);
  return form.points.map((one) => one.id).filter((id) => !decided.includes(id));
}

$("decide-rest").addEventListener("click", () => save(null, [...new Set([$("point").value || undecided()[0], ...undecided()])].filter(Boolean)));

$("decide-form").addEventListener("submit", save);
$("decide-dialog").addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    event.preventDefault();
    close();
  } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    event.preventDefault();
    event.stopPropagation();
    save();
  }
});

function close() {
  $("decide-dialog").close();
  $("decide").focus();
}

$("decide-close").addEventListener("click", close);
for (const [id, field] of [["decide-amendments", "amendments"], ["decide-statements", "statements"]])
  $(id).addEventListener("click", () => {
    const treatment = form.treatments[Number($("treatment").value)];
    close();
    page.openPlace(form.file, [...treatment.path, "decision", field]);
  });
