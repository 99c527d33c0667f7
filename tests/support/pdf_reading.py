"""What a PDF says to a reader that follows its tags: the structure tree with its text, and no artifacts.

Written against ISO 32000-1, 14.6 (marked content) and 14.7 (logical structure), with pypdf for the objects alone.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, IndirectObject, StreamObject

_BULLET = re.compile(r"[•–‣]|\d+\.|[a-z]\.|[ivxlc]+\.")
_INLINE = {"Span", "Link", "Reference", "Em", "Strong", "Quote"}


@dataclass
class Element:
    """One structure element: its type (`H1`, `P` …), text alternative, and what is inside in reading order."""

    kind: str
    alt: str = ""
    children: list[str | Element] = field(default_factory=list)

    def text(self) -> str:
        """All text inside, without the labels of lists and notes, and without notes."""
        return "".join(child if isinstance(child, str) else child.text() for child in self._spoken())

    def _spoken(self) -> Iterator[str | Element]:
        for child in self.children:
            if isinstance(child, Element) and (child.kind == "Note" or (child.kind == "Lbl" and _is_label(child))):
                continue
            yield child

    def walk(self) -> Iterator[Element]:
        """This element and all inside it, in reading order."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()


def pdf_elements(data: bytes) -> Element:
    """The root of a PDF's structure tree."""
    reader = PdfReader(io.BytesIO(data))
    texts = {_number(page): _marked_texts(page, reader) for page in reader.pages}
    catalog: Any = reader.trailer["/Root"]
    root = catalog["/StructTreeRoot"]
    return _element(root, texts, None)


def pdf_texts(data: bytes) -> list[str]:
    """The texts of a PDF in reading order, one a paragraph, heading, cell, caption, label or picture; notes last.

    The table of contents is left out but for its title, and so is what stands at every page.
    """
    found: list[str] = []
    notes: list[str] = []
    _collect(pdf_elements(data), found, notes)
    return [text for text in (*found, *notes) if text]


def _collect(element: Element, found: list[str], notes: list[str]) -> None:
    """Blocks that hold blocks are walked into; one that holds only text and inlines is one text."""
    pending = ""
    for child in _figures_first(element):
        if isinstance(child, str):
            pending += child
        elif child.kind == "Code":
            blocks = [inner.text() for inner in child.walk() if inner.kind == "P"]
            if blocks:
                found.append(_clean(" ".join(blocks)))
            else:
                pending += child.text()
        elif child.kind == "Note":
            _collect(child, notes, notes)
        elif child.kind == "TOC" or (child.kind == "Lbl" and _is_label(child)):
            continue
        elif child.kind == "Figure":
            found.append(child.alt)
        elif child.kind in _INLINE and not any(inner.kind == "Figure" for inner in child.walk()):
            pending += child.text()
            notes += [text for inner in child.walk() if inner.kind == "Note" for text in _inside(inner)]
        else:
            if pending.strip():
                found.append(_clean(pending))
            pending = ""
            _collect(child, found, notes)
    if pending.strip():
        found.append(_clean(pending))


def _figures_first(element: Element) -> list[str | Element]:
    """The children, a caption under a picture after the picture: Typst tags it before."""
    kinds = [child.kind for child in element.children if isinstance(child, Element)]
    if kinds == ["Caption", "Figure"]:
        return list(reversed(element.children))
    return element.children


def _inside(element: Element) -> list[str]:
    found: list[str] = []
    _collect(element, found, found)
    return found


def _is_label(element: Element) -> bool:
    """A bullet, a number, or the mark of a note; the label of a field is text."""
    text = element.text().strip()
    return not text or _BULLET.fullmatch(text) is not None or text.isdecimal()


def _clean(text: str) -> str:
    """Undoes division at the end of a line (Typst leaves a soft hyphen), and makes one space of any."""
    return " ".join(text.replace("\u00ad", "").replace("\u2060", "").split())


# -- structure --------------------------------------------------------------------------------------------------


def _number(page: Any) -> int:
    return int(page.indirect_reference.idnum)


def _element(node: Any, texts: dict[int, dict[int, str]], page: int | None) -> Element:
    if "/Pg" in node:
        page = node.raw_get("/Pg").idnum
    element = Element(str(node.get("/S", "/Root")).lstrip("/"), str(node.get("/Alt", "")))
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, ArrayObject | list) else [kids]:
        item: Any = kid.get_object() if isinstance(kid, IndirectObject) else kid
        if isinstance(item, int):
            assert page is not None
            element.children.append(texts[page].get(int(item), ""))
        elif item.get("/Type") == "/MCR":
            owner = item.raw_get("/Pg").idnum if "/Pg" in item else page
            assert owner is not None
            element.children.append(texts[owner].get(int(item["/MCID"]), ""))
        elif item.get("/Type") != "/OBJR":
            element.children.append(_element(item, texts, page))
    return element


# -- marked content ---------------------------------------------------------------------------------------------


def _marked_texts(page: Any, reader: PdfReader) -> dict[int, str]:
    """The text of each marked-content sequence of a page, by its MCID; `/ActualText` counts for what it stands for."""
    resources = page["/Resources"]
    fonts = {name: _Font(font.get_object()) for name, font in resources.get("/Font", {}).items()}
    properties = resources.get("/Properties", {})
    content = page.get_contents()
    texts: dict[int, str] = {}
    open_marks: list[tuple[int | None, bool]] = []  # the MCID in force, and whether an ActualText already speaks
    font: _Font | None = None
    for operands, operator in ContentStream(content, reader).operations if content is not None else ():
        if operator in (b"BDC", b"BMC"):
            mcid, silent = open_marks[-1] if open_marks else (None, False)
            values = operands[1] if operator == b"BDC" else {}
            values = properties[values] if isinstance(values, str) else values
            if operands[0] == "/Artifact":
                mcid = None
            if "/MCID" in values:
                mcid = int(values["/MCID"])
            if "/ActualText" in values and not silent:
                silent = True
                if mcid is not None:
                    texts[mcid] = texts.get(mcid, "") + str(values["/ActualText"])
            open_marks.append((mcid, silent))
        elif operator == b"EMC":
            open_marks.pop()
        elif operator == b"Tf":
            font = fonts[operands[0]]
        elif operator in (b"Tj", b"TJ") and open_marks and open_marks[-1][0] is not None and not open_marks[-1][1]:
            assert font is not None
            pieces = operands[0] if operator == b"TJ" else operands
            shown = "".join(font.decode(piece) for piece in pieces if isinstance(piece, bytes | str))
            mcid = open_marks[-1][0]
            assert mcid is not None
            texts[mcid] = texts.get(mcid, "") + shown
    return texts


class _Font:
    """A font's way from codes of two bytes to text, by its ToUnicode map (ISO 32000-1, 9.10.3)."""

    def __init__(self, font: Any) -> None:
        stream = font["/ToUnicode"].get_object()
        assert isinstance(stream, StreamObject)
        self.map: dict[int, str] = {}
        text = stream.get_data().decode("latin-1")
        for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.S):
            for code, value in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
                self.map[int(code, 16)] = bytes.fromhex(value).decode("utf-16-be")
        for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.S):
            for first, last, value in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
                start = int(value, 16)
                for code in range(int(first, 16), int(last, 16) + 1):
                    self.map[code] = chr(start + code - int(first, 16))

    def decode(self, codes: bytes | str) -> str:
        """The text of a string of codes."""
        raw = (
            codes
            if isinstance(codes, bytes)
            else codes.encode("utf-16-be")
            if not hasattr(codes, "original_bytes")
            else codes.original_bytes
        )
        return "".join(self.map.get(int.from_bytes(raw[at : at + 2], "big"), "") for at in range(0, len(raw), 2))


# -- what is drawn ----------------------------------------------------------------------------------------------


def drawn_words(data: bytes) -> list[str]:
    """The words that are drawn inside the pages of a PDF, as an independent program reads them."""
    with pdfium.PdfDocument(data) as document:
        texts = []
        for page in document:
            width, height = page.get_size()
            shown = page.get_textpage().get_text_bounded(0, 0, width, height)
            texts.append(shown)
    return " ".join(texts).split()
