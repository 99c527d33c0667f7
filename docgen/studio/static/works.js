// What is done with whole documents: begun, built, compared, issued, verified, brought home from Word and imported.
import { drawTurns, openPlace, settle } from "./editor.js";
import { $, ask, button, element, many, post } from "./tools.js";

let page = null;
let file = null; // what was dropped

export function begin(given) {
  page = given;
  $("works").hidden = false;
  $("begin").hidden = false;
}

/** What is being done goes on: `done` of `total` documents. */
export function progress({ done, total }) {
  if ($("works").getAttribute("aria-busy") === "true") $("work-said").textContent = `Dokument ${done} af ${total} …`;
}

async function work(name, told = {}, busy = "Arbejder …") {
  $("works").setAttribute("aria-busy", "true");
  $("work-said").textContent = busy;
  $("work-said").classList.remove("bad");
  $("work-lines").replaceChildren();
  $("homecoming").replaceChildren();
  let answer;
  try {
    answer = await post(`works/${name}`, { ...page.asked(), ...told });
  } catch {
    answer = { problems: [{ words: "Det kunne ikke lade sig gøre. Vælg et dokument, og prøv igen." }] };
  }
  $("works").setAttribute("aria-busy", "false");
  $("work-said").textContent = "";
  return answer;
}

function show(answer, well, bad) {
  const isBad = Boolean(answer.problems) || !answer.well;
  $("work-said").textContent = isBad ? bad : well;
  $("work-said").classList.toggle("bad", isBad);
  const lines = answer.problems ? answer.problems.map((one) => one.words) : [...answer.lines, ...answer.files];
  $("work-lines").replaceChildren(...lines.map((one) => element("li", one)));
}

const needsDocument = () => {
  if (page.asked().id) return false;
  $("work-said").textContent = "Vælg et dokument i listen først.";
  return true;
};

$("fields").addEventListener("click", async () => {
  if (needsDocument()) return;
  await page.ready(); // until then the files are those of all documents
  openPlace(page.files()[0], []);
});

$("build").addEventListener("click", async () => {
  if (needsDocument()) return;
  const answer = await work("build", { with_annexes: $("with-annexes").checked }, "Bygger …");
  show(answer, answer.files ? `Bygget: ${many(answer.files.length, "fil", "filer")}.` : "", "Kunne ikke bygges:");
});

$("compare").addEventListener("click", async () => {
  if (needsDocument()) return;
  show(await work("compare", {}, "Sammenligner …"), "Ændret siden den sidst udstedte version:", "Kunne ikke sammenlignes:");
});

$("verify").addEventListener("click", async () => {
  show(await work("verify", {}, "Efterprøver …"), "Protokollen er i orden.", "Protokollen er ikke i orden:");
});

// -- issuing --------------------------------------------------------------------------------------------------------

$("issue").addEventListener("click", async () => {
  if (needsDocument()) return;
  const { documents } = await ask("list");
  const seen = new Set();
  const meetings = documents.filter((one) => one.kind === "meeting" && !seen.has(one.id.split("/")[1]) && seen.add(one.id.split("/")[1]));
  $("meeting").replaceChildren(...meetings.map((one) => element("option", one.title, { value: one.id.split("/").slice(0, 2).join("/") })));
  $("issue-box").hidden = false;
  $("issue-now").hidden = true;
  $("meeting").focus();
});

$("meeting").addEventListener("change", () => ($("issue-now").hidden = true));

$("hindrances").addEventListener("click", async () => {
  const answer = await work("hindrances", { meeting: $("meeting").value }, "Ser efter, hvad der er i vejen …");
  show(answer, "Intet er i vejen. En udstedt version kan ikke ændres.", "Det er i vejen:");
  $("issue-now").hidden = Boolean(answer.problems) || !answer.well;
});

$("issue-now").addEventListener("click", async () => {
  const answer = await work("issue", { meeting: $("meeting").value }, "Udsteder …");
  show(answer, "Udstedt.", "Ikke udstedt:");
  $("issue-box").hidden = !answer.problems;
});

// -- files ----------------------------------------------------------------------------------------------------------

async function take(given) {
  if (!given) return;
  file = { name: given.name, data: await asBase64(given) };
  $("file-box").hidden = false;
  $("file-name").textContent = given.name;
  $("pull").hidden = !/\.docx$/i.test(given.name);
  $("pull-now").hidden = true;
  $("verify-file").hidden = !/\.pdf$/i.test(given.name);
}

function asBase64(given) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = failed;
    reader.readAsDataURL(given);
  });
}

$("file").addEventListener("change", () => take($("file").files[0]));

// A file may be dropped anywhere: a browser would else show it in place of the page.
const bringsFile = (event) => event.dataTransfer?.types.includes("Files");

/** Lets files be dropped on a document: that of the page, or that in its frame. */
export function takesFiles(shown) {
  shown.addEventListener("dragover", (event) => bringsFile(event) && event.preventDefault());
  shown.addEventListener("drop", async (event) => {
    if (!bringsFile(event)) return;
    event.preventDefault();
    if (!page) return; // nothing is written here
    await take(event.dataTransfer.files[0]);
    $("file-name").scrollIntoView({ block: "center" });
    $("file-box").querySelector("button:not([hidden])").focus();
  });
}
takesFiles(document);

$("pull").addEventListener("click", async () => {
  const answer = await work("pull", { ...file, structural: $("structural").checked, dry_run: true }, "Læser Word-filen …");
  show(answer, "Det står i filen; intet er skrevet endnu:", "Læs det igennem; det, der er rettet begge steder, vælger du selv om bagefter:");
  drawHomecoming(answer);
  $("pull-now").hidden = Boolean(answer.problems);
});

$("structural").addEventListener("change", () => ($("pull-now").hidden = true));

$("pull-now").addEventListener("click", async () => {
  const answer = await work("pull", { ...file, structural: $("structural").checked, dry_run: false }, "Henter rettelserne hjem …");
  const conflicts = (answer.groups ?? []).flatMap((group) => group.changes).filter((one) => one.theirs !== undefined);
  show(answer, "Hentet hjem:", conflicts.length ? "Hentet hjem. Vælg øverst i dette felt for det, der er rettet begge steder:" : "Hentet hjem, undtagen det, der er i konflikt:");
  drawHomecoming(answer);
  if (!answer.problems) drawTurns(answer);
  $("pull-now").hidden = true;
  if (answer.document) page.chosen(answer.document);
  if (conflicts.length) settle(oneOfEach(conflicts));
});

const oneOfEach = (changes) => [...new Map(changes.map((one) => [JSON.stringify([one.file, one.path]), one])).values()];

/** What a Word file brought, by what became of it, each with a way to its field. */
function drawHomecoming(answer) {
  if (!answer.groups?.length) return;
  const whole = element("details");
  whole.append(element("summary", "Det hele som tekst"), $("work-lines").cloneNode(true));
  whole.querySelector("ul").removeAttribute("id");
  $("work-lines").replaceChildren();
  $("homecoming").replaceChildren(
    ...answer.groups.flatMap((group) => {
      const list = element("ul", "", { class: "cards" });
      list.append(...group.changes.map((one) => changeCard(one)));
      return [element("h3", `${group.title} (${group.changes.length})`), list];
    }),
    whole,
  );
}

function changeCard(one) {
  const item = element("li");
  if (one.words) item.append(element("p", one.words, { class: "quiet" }));
  const words = element("p");
  if (one.before === one.after) words.append(one.before);
  else {
    if (one.before) words.append(element("del", one.before), " ");
    if (one.after) words.append(element("ins", one.after));
  }
  item.append(words);
  const about = [one.by, one.note].filter(Boolean).join(": ");
  if (about) item.append(element("p", about, { class: "quiet" }));
  if (one.file) item.append(button("Åbn feltet", () => openPlace(one.file, one.path), { "aria-label": `Åbn feltet ${one.words}` }));
  return item;
}

// -- what an import made, to be looked at beside the document --------------------------------------------------------

/** Offers the review of the document that is shown, where it has one. */
export function offerReview(hasReview) {
  $("review-open").hidden = !hasReview;
  if (!hasReview) $("review-box").hidden = true;
}

async function showReview() {
  const told = await post("review", { id: page.asked().id }).catch(() => null);
  if (!told) return;
  $("review-box").hidden = false;
  const shown = $("review");
  if (!shown.getAttribute("src")) {
    const isThere = new Promise((done) => shown.addEventListener("load", done, { once: true }));
    shown.src = "frame"; // a page that may run no script
    await isThere;
    shown.contentDocument.addEventListener("click", openReviewed);
  }
  const made = new shown.contentWindow.DOMParser().parseFromString(told.html, "text/html");
  made.querySelector("meta[http-equiv]")?.remove();
  shown.contentDocument.documentElement.replaceWith(shown.contentDocument.adoptNode(made.documentElement));
}

// The last cell of a row names the file, and the field as a path.
function openReviewed(event) {
  const cell = event.target.closest("tbody tr")?.lastElementChild;
  const path = cell?.querySelector("code")?.textContent;
  const name = cell?.firstChild?.textContent.trim();
  if (path && name) openPlace(name.startsWith("content/") ? name : `content/${name}`, path.split("."));
}

$("review-open").addEventListener("click", async () => {
  await showReview();
  $("review-close").focus();
});
$("review-close").addEventListener("click", () => {
  $("review-box").hidden = true;
  $("review-open").focus();
});

$("import").addEventListener("click", async () => {
  const kind = $("import-kind").value;
  const answer = await work("import", { ...file, kind }, "Læser filen …");
  show(answer, "Importeret. Se det igennem:", "Kunne ikke importeres:");
  if (!answer.document) return;
  await page.chosen(answer.document);
  await showReview();
});

$("verify-file").addEventListener("click", async () => {
  show(await work("verify", file, "Efterprøver …"), "Filen er, som den blev udstedt:", "Filen er ikke bekræftet:");
});

// -- new documents --------------------------------------------------------------------------------------------------

let kinds = [];

$("begin").addEventListener("click", async () => {
  ({ kinds } = await post("kinds"));
  $("new-kind").replaceChildren(...kinds.map((one) => element("option", one.words, { value: one.kind })));
  drawKind();
  $("new-said").textContent = "";
  $("new-name").value = "";
  $("new-dialog").showModal();
});

function drawKind() {
  const kind = kinds.find((one) => one.kind === $("new-kind").value);
  $("new-example").textContent = `Kort navn, fx ${kind.example}. Det kan ikke laves om.`;
  $("new-variant-box").hidden = !kind.variants.length;
  $("new-variant").replaceChildren(element("option", "(den sædvanlige)", { value: "" }), ...kind.variants.map((one) => element("option", one.words, { value: one.value })));
}

$("new-kind").addEventListener("change", drawKind);
$("new-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const told = await post("new", { kind: $("new-kind").value, name: $("new-name").value, variant: $("new-variant").value }).catch(() => ({ problems: [{ words: "Det navn kan ikke bruges." }] }));
  if (told.problems) {
    $("new-said").textContent = told.problems.map((one) => one.words).join(" ");
    return;
  }
  $("new-dialog").close();
  page.chosen(told.id);
});
$("new-cancel").addEventListener("click", () => $("new-dialog").close());
