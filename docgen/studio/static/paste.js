// What is pasted from Word, Excel or a web page, as docgen's Markdown: words stay as they are, and looks that mean
// nothing are left out.

const MARKUP = /[\\`*_[\]<>{}|~^]/g;
const LABEL = /^(?:\d+[.)]|[a-zæøå][.)])\s*$/i;
const ITEM = /mso-list:\s*l\d+\s+level(\d)/i;
const LONGEST_SPAN = 50;

/** Letters as Markdown that says just them. */
export const escaped = (words) => words.replace(MARKUP, "\\$&");

const room = (words) => words.replace(/\u00ad|\u200b|\ufeff/g, "").replace(/\s+/g, " ");

/** The table that is on the clipboard: `rows` of Markdown cells, how many of them are its `head`, and its `title`; null
 * where there is none. */
export function tableOf(data) {
  const found = pageOf(data)?.querySelector("table");
  const made = found && tableFrom(found);
  if (made) return made;
  const lines = data.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n");
  if (lines.length < 2 || !lines.every((one) => one.includes("\t"))) return null;
  return { rows: lines.map((one) => one.split("\t").map((words) => escaped(room(words).trim()))), head: 1, title: "" };
}

/** What is on the clipboard as Markdown, where that is more than letters: paragraphs, points, emphasis, links and tables.
 * Null where it is best pasted as it is. */
export function markdownOf(data) {
  if ([...data.types].includes("vscode-editor-data")) return null; // whoever copies there has Markdown already
  const page = pageOf(data);
  const blocks = page ? [...blocksOf(page.body)].filter((one) => one.words) : [];
  if (!blocks.length) {
    const table = tableOf(data);
    return table && asMarkdown(table.rows, null, table.head);
  }
  const written = blocks.reduce((text, one, at) => {
    const gap = !at ? "" : one.label && blocks[at - 1].label ? "\n" : "\n\n";
    return text + gap + (one.label ? `${"  ".repeat(one.level)}${one.label} ${one.words}` : one.words);
  }, "");
  return written === data.getData("text/plain").trim() ? null : written;
}

/** Rows of cells as docgen's Markdown, the first `head` of them over the line; columns of numbers stand to the right. */
export function asMarkdown(rows, aligned = null, head = 1) {
  const width = Math.max(...rows.map((one) => one.length));
  const cells = rows.map((one) => Array.from({ length: width }, (_, at) => clean(one[at] ?? "")));
  const said = (at) => cells.slice(head).map((one) => one[at]).filter((words) => words && !["^^", "<<", "-", "–"].includes(words));
  const isNumbers = (at) => said(at).length > 0 && said(at).every(isNumber);
  const rule = Array.from({ length: width }, (_, at) => aligned?.[at] ?? (isNumbers(at) ? "--:" : "---"));
  return [...cells.slice(0, head), rule, ...cells.slice(head)].map((one) => `| ${one.join(" | ")} |`).join("\n");
}

const clean = (words) => words.replace(/\s+/g, " ").trim().replace(/(?<!\\)\|/g, "\\|");

function pageOf(data) {
  const html = data.getData("text/html");
  if (!html) return null;
  // Looks are read where they mean something, and never applied: the page's policy would tell of each.
  const plain = html.replace(/<style\b[^]*?<\/style>/gi, "").replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style="));
  return new DOMParser().parseFromString(plain, "text/html");
}

// -- tables -------------------------------------------------------------------------------------------------------

const styleOf = (one) => one.getAttribute("data-style") ?? "";
const isHidden = (one) => /display:\s*none|mso-hide:\s*all/i.test(styleOf(one));

function tableFrom(found) {
  const rows = [...found.rows].filter((row) => !isHidden(row) && row.cells.length);
  const grid = rows.map(() => []);
  const covered = (at, column) => grid[at][column] !== undefined;
  rows.forEach((row, at) => {
    let column = 0;
    for (const cell of row.cells) {
      if (isHidden(cell)) continue;
      while (covered(at, column)) column++;
      const wide = Math.max(1, Math.min(cell.colSpan, LONGEST_SPAN));
      const high = Math.max(1, Math.min(cell.rowSpan || 1, rows.length - at));
      for (let down = 0; down < high; down++)
        for (let across = 0; across < wide; across++) grid[at + down][column + across] = across ? "<<" : down ? "^^" : cellWords(cell);
      column += wide;
    }
  });
  const made = withoutEmpty(grid.map((one) => Array.from(one, (words) => words ?? "")));
  if (made.length < 2 && (made[0]?.length ?? 0) < 2) return null;
  const isTitle = made.length > 2 && made[0].length > 1 && made[0][0] && made[0].slice(1).every((words) => words === "<<" || !words) && made[1].filter(Boolean).length > 1;
  const title = isTitle ? bare(made.shift()[0]) : "";
  const head = headOf(made);
  // What reaches from the head into the body says its words in both: a cell is part of one of them.
  made[head]?.forEach((words, at) => {
    if (words !== "^^") return;
    const above = made.slice(0, head).findLast((row) => row[at] !== "^^");
    made[head][at] = above?.[at] ?? "";
  });
  for (const row of made.slice(0, head)) row.forEach((words, at) => (row[at] = bare(words))); // a head is bold anyway
  return { rows: made, head, title };
}

const bare = (words) => words.replace(/^\*\*([^*]+)\*\*$/, "$1");

// A head is as many rows as its cells reach down, and one more where a cell is over several columns.
function headOf(rows) {
  let head = 1;
  const reaches = (at) => rows.slice(1).every((row) => row[at] === "^^"); // the name of all rows is none of the head
  if (rows.length > 2 && rows[0].some((_, at) => reaches(at))) return head;
  while (head < rows.length - 1 && rows[head].some((words) => words === "^^") && rows[0].some((words, at) => rows[head][at] === "^^" && words !== "^^")) head++;
  if (head === 1 && rows.length > 2 && rows[0].some((words) => words === "<<") && rows[1].every((words) => !isNumber(words) || isYear(words))) head = 2;
  return head;
}

// A spreadsheet may give rows and columns without end.
function withoutEmpty(rows) {
  const width = Math.max(0, ...rows.map((one) => one.length));
  const used = (at) => rows.some((one) => one[at] && one[at] !== "<<");
  let last = width;
  while (last > 1 && !rows.some((one) => one[last - 1])) last--;
  if (!used(last - 1) && last > 1 && rows.every((one) => !one[last - 1])) last--;
  const cut = rows.map((one) => Array.from({ length: last }, (_, at) => one[at] ?? ""));
  while (cut.length > 1 && cut.at(-1).every((words) => !words)) cut.pop();
  return cut;
}

/** The words of a cell: its paragraphs as lines, the points of a list as such. */
function cellWords(cell) {
  const blocks = [...blocksOf(cell)].filter((one) => one.words);
  return blocks.map((one) => (one.label && blocks.length > 1 ? `${one.label} ${one.words}` : one.words).replace(/\\\n|\n/g, "<br>")).join("<br>");
}

const NUMBER = /^\(?[-−–+]?(?:\d[\d.,\s]*)?\d\)?(?:\s?(?:%|pct\.|kr\.|(?:t\.|mio\.|mia\.)\s?kr\.))?$/;
const isYear = (words) => /^(?:19|20)\d\d$/.test(words);
/** Whether a cell holds a number as it is written in Danish. */
export const isNumber = (words) => NUMBER.test(bare(words));

// -- text ---------------------------------------------------------------------------------------------------------

const BLOCKS = "address,article,aside,blockquote,dd,div,dl,dt,figure,footer,h1,h2,h3,h4,h5,h6,header,li,main,ol,p,pre,section,ul";

/** The paragraphs and points in an element, each with its words in Markdown, and the label and level of a point. */
function* blocksOf(element, level = 0) {
  let loose = [];
  const flush = () => {
    const words = begun(inlineOf(loose));
    loose = [];
    return { words, label: "", level };
  };
  for (const child of element.childNodes) {
    const isElement = child.nodeType === Node.ELEMENT_NODE;
    const isBlock = isElement && (child.matches(BLOCKS) || child.matches("table") || child.querySelector(`${BLOCKS},table`));
    if (!isBlock) {
      loose.push(child);
      continue;
    }
    yield flush();
    const table = child.matches("table") ? tableFrom(child) : null;
    if (table) yield { words: (table.title ? `Tabel: ${table.title}\n\n` : "") + asMarkdown(table.rows, null, table.head), label: "", level };
    else if (child.matches("ul, ol")) yield* listOf(child, level);
    else if (child.querySelector(`${BLOCKS},table`) && !ITEM.test(styleOf(child))) yield* blocksOf(child, level);
    else yield blockOf(child);
  }
  yield flush();
}

function* listOf(list, level) {
  const isOrdered = list.localName === "ol";
  let number = Number(list.getAttribute("start")) || 1;
  for (const item of list.children) {
    if (item.matches("ul, ol")) {
      yield* listOf(item, level + 1);
      continue;
    }
    const own = [...item.childNodes].filter((one) => !(one.nodeType === Node.ELEMENT_NODE && one.matches("ul, ol")));
    yield { words: inlineOf(own), label: isOrdered ? `${number++}.` : "-", level };
    for (const inner of item.children) if (inner.matches("ul, ol")) yield* listOf(inner, level + 1);
  }
}

/** A paragraph, or what Word calls one and means as a point. */
function blockOf(paragraph) {
  const style = styleOf(paragraph);
  const found = ITEM.exec(style);
  const bullet = [...paragraph.querySelectorAll("[data-style]")].find((one) => /mso-list:\s*ignore/i.test(styleOf(one)));
  const shown = bullet ? room(bullet.textContent).trim() : "";
  const nodes = [...paragraph.childNodes];
  const words = inlineOf(nodes, bullet);
  if (!found) return { words: begun(words), label: "", level: 0 };
  return { words, label: LABEL.test(shown) && /^\d/.test(shown) ? `${parseInt(shown, 10)}.` : "-", level: Number(found[1]) - 1 };
}

// What stands first in a line must not make a point, a heading or a caption of it.
function begun(words) {
  return words.replace(/^([-+](?=\s|$)|[#:])/, "\\$1").replace(/^(\d+)([.)])(?=\s|$)/, "$1\\$2");
}

function inlineOf(nodes, leftOut = null) {
  const parts = nodes.map((one) => inline(one, leftOut)).join("");
  return parts.replace(/[^\S\n]*\n[^\S\n]*/g, "\\\n").replace(/[^\S\n]+/g, " ").replace(/^(?:\s|\\\n)+|(?:\s|\\\n)+$/g, "");
}

const WEIGHT = /(?<!-)font-weight:\s*(?:bold|[6-9]00)/i;
const SLANT = /(?<!-)font-style:\s*italic/i;

function inline(node, leftOut) {
  if (node.nodeType === Node.TEXT_NODE) return escaped(room(node.data));
  if (node.nodeType !== Node.ELEMENT_NODE || node === leftOut || node.matches("style, script, del, s, strike") || isHidden(node)) return "";
  if (node.localName === "br") return "\n";
  const words = [...node.childNodes].map((one) => inline(one, leftOut)).join("");
  const style = styleOf(node);
  const href = node.localName === "a" ? (node.getAttribute("href") ?? "") : "";
  if (/^https?:\/\/[^\s()<>]+$/.test(href) && words.trim() && !node.closest("td, th")) return marked(words, "[", `](${href})`);
  const isPlain = node.closest("th, h1, h2, h3, h4, h5, h6") !== null; // a heading or a head is bold without meaning it
  if (isPlain) return words;
  if ((node.matches("b, strong") && !/(?<!-)font-weight:\s*normal/i.test(style)) || WEIGHT.test(style)) return marked(words, "**", "**");
  if (node.matches("i, em") || SLANT.test(style)) return marked(words, "*", "*");
  return words;
}

/** Words between marks; the room around them stays outside. */
function marked(words, before, after) {
  const [, lead, inner, trail] = /^(\s*)([^]*?)(\s*)$/.exec(words);
  return inner ? `${lead}${before}${inner}${after}${trail}` : words;
}
