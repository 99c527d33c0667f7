// Controls for each sort of field, and forms of several.
import { button, element } from "./tools.js";
import { textTools } from "./text.js";

const NAME = "field";

/** A control for a field: `node` to be shown, `value()` as it is saved, and `focus(at)`. */
export function control(told, changed, id = NAME) {
  const made = (MAKERS[told.control] ?? line)(told, id);
  const input = made.input;
  input.addEventListener(input.localName === "select" || input.type === "checkbox" ? "change" : "input", changed);
  return {
    node: made.node,
    input,
    value: made.value ?? (() => input.value),
    focus(at) {
      input.focus();
      if (at !== undefined && input.setSelectionRange) {
        input.setSelectionRange(at, at);
        showCaret(input, at);
      }
    },
  };
}

const MAKERS = { text, choice, "yes-no": yesNo, date, time, number, lines };

function described(input, told, id) {
  input.id = id;
  input.name = id;
  if (told.help) input.setAttribute("aria-describedby", `${id}-help`);
  if (told.required) input.setAttribute("aria-required", "true");
  return input;
}

function line(told, id) {
  if (told.choices?.length) return choice(told, id);
  const input = described(element("input", "", { type: "text", autocomplete: "off" }), told, id);
  input.value = told.value ?? "";
  const tools = told.references?.length ? textTools(input, told.references, true) : "";
  const node = element("div", "", { class: "control" });
  node.append(tools, input);
  return { node, input };
}

function text(told, id) {
  const input = described(element("textarea", "", { rows: "3" }), told, id);
  input.value = told.value ?? "";
  const node = element("div", "", { class: "control" });
  node.append(textTools(input, told.references ?? []), input);
  grow(input);
  input.addEventListener("input", () => grow(input));
  return { node, input };
}

// The page has no style attributes, so the rows are counted: those that the text has, and those that it runs over.
function grow(input) {
  const wide = 44;
  const rows = input.value.split("\n").reduce((sum, one) => sum + Math.max(1, Math.ceil(one.length / wide)), 1);
  input.rows = Math.min(22, Math.max(4, rows));
}

function showCaret(input, at) {
  if (input.localName !== "textarea" || input.scrollHeight <= input.clientHeight) return;
  input.scrollTop = (input.scrollHeight * at) / Math.max(input.value.length, 1) - input.clientHeight / 2;
}

function lines(told, id) {
  const made = text({ ...told, references: [] }, id);
  made.node.prepend(element("p", "En på hver linje.", { class: "quiet" }));
  made.node.querySelector(".tools")?.remove();
  return made;
}

function choice(told, id) {
  const input = described(element("select"), told, id);
  const value = told.value ?? "";
  const known = told.choices.some((one) => one.value === value);
  if (!told.required || !value) input.append(element("option", "(ikke valgt)", { value: "" }));
  if (value && !known) input.append(element("option", value, { value }));
  for (const one of told.choices) {
    const words = one.words === one.value || !one.words ? one.value : one.words;
    input.append(element("option", words, { value: one.value }));
  }
  input.value = value;
  if (!told.is_open) return { node: wrap(input), input };
  return withOther(input, told, id);
}

// A register has the words that are known; others may be written, too.
function withOther(select, told, id) {
  const OTHER = "\u0000";
  select.append(element("option", "Noget andet …", { value: OTHER }));
  const own = element("input", "", { type: "text", "aria-label": "Skriv det selv", autocomplete: "off" });
  own.hidden = true;
  const node = wrap(select);
  node.append(own);
  select.addEventListener("change", () => {
    own.hidden = select.value !== OTHER;
    if (!own.hidden) own.focus();
  });
  own.addEventListener("input", () => select.dispatchEvent(new Event("change")));
  return { node, input: select, value: () => (select.value === OTHER ? own.value : select.value) };
}

function yesNo(told, id) {
  const input = described(element("select"), told, id);
  if (!told.required) input.append(element("option", "(som ellers)", { value: "" }));
  input.append(element("option", "Ja", { value: "true" }), element("option", "Nej", { value: "false" }));
  input.value = told.value ?? "";
  return { node: wrap(input), input };
}

const typed = (type) => (told, id) => {
  const input = described(element("input", "", { type }), told, id);
  input.value = told.value ?? "";
  if (input.value !== (told.value ?? "")) input.type = "text"; // what stands there is none: it must be seen to be mended
  input.value = told.value ?? "";
  return { node: wrap(input), input };
};
function date(told, id) {
  return typed("date")(told, id);
}
function time(told, id) {
  return typed("time")({ ...told, value: (told.value ?? "").replace(".", ":").replace(/^(\d):/, "0$1:") }, id);
}
function number(told, id) {
  const made = typed("text")(told, id);
  made.input.inputMode = "decimal";
  return made;
}

function wrap(input) {
  const node = element("div", "", { class: "control" });
  node.append(input);
  return node;
}

/** What something new is asked for; `done(answers)` is called with what was filled in. */
export function newForm(asked, done, words) {
  const form = element("form", "", { class: "new-item" });
  const controls = [];
  const more = element("details");
  more.append(element("summary", "Flere felter"));
  asked.forEach((one, at) => {
    const id = `new-${at}`;
    const made = control(one, () => {}, id);
    controls.push([one.name, made]);
    const group = element("div", "", { class: "field" });
    group.append(element("label", one.label + (one.required ? "" : " (kan udelades)"), { for: id }), made.node);
    if (one.help) group.append(element("p", one.help, { class: "quiet", id: `${id}-help` }));
    (one.required ? form : more).append(group);
  });
  if (more.children.length > 1) form.append(more);
  const row = element("p", "", { class: "row" });
  row.append(element("button", words, { type: "submit", class: "button main" }));
  form.append(row);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    done(Object.fromEntries(controls.map(([name, made]) => [name, made.value()])));
  });
  return form;
}

/** What a group or a list is made of; `act(what, row)` is called with open, up, down or remove. */
export function rows(told, act) {
  const isItems = told.control === "items";
  const list = element(isItems ? "ol" : "ul", "", { class: "rows" });
  const there = told.rows.filter((one) => one.is_there);
  for (const [at, one] of there.entries()) list.append(row(one, at, there.length, act));
  const node = element("div", "", { class: "group" });
  if (there.length) node.append(list);
  const absent = told.rows.filter((one) => !one.is_there);
  if (absent.length) {
    const more = element("details");
    more.append(element("summary", `Tilføj felt (${absent.length})`));
    const choices = element("ul", "", { class: "rows" });
    for (const one of absent) {
      const item = element("li");
      item.append(button(one.label, () => act("open", one), { class: "plain" }));
      choices.append(item);
    }
    more.append(choices);
    node.append(more);
  }
  return node;
}

function row(one, at, count, act) {
  const item = element("li");
  const open = button(one.label, () => act("open", one), { class: "plain" });
  if (!one.is_item && one.words) open.append(element("small", one.words));
  item.append(open);
  if (!one.is_item) return item;
  const tools = element("span", "", { class: "row-tools" });
  if (one.position !== undefined) {
    const up = button("↑", () => act("up", one), { "aria-label": `Flyt op: ${one.label}`, title: "Flyt op" });
    const down = button("↓", () => act("down", one), { "aria-label": `Flyt ned: ${one.label}`, title: "Flyt ned" });
    up.disabled = at === 0;
    down.disabled = at === count - 1;
    tools.append(up, down);
  }
  tools.append(button("Slet", () => act("remove", one), { "aria-label": `Slet: ${one.label}` }));
  item.append(tools);
  return item;
}
