// What helps in a text: bold, italics, list, link, footnote, a table as a grid, and references.
import { asMarkdown, markdownOf, tableOf } from "./paste.js";
import { $, button, element } from "./tools.js";

export function textTools(input, references, oneLine = false) {
  const bar = element("div", "", { class: "tools", role: "group", "aria-label": "Tekst" });
  bar.append(
    tool("F", "Fed (Ctrl+B)", () => surround(input, "**")),
    tool("K", "Kursiv (Ctrl+I)", () => surround(input, "*")),
  );
  if (!oneLine) {
    bar.append(
      tool("Liste", "Liste med prikker", () => list(input)),
      tool("Link", "Link", () => surround(input, "[", "](https://)")),
      tool("Fodnote", "Fodnote", () => footnote(input)),
      tool("Tabel", "Tabel, også indsat fra Excel og Word", () => table(input)),
    );
  }
  if (references.length) {
    const choice = element("select", "", { "aria-label": "Henvis til bilag eller tal" });
    choice.append(element("option", "Henvis til …", { value: "" }));
    for (const one of references) choice.append(element("option", one.words, { value: one.text }));
    choice.addEventListener("change", () => {
      if (choice.value) insert(input, choice.value);
      choice.value = "";
    });
    bar.append(choice);
  }
  input.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || event.altKey || !["b", "i"].includes(key)) return;
    event.preventDefault();
    surround(input, key === "b" ? "**" : "*");
  });
  if (!oneLine) input.addEventListener("paste", (event) => pasted(event, input));
  return bar;
}

const tool = (words, title, pressed) => button(words, pressed, { title, "aria-label": title });

/** Puts text in the place of what is chosen, as if it was typed, so that the browser's own undo takes it back. */
function insert(input, words, from = input.selectionStart, to = input.selectionEnd) {
  input.focus();
  input.setSelectionRange(from, to);
  if (!document.execCommand("insertText", false, words)) {
    input.setRangeText(words, from, to, "end");
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function surround(input, before, after = before) {
  const { selectionStart: from, selectionEnd: to, value } = input;
  const chosen = value.slice(from, to);
  const isInside = value.slice(from - before.length, from) === before && value.slice(to, to + after.length) === after;
  if (isInside && before === after && chosen) {
    insert(input, chosen, from - before.length, to + after.length);
    input.setSelectionRange(from - before.length, to - before.length);
    return;
  }
  insert(input, before + chosen + after);
  input.setSelectionRange(from + before.length, from + before.length + chosen.length);
}

function list(input) {
  const { value } = input;
  const from = value.lastIndexOf("\n", input.selectionStart - 1) + 1;
  const end = value.indexOf("\n", input.selectionEnd);
  const to = end < 0 ? value.length : end;
  const lines = value.slice(from, to).split("\n");
  const isList = lines.every((one) => one.startsWith("- "));
  const gap = !isList && from > 1 && value.slice(from - 2, from) !== "\n\n" ? "\n" : "";
  insert(input, gap + lines.map((one) => (isList ? one.slice(2) : `- ${one}`)).join("\n"), from, to);
}

function footnote(input) {
  const used = [...input.value.matchAll(/\[\^(\d+)\]/g)].map((found) => Number(found[1]));
  const name = `[^${Math.max(0, ...used) + 1}]`;
  const at = input.selectionEnd;
  insert(input, name, at, at);
  const end = input.value.length;
  insert(input, `${input.value.endsWith("\n") ? "\n" : "\n\n"}${name}: `, end, end);
}

// -- tables -------------------------------------------------------------------------------------------------------

const isTableLine = (one) => /^\s*\|.*\|\s*$/.test(one);

/** The rows of the table that the caret is in, and where it stands; null where it is in none. */
function tableAt(input) {
  const lines = input.value.split("\n");
  let [at, passed] = [0, 0];
  while (at < lines.length - 1 && passed + lines[at].length < input.selectionStart) passed += lines[at++].length + 1;
  if (!isTableLine(lines[at])) return null;
  let [first, last] = [at, at];
  while (first > 0 && isTableLine(lines[first - 1])) first--;
  while (last < lines.length - 1 && isTableLine(lines[last + 1])) last++;
  const from = lines.slice(0, first).join("\n").length + (first ? 1 : 0);
  const rows = lines.slice(first, last + 1).map((one) => one.trim().slice(1, -1).split(/(?<!\\)\|/).map((cell) => cell.trim()));
  const head = rows.findIndex((one) => one.every((cell) => /^:?[-=~]+:?$/.test(cell)));
  const aligned = head > 0 ? rows.splice(head, 1)[0] : null;
  return { rows, aligned, head: Math.max(1, head), from, to: from + lines.slice(first, last + 1).join("\n").length };
}

function pasted(event, input) {
  const words = tableAt(input) ? null : markdownOf(event.clipboardData);
  if (!words) return;
  event.preventDefault();
  const isBlock = /^(?:\||Tabel: |- |\d+\. )/;
  const blocks = words.split("\n\n");
  put(input, words, input.selectionStart, input.selectionEnd, isBlock.test(words), isBlock.test(blocks.at(-1)));
}

/** Puts text in, with an empty line before and after it where it is a block of its own there. */
function put(input, words, from, to, begins = true, ends = true) {
  const [before, after] = [input.value.slice(0, from), input.value.slice(to)];
  const lead = !begins || !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const tail = !ends || !after || after.startsWith("\n\n") ? "" : after.startsWith("\n") ? "\n" : "\n\n";
  insert(input, lead + words + tail, from, to);
}

let head = 1; // rows of the grid that are headings

function table(input) {
  const found = tableAt(input);
  const [from, to] = found ? [found.from, found.to] : [input.selectionEnd, input.selectionEnd];
  const dialog = $("table-dialog");
  head = found?.head ?? 1;
  drawGrid(found?.rows ?? [["", ""], ["", ""]]);
  const done = () => {
    dialog.removeEventListener("close", done);
    input.focus();
    if (dialog.returnValue !== "use") return;
    const rows = gridRows().filter((one) => one.some((cell) => cell.trim()));
    if (!rows.length) return;
    const words = asMarkdown(rows, rows[0].length === found?.rows[0].length ? found.aligned : null, Math.min(head, rows.length));
    if (found) insert(input, words, from, to);
    else put(input, words, from, to);
  };
  dialog.returnValue = "";
  dialog.addEventListener("close", done);
  dialog.showModal();
  $("table-grid").querySelector("input").focus();
}

const gridRows = () => [...$("table-grid").rows].map((row) => [...row.cells].map((cell) => cell.firstChild.value));

function drawGrid(rows) {
  const width = Math.max(...rows.map((one) => one.length));
  $("table-grid").replaceChildren(
    ...rows.map((one, at) => {
      const row = element("tr");
      for (let column = 0; column < width; column++) {
        const cell = element("td");
        const words = at >= head ? `Række ${at + 1 - head}, kolonne ${column + 1}` : `Overskrift${head > 1 ? ` ${at + 1}` : ""}, kolonne ${column + 1}`;
        const input = element("input", "", { type: "text", "aria-label": words, autocomplete: "off" });
        input.value = (one[column] ?? "").replace(/\\\|/g, "|");
        cell.append(input);
        row.append(cell);
      }
      return row;
    }),
  );
}

$("table-grid").addEventListener("paste", (event) => {
  const found = tableOf(event.clipboardData);
  if (!found) return;
  event.preventDefault();
  const rows = found.rows;
  const cell = event.target.closest("td");
  const [top, left] = [cell.parentElement.rowIndex, cell.cellIndex];
  const all = gridRows();
  if (!top) head = Math.min(found.head, rows.length);
  rows.forEach((one, at) => {
    all[top + at] ??= [];
    one.forEach((words, column) => (all[top + at][left + column] = words));
  });
  drawGrid(all.map((one) => Array.from(one, (words) => words ?? "")));
  $("table-grid").rows[top].cells[left].firstChild.focus();
});

$("table-grid").addEventListener("keydown", (event) => {
  const cell = event.target.closest("td");
  const [at, column] = [cell.parentElement.rowIndex, cell.cellIndex];
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Enter: at + 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  if (event.key === "Enter" && to === $("table-grid").rows.length) drawGrid([...gridRows(), []]);
  $("table-grid").rows[to]?.cells[column].firstChild.focus();
});

for (const [id, change] of [
  ["table-row", (all) => [...all, []]],
  ["table-column", (all) => all.map((one) => [...one, ""])],
  ["table-less-rows", (all) => (all.length > 1 ? all.slice(0, -1) : all)],
  ["table-less-columns", (all) => all.map((one) => (one.length > 1 ? one.slice(0, -1) : one))],
])
  $(id).addEventListener("click", () => drawGrid(change(gridRows())));
