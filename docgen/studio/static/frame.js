// The document in its frame: put in place without losing the reader's place, what was clicked on, and what is marked.

const frame = document.getElementById("frame");
const LOOK = `
  [data-docgen-current] { outline: 2px solid #4c8df0; outline-offset: 3px; border-radius: 2px; }
  ::highlight(docgen-finding) { text-decoration: underline wavy #d3222f 2px; text-underline-offset: 3px; }
  ::highlight(docgen-fejl) { text-decoration: underline wavy #d3222f 2px; background-color: #ffd9dc80; }
  ::highlight(docgen-current) { background-color: #ffe08a; color: #1a1200; }
`;
let ready = null;

function loaded() {
  ready ??= new Promise((done) => {
    const isThere = () => frame.contentDocument?.readyState === "complete" && frame.contentDocument.URL !== "about:blank";
    if (isThere()) done();
    else frame.addEventListener("load", () => done(), { once: true });
  });
  return ready;
}

/** Shows a page in the frame. One that was shown before keeps its place; `fresh` = it is another document. */
export async function show(html, fresh) {
  await loaded();
  const shown = frame.contentDocument;
  const made = new frame.contentWindow.DOMParser().parseFromString(html, "text/html");
  frame.contentWindow.CSS.highlights?.clear();
  if (fresh) shown.documentElement.replaceWith(shown.adoptNode(made.documentElement));
  else if (shown.head.isEqualNode(made.head)) renew(shown.body, made.body);
  else Idiomorph.morph(shown.documentElement, made.documentElement, { head: { style: "morph" } });
  if (!shown.adoptedStyleSheets.length) {
    const sheet = new frame.contentWindow.CSSStyleSheet();
    sheet.replaceSync(LOOK);
    shown.adoptedStyleSheets = [sheet];
  }
  if (fresh) frame.contentWindow.scrollTo({ top: 0, behavior: "instant" });
}

/** Makes a part of the document as it is in another: what is the same is found by the browser itself, which takes a long
 * document in no time, and only what differs is touched. */
function renew(old, made) {
  if (old.isEqualNode(made)) return;
  if (old.nodeType !== made.nodeType || old.nodeName !== made.nodeName) return old.replaceWith(old.ownerDocument.adoptNode(made));
  if (old.nodeType !== Node.ELEMENT_NODE) {
    old.nodeValue = made.nodeValue;
    return;
  }
  for (const { name } of [...old.attributes]) if (!made.hasAttribute(name) && name !== "data-docgen-current") old.removeAttribute(name);
  for (const { name, value } of made.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  const [olds, mades] = [[...old.childNodes], [...made.childNodes]];
  let [start, end] = [0, 0];
  const least = Math.min(olds.length, mades.length);
  if (olds.length !== mades.length) {
    while (start < least && olds[start].isEqualNode(mades[start])) start++;
    while (end < least - start && olds.at(-1 - end).isEqualNode(mades.at(-1 - end))) end++;
  }
  const [gone, come] = [olds.slice(start, olds.length - end), mades.slice(start, mades.length - end)];
  const after = olds[olds.length - end] ?? null;
  gone.slice(0, come.length).forEach((one, at) => renew(one, come[at]));
  for (const one of gone.slice(come.length)) one.remove();
  for (const one of come.slice(gone.length)) old.insertBefore(old.ownerDocument.adoptNode(one), after);
}

/** Calls `clicked(place, opens)` with the mark, the word and what stands before it, where somebody clicks; `takesFiles`
 * is given the document. */
export async function listen(clicked, pressed, takesFiles) {
  await loaded();
  const shown = frame.contentDocument;
  takesFiles(shown);
  const told = (event, opens) => {
    const link = event.target.closest?.("a[href]");
    if (link && !link.getAttribute("href").startsWith("#")) event.preventDefault();
    const at = placeOf(event);
    if (at) clicked(at, opens);
  };
  shown.addEventListener("click", (event) => told(event, event.ctrlKey || event.metaKey));
  shown.addEventListener("dblclick", (event) => told(event, true));
  shown.addEventListener("keydown", pressed);
}

function placeOf(event) {
  const marked = event.target.closest?.("[data-o]");
  if (!marked) return null;
  return { mark: Number(marked.dataset.o), ...wordAt(event, marked), element: marked };
}

function wordAt(event, marked) {
  const shown = frame.contentDocument;
  let node, offset;
  if (shown.caretPositionFromPoint) {
    const at = shown.caretPositionFromPoint(event.clientX, event.clientY);
    [node, offset] = [at?.offsetNode, at?.offset];
  } else if (shown.caretRangeFromPoint) {
    const at = shown.caretRangeFromPoint(event.clientX, event.clientY);
    [node, offset] = [at?.startContainer, at?.startOffset];
  }
  if (!node || node.nodeType !== Node.TEXT_NODE || !marked.contains(node)) return { word: "", before: "" };
  let [start, end] = [offset, offset];
  const text = node.data;
  while (start > 0 && !/\s/.test(text[start - 1])) start--;
  while (end < text.length && !/\s/.test(text[end])) end++;
  const range = shown.createRange();
  range.setStart(marked, 0);
  range.setEnd(node, start);
  const whole = text.slice(start, end);
  const trimmed = whole.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
  const inside = Math.max(0, Math.min(trimmed.length, offset - start - whole.indexOf(trimmed)));
  return { word: trimmed, before: range.toString().slice(-120), inside };
}

/** Puts the keys into the document. */
export function focus() {
  frame.contentWindow.focus();
}

/** The blocks that a reader goes through, in order. */
export function blocks() {
  const all = [...(frame.contentDocument?.querySelectorAll("[data-o]") ?? [])];
  return all.filter((one) => one.localName !== "span" && !one.querySelector("p[data-o], li[data-o], td[data-o], th[data-o]"));
}

const BLOCKS = "p, li, td, th, dd, dt, h1, h2, h3, h4, h5, h6, figcaption, caption, pre";

/** Shows which block is meant, and brings it into view. */
export function point(part, scrolls = true) {
  const element = part?.localName === "span" ? (part.closest(BLOCKS) ?? part) : part;
  for (const one of frame.contentDocument.querySelectorAll("[data-docgen-current]")) one.removeAttribute("data-docgen-current");
  if (!element) return;
  element.setAttribute("data-docgen-current", "");
  if (scrolls) element.scrollIntoView({ block: "center", behavior: "instant" });
}

/** Underlines what the proof-reader found, where it stands; returns the ranges, null for what is not shown. */
export function underline(findings) {
  const { CSS, Highlight } = frame.contentWindow;
  const ranges = findings.map(rangeOf);
  if (!CSS.highlights) return ranges;
  const of = (severity) => ranges.filter((range, n) => range && (findings[n].severity === "fejl") === (severity === "fejl"));
  CSS.highlights.set("docgen-finding", new Highlight(...of("")));
  CSS.highlights.set("docgen-fejl", new Highlight(...of("fejl")));
  return ranges;
}

/** Lights up one range and brings it into view. */
export function light(range) {
  const { CSS, Highlight } = frame.contentWindow;
  CSS.highlights?.set("docgen-current", new Highlight(range));
  range.startContainer.parentElement.scrollIntoView({ block: "center", behavior: "instant" });
}

function rangeOf(finding) {
  const wanted = plain(finding.words);
  let best = null;
  for (const mark of finding.marks)
    for (const element of frame.contentDocument.querySelectorAll(`[data-o="${mark}"]`)) {
      const text = plain(element.textContent);
      for (let at = text.indexOf(wanted); wanted && at >= 0; at = text.indexOf(wanted, at + 1)) {
        const distance = Math.abs(at / Math.max(text.length, 1) - finding.at) + (element.localName === "span" ? 0 : 0.01);
        if (!best || distance < best.distance) best = { distance, element, at };
      }
    }
  return best && range(best.element, best.at, best.at + wanted.length);
}

// The same number of signs, so that a place in one is a place in the other.
function plain(text) {
  return text.replace(/[\u00a0\u202f\n\t]/g, " ").replace(/[’‘]/g, "'").replace(/[”“]/g, '"').replace(/[–‑]/g, "-");
}

function range(element, start, end) {
  const shown = frame.contentDocument;
  const walker = shown.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const made = shown.createRange();
  let passed = 0;
  let begun = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.data.length;
    if (!begun && passed + length > start) {
      made.setStart(node, start - passed);
      begun = true;
    }
    if (begun && passed + length >= end) {
      made.setEnd(node, end - passed);
      return made;
    }
    passed += length;
  }
  return null;
}
