"""Reads a Word file back into plain values that a document tree can be compared with, without the writer's code."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
TREE_ROLES = {
    "Udsagn": "statement",
    "Indledende tekst": "lead",
    "Boks": "note",
    "Kilde": "caption",
    "Kolofon": "colophon",
    "Dokumenthoved": "masthead",
    "Fremhævet citat": "pull-quote",
    "Bagside": "back-cover",
    "Afsender på forside": "cover",
    "Forside – afsender": "cover",
    "Forside – undertitel": "cover",
    "Subtitle": "cover",
    "Quote": "quote",
    "Kort – tekst": "overview",
    "footnote text": "",
}
TREE_ROLES |= {f"Kapitel {number} – udsagn": "statement" for number in range(1, 10)}
_PERIOD = re.compile("(?<=[0-9])\N{NON-BREAKING HYPHEN}(?=[0-9])")
"""Where a hyphen between two figures stands as one that no line ends at."""
Segment = tuple[str, str, str]
"""A stretch of text, its marks (`b`, `i`, `c` = bold, italic, code) and the link's target."""


def docx_parts(data: bytes) -> dict[str, bytes]:
    """Every part of the package by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def docx_manifest(data: bytes) -> dict[str, dict[str, Any]]:
    """The manifest in the customXml part, each entry with the `text` that stands in its bookmark: it has no words."""
    manifest: dict[str, dict[str, Any]] = json.loads(
        etree.fromstring(docx_parts(data)["customXml/item1.xml"]).text or ""
    )
    texts = bookmark_texts(data)
    return {key: {**entry, "text": texts.get(key, "")} for key, entry in manifest.items()}


def docx_texts(data: bytes) -> list[str]:
    """The text of every paragraph in order, notes last; text alternatives where pictures stand, no contents entries."""
    reader = _Reader(docx_parts(data))
    return [text for story in reader.stories() for paragraph in story.iter(W + "p") for text in reader.texts(paragraph)]


def docx_tree(data: bytes) -> list[Any]:
    """The blocks of the body, then the notes, as nested tuples; see `tests.support.docx_expected`."""
    reader = _Reader(docx_parts(data))
    body, *notes = reader.stories()
    return [*reader.blocks(body), *(("note", number, reader.blocks(note)) for number, note in enumerate(notes, 1))]


def bookmark_texts(data: bytes) -> dict[str, str]:
    """The text inside each `_dg_` bookmark, by key; `_dg_` bookmarks that were doubled or left open are missing."""
    found: dict[str, str] = {}
    parts = docx_parts(data)
    for name in {"word/document.xml", "word/footnotes.xml"} & parts.keys():
        names: dict[str, str] = {}
        for element in etree.fromstring(parts[name]).iter():
            if element.tag == W + "bookmarkStart" and element.get(W + "name", "").startswith("_dg_"):
                names[element.get(W + "id", "")] = element.get(W + "name", "").removeprefix("_dg_")
                found[names[element.get(W + "id", "")]] = ""
            elif element.tag == W + "bookmarkEnd":
                names.pop(element.get(W + "id", ""), None)
            else:
                for key in names.values():
                    found[key] += _plain(element)
    return {key: _PERIOD.sub("-", text) for key, text in found.items()}


def _plain(element: etree._Element) -> str:
    if element.tag == W + "t":
        return element.text or ""
    plain = {"tab": "\t", "br": "\n", "noBreakHyphen": "\N{NON-BREAKING HYPHEN}", "softHyphen": "\N{SOFT HYPHEN}"}
    return plain.get(str(element.tag).removeprefix(W), "")


@dataclass(slots=True)
class _OpenList:
    number: str
    level: int
    left: int
    items: list[list[Any]]


@dataclass(slots=True)
class _Reader:
    parts: dict[str, bytes]
    styles: dict[str, str] = field(init=False)
    numbering: etree._Element = field(init=False)
    links: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        styles = etree.fromstring(self.parts["word/styles.xml"])
        self.styles = {s.get(W + "styleId", ""): _value(s, "name") for s in styles.iter(W + "style")}
        self.numbering = etree.fromstring(self.parts["word/numbering.xml"])
        for name in ("document", "footnotes"):
            if f"word/_rels/{name}.xml.rels" in self.parts:
                for one in etree.fromstring(self.parts[f"word/_rels/{name}.xml.rels"]):
                    self.links[name + one.get("Id", "")] = one.get("Target", "")

    def stories(self) -> list[etree._Element]:
        body = etree.fromstring(self.parts["word/document.xml"])[0]
        notes = etree.fromstring(self.parts["word/footnotes.xml"]).findall(W + "footnote")
        return [body, *(note for note in notes if int(note.get(W + "id", "0")) > 0)]

    def style(self, paragraph: etree._Element) -> str:
        return self.styles.get(_value(paragraph, "pPr/pStyle"), "Normal")

    def texts(self, paragraph: etree._Element) -> list[str]:
        alternatives = [one.get("descr", "") for one in paragraph.iter(DRAWN)]
        text = "".join(text for text, _, _ in self.segments(paragraph) if not text.startswith("\0"))
        skipped = self.style(paragraph).startswith("toc ") or (
            not text and next(paragraph.iterancestors(W + "tc"), None) is None
        )
        return alternatives or ([] if skipped else [text])

    def segments(self, paragraph: etree._Element) -> tuple[Segment, ...]:
        """The text of a paragraph in stretches of equal marks; a note's mark is `"\\0"` and its number."""
        story = "footnotes" if next(paragraph.iterancestors(W + "footnotes"), None) is not None else "document"
        found: list[Segment] = []
        instruction, state, skip_blank = "", "", False
        for run in paragraph.iter(W + "r"):
            link = next(run.iterancestors(W + "hyperlink"), None)
            anchor = None if link is None else link.get(W + "anchor")
            target = "" if link is None else "#" + anchor if anchor else self.links[story + link.get(R + "id", "")]
            properties = run.find(W + "rPr")
            marks = "" if properties is None else self.marks(properties)
            for element in run:
                tag = str(element.tag).removeprefix(W)
                if tag == "fldChar":
                    state = element.get(W + "fldCharType", "")
                    if state == "end" and (note := re.match(r" NOTEREF _RefNote(\d+) ", instruction)):
                        found.append(("\0" + note[1], "", ""))
                    instruction = "" if state == "end" else instruction
                elif tag == "instrText":
                    instruction += element.text or ""
                elif tag == "footnoteReference":
                    found.append(("\0" + element.get(W + "id", ""), "", ""))
                elif tag == "footnoteRef":
                    skip_blank = True
                elif state != "separate" and (text := _plain(element)):
                    if skip_blank and text == " ":
                        skip_blank = False
                    else:
                        found.append((text, "" if text == "\n" else marks, target))
        return merged(found)

    def marks(self, properties: etree._Element) -> str:
        code = self.styles.get(_value(properties, "rStyle")) == "Kode"
        return "".join(mark for mark in "bi" if properties.find(W + mark) is not None) + ("c" if code else "")

    def list_level(self, paragraph: etree._Element) -> tuple[str, int] | None:
        number = _value(paragraph, "pPr/numPr/numId")
        return (number, int(_value(paragraph, "pPr/numPr/ilvl"))) if number else None

    def list_kind(self, number: str, level: int) -> tuple[bool, int, int]:
        """Whether a list is numbered, where it starts, and the indentation of its level."""
        instance = next(n for n in self.numbering.iter(W + "num") if n.get(W + "numId") == number)
        abstract = next(
            a
            for a in self.numbering.iter(W + "abstractNum")
            if a.get(W + "abstractNumId") == _value(instance, "abstractNumId")
        )
        here = next(one for one in abstract.iter(W + "lvl") if one.get(W + "ilvl") == str(level))
        override = [o for o in instance.iter(W + "lvlOverride") if o.get(W + "ilvl") == str(level)]
        start = int(_value(override[0], "startOverride")) if override else 1
        indent = here.find(f"{W}pPr/{W}ind")
        return (
            _value(here, "numFmt") not in ("bullet", "none"),
            start,
            int("0" if indent is None else indent.get(W + "left", "0")),
        )

    def blocks(self, story: etree._Element) -> list[Any]:
        found: list[Any] = []
        stack: list[_OpenList] = []
        caption: tuple[Segment, ...] = ()
        for element in story:
            if element.tag == W + "tbl":
                found.append(self.table(element, caption))
                caption, stack = (), []
            elif element.tag == W + "p":
                if (place := self.list_level(element)) is not None:
                    self.add_item(element, place, stack, found)
                    continue
                left = element.find(f"{W}pPr/{W}ind")
                style = self.style(element)
                if stack and (style in ("List Continue", "Kort – tekst") or left is not None):
                    wanted = stack[-1].left if left is None else int(left.get(W + "left", "0"))
                    while stack[-1].left > wanted:
                        stack.pop()
                    stack[-1].items[-1].append(("paragraph", "item", self.segments(element)))
                    continue
                stack = []
                if style == "caption" and element.find(f"{W}pPr/{W}keepNext") is not None:
                    caption = self.segments(element)
                else:
                    self.add_block(element, style, found)
        return found

    def add_item(
        self, paragraph: etree._Element, place: tuple[str, int], stack: list[_OpenList], found: list[Any]
    ) -> None:
        number, level = place
        while stack and (stack[-1].level > level or (stack[-1].level == level and stack[-1].number != number)):
            stack.pop()
        if not stack or stack[-1].number != number:
            ordered, start, left = self.list_kind(number, level)
            items: list[list[Any]] = []
            (stack[-1].items[-1] if stack else found).append(("list", start if ordered else 0, items))
            direct = paragraph.find(f"{W}pPr/{W}ind")
            stack.append(_OpenList(number, level, left if direct is None else int(direct.get(W + "left", "0")), items))
        segments = self.segments(paragraph)
        stack[-1].items.append([("paragraph", "item", segments)] if segments else [])

    def add_block(self, paragraph: etree._Element, style: str, found: list[Any]) -> None:
        segments = self.segments(paragraph)
        drawn = next(paragraph.iter(DRAWN), None)
        if drawn is not None:
            found.append(("figure", drawn.get("descr"), ()))
        elif style == "caption":
            found[-1] = (*found[-1][:2], segments)
        elif style in ("Title", "Forside – titel"):
            found.append(("title", segments))
        elif re.fullmatch(r"Kapitel \d+", style):
            found.append(("heading", 1, segments))
        elif style.startswith("heading "):
            found.append(("heading", int(style[-1]), segments))
        elif style == "TOC Heading":
            found.append(("contents", segments))
        elif style == "Kodeblok":
            found.append(("code", "".join(text for text, _, _ in segments)))
        elif not style.startswith("toc ") and segments:
            found.append(("paragraph", TREE_ROLES.get(style, ""), segments))

    def table(self, table: etree._Element, caption: tuple[Segment, ...]) -> Any:
        rows = [
            [self.cell(cell) for cell in row.iter(W + "tc") if _value(cell, "tcPr/vMerge") != "continue"]
            for row in table.iter(W + "tr")
        ]
        if self.styles[_value(table, "tblPr/tblStyle")] == "Oplysninger":
            return ("fields", rows)
        aligned = [_value(paragraph, "pPr/jc") or "left" for paragraph in next(table.iter(W + "tr")).iter(W + "p")]
        headers = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in table.iter(W + "tr")]
        return ("table", caption, aligned, headers, rows)

    def cell(self, cell: etree._Element) -> tuple[Segment, ...]:
        return merged([segment for paragraph in cell.findall(W + "p") for segment in self.segments(paragraph)])


def _value(element: etree._Element, path: str) -> str:
    found = element.find("/".join(W + step for step in path.split("/")))
    return "" if found is None else found.get(W + "val", "")


def merged(segments: list[Segment]) -> tuple[Segment, ...]:
    """Neighbours with equal marks and target as one."""
    found: list[Segment] = []
    for text, marks, target in segments:
        if found and found[-1][1:] == (marks, target) and not (text + found[-1][0]).count("\0"):
            found[-1] = (found[-1][0] + text, marks, target)
        elif text:
            found.append((text, marks, target))
    return tuple((_PERIOD.sub("-", text), marks, target) for text, marks, target in found)
