"""A web page that somebody saved, as headings, paragraphs, items and rows. Nothing of it is fetched or run."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator

from lxml import etree
from lxml import html as pages

from docgen.problems import ContentError, Origin, Problem
from docgen.readers.blocks import Block, Cell, Run, Sort
from docgen.structs import Struct, field, replace

_MOST_BYTES = 30_000_000
_MOST_DEEP = 200
_LEFT_OUT = frozenset(
    ["script", "style", "noscript", "template", "nav", "header", "footer", "form", "svg", "iframe", "button", "head"]
)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "body",
        "html",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "table",
        "tr",
        "blockquote",
        "pre",
        "figure",
        "figcaption",
        "address",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "fieldset",
        "details",
        "summary",
        "aside",
        "hr",
    ]
)
_BREAK = "\N{LINE SEPARATOR}"
_BLANKS = re.compile(r"[ \t\r\n\f\v\xa0]+")
_BOLD, _ITALIC, _CODE = frozenset(("b", "strong")), frozenset(("i", "em", "cite")), frozenset(("code", "kbd", "samp"))
_MARKER = "data-marker"


class Page(Struct, frozen=True):
    """What a page holds: its title, its blocks, and what its pictures show that it does not hold itself."""

    title: str
    blocks: tuple[Block, ...]
    pictures: tuple[str, ...] = ()


def read_html(name: str, data: bytes) -> Page:
    """The blocks of a page. Raises ContentError where there is nothing to read in it."""
    if len(data) > _MOST_BYTES:
        raise _refused(name, "siden fylder mere end 30 MB", "gem den uden billeder")
    try:
        root = pages.document_fromstring(data, parser=pages.HTMLParser(encoding=_encoding(data), no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise _refused(name, "filen er ikke en webside", "gem siden igen fra browseren") from None
    titles = [one.text_content() for one in root.iter("title")]
    main = next(iter(root.iter("main")), None)
    reader = _Reader(notes=_notes(root))
    reader.block(main if main is not None else root, 0)
    if not reader.blocks:
        raise _refused(
            name, "der er ingen tekst at læse på siden", "gem siden igen fra browseren, når den er hentet helt"
        )
    return Page(" ".join(titles[0].split()) if titles else "", tuple(reader.blocks), tuple(reader.pictures))


def _encoding(data: bytes) -> str:
    found = re.search(rb"charset=[\"']?([\w-]+)", data[:4096])
    if found:
        return found[1].decode()
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _notes(root: pages.HtmlElement) -> dict[str, str]:
    """The notes of a page, by the ids that their marks lead to."""
    found = {}
    for holder in root.iter():
        if holder.get("role") == "doc-endnotes":
            for note in holder.iter("li"):
                found[note.get("id", "")] = " ".join(note.text_content().replace("↩", "").split())
    return found


class _Reader(Struct):
    notes: dict[str, str] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    tables: int = 0
    waiting: list[Block] = field(default_factory=list)

    def block(self, element: pages.HtmlElement, depth: int) -> None:
        """Adds what an element holds."""
        if not isinstance(element.tag, str) or element.tag in _LEFT_OUT or depth > _MOST_DEEP or _is_hidden(element):
            return
        if element.get("role") == "doc-endnotes":
            return  # each stands where its mark is
        if element.tag == "pre":
            self.blocks.append(Block(sort=Sort.CODE, runs=(Run(element.text_content()),)))
        elif element.tag == "table" and not _is_layout(element):
            self._table(element)
        elif element.tag in ("ul", "ol"):
            self._list(element, depth, 0)
        elif element.tag in ("dl",):
            self._terms(element)
        elif element.tag == "figcaption":
            self._add(Sort.CAPTION, list(self._runs(element)))
        elif re.fullmatch("h[1-6]", element.tag):
            self._add(Sort.HEADING, list(self._runs(element)), int(element.tag[1]))
        else:
            self._mixed(element, Sort.PARAGRAPH, 0, "", depth)

    def _mixed(self, element: pages.HtmlElement, sort: Sort, level: int, marker: str, depth: int) -> None:
        """An element that may hold both words and blocks: its words are of its own sort, between these."""
        runs: list[Run] = [Run(element.text)] if element.text else []
        for child in element:
            if isinstance(child.tag, str) and child.tag in _BLOCKS:
                if sort is Sort.ITEM and child.tag in ("p", "div") and not any(run.text.strip() for run in runs):
                    runs += self._runs(child)
                else:
                    self._add(sort, runs, level, marker)
                    runs = []
                    if child.tag in ("ul", "ol"):
                        self._list(child, depth + 1, level + 1 if sort is Sort.ITEM else 0)
                    else:
                        self.block(child, depth + 1)
            elif isinstance(child.tag, str) and any(_is_block(one) for one in child.iter()):
                self._add(sort, runs, level, marker)
                runs = []
                self.block(child, depth + 1)
            elif child.tag == "br":
                runs.append(Run(_BREAK))
            else:
                runs += self._inline(child, False, False, False, "")
            if child.tail:
                runs.append(Run(child.tail))
        self._add(sort, runs, level, marker)

    def _list(self, element: pages.HtmlElement, depth: int, level: int) -> None:
        for number, item in enumerate(one for one in element if one.tag == "li"):
            marker = f"{number + 1}." if element.tag == "ol" else "•"
            self._mixed(item, Sort.ITEM, level, marker, depth + 1)

    def _terms(self, element: pages.HtmlElement) -> None:
        """A list of terms as rows: each with what is said of it."""
        term = ""
        for one in element.iter("dt", "dd"):
            text = " ".join(one.text_content().split())
            if one.tag == "dt":
                term = text
            else:
                cells = (Cell(term, is_head=True), Cell(text))
                self.blocks.append(Block(sort=Sort.ROW, cells=cells, table=self.tables))
        self.tables += 1

    def _table(self, table: pages.HtmlElement) -> None:
        number, self.tables = self.tables, self.tables + 1
        for caption in table.iterchildren("caption"):
            self._add(Sort.CAPTION, list(self._runs(caption)))
        for row in table.iter("tr"):
            cells = [self._cell(cell) for cell in row if cell.tag in ("td", "th")]
            if cells:
                self.blocks.append(Block(sort=Sort.ROW, cells=tuple(cells), table=number, line=row.sourceline or 0))
        self.blocks += self.waiting
        self.waiting.clear()

    def _cell(self, cell: pages.HtmlElement) -> Cell:
        text = " ".join(cell.text_content().split())
        runs = [_tidied(run) for run in self._runs(cell)]
        return Cell(text, _span(cell, "colspan"), _span(cell, "rowspan"), cell.tag == "th", tuple(runs))

    def _runs(self, element: pages.HtmlElement) -> Iterator[Run]:
        """The words of an element without those after it."""
        if element.text:
            yield Run(element.text)
        for child in element:
            yield from self._inline(child, False, False, False, "")
            if child.tail:
                yield Run(child.tail)

    def _inline(self, element: pages.HtmlElement, bold: bool, italic: bool, code: bool, link: str) -> Iterator[Run]:
        if not isinstance(element.tag, str) or element.tag in _LEFT_OUT or _is_hidden(element):
            return
        if element.tag == "br":
            yield Run(_BREAK)
            return
        if element.tag == "img":
            self._picture(element)
            return
        bold, italic, code = (
            bold or element.tag in _BOLD,
            italic or element.tag in _ITALIC,
            code or element.tag in _CODE,
        )
        if element.get("role") == "doc-noteref":
            id = element.get("href", "").removeprefix("#")
            if id in self.notes:
                yield Run("", note=id)
            return
        if element.tag == "a":
            if element.get("aria-label") and not element.text_content().strip():
                return
            address = element.get("href", "")
            link = address if address.startswith(("http://", "https://", "mailto:")) else link
        if element.text:
            yield Run(element.text, bold, italic, code, link)
        for child in element:
            yield from self._inline(child, bold, italic, code, link)
            if child.tail:
                yield Run(child.tail, bold, italic, code, link)

    def _picture(self, element: pages.HtmlElement) -> None:
        """Keeps a picture until the block that it stands in is there; its bytes only where the page holds them."""
        address, said = element.get("src", ""), " ".join(element.get("alt", "").split())
        found = re.match(r"data:image/[\w.+-]+;base64,", address)
        try:
            data = b64decode(address[found.end() :]) if found else b""
        except ValueError:
            data = b""
        if not data:
            self.pictures.append(said or address[:200])
        self.waiting.append(Block(sort=Sort.PICTURE, runs=(Run(said),), picture=data))

    def _add(self, sort: Sort, runs: list[Run], level: int = 0, marker: str = "") -> None:
        tidy = [_tidied(run) for run in runs]
        if any(run.text.strip() for run in tidy):
            notes = tuple((run.note, self.notes[run.note]) for run in tidy if run.note)
            self.blocks.append(Block(sort=sort, runs=tuple(tidy), level=level, marker=marker, notes=notes))
        self.blocks += self.waiting
        self.waiting.clear()


def _tidied(run: Run) -> Run:
    """A run without the line breaks of the page's source; those that the page has are its lines."""
    return replace(run, text=_BLANKS.sub(" ", run.text).replace(f" {_BREAK}", _BREAK).replace(_BREAK, "\n"))


def _is_block(element: pages.HtmlElement) -> bool:
    return isinstance(element.tag, str) and element.tag in _BLOCKS


def _is_hidden(element: pages.HtmlElement) -> bool:
    style = element.get("style", "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style or element.get("aria-hidden") == "true"


def _is_layout(table: pages.HtmlElement) -> bool:
    """Whether a table holds other blocks of a page: lists, headings or tables."""
    return next(table.iter("ul", "ol", "h1", "h2", "h3", "h4"), None) is not None or len(list(table.iter("table"))) > 1


def _span(cell: pages.HtmlElement, name: str) -> int:
    found = cell.get(name, "1")
    return max(min(int(found), 50), 1) if found.isascii() and found.isdigit() and len(found) < 4 else 1


def _refused(name: str, what: str, hint: str) -> ContentError:
    return ContentError([Problem(Origin(name), what, hint)])
