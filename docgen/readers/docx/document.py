"""A Word file read back: its paragraphs with their keys, its comments, and what of it is not read, each told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from docgen.problems import DocgenError
from docgen.readers.docx.package import Package, W, open_package
from docgen.readers.docx.text import KeyRange, Stretch, Styles, TextReader, joined, looks_of
from docgen.readers.docx.tracked import ACCEPTED, AUTHORS, Tracked, View, note_authors, resolve, tracked
from docgen.structs import Struct

_MANIFEST = "{urn:docgen:manifest}manifest"
_DATED = re.compile(r"[0-9T:+.Z-]{4,40}")
_BUILD = re.compile("[0-9a-f]{8}")


class Paragraph(Struct, frozen=True, kw_only=True):
    """A paragraph in a view of the changes.

    `story` is `body` or `note 3`; `cell` is the number of its table, row and cell, or nothing; `looks` are those of its
    style (`bold`, `italic`); `size` is the largest of its letters in half points where it says so itself (0: it does
    not), and `outline` its level in the document's outline (0 the highest, 9 and -1: none); `spans` is how many columns
    its cell takes and whether the cell goes on with the one above; `keys` are docgen's own; `by` is who changed it and
    when, as far as that is tracked, `notes` where marks of notes stand in it, `left_out` what is not read of it, and
    `pictures` what each picture in it shows and the path of its part.
    """

    story: str
    style: str
    stretches: tuple[Stretch, ...]
    looks: frozenset[str] = frozenset()
    keys: tuple[KeyRange, ...] = ()
    cell: tuple[int, int, int] | None = None
    size: int = 0
    outline: int = -1
    notes: tuple[tuple[int, str], ...] = ()
    spans: tuple[int, bool] = (1, False)
    level: int = -1
    comments: tuple[tuple[str, int, int], ...] = ()
    by: tuple[tuple[str, str], ...] = ()
    left_out: tuple[str, ...] = ()
    pictures: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """Its words."""
        return joined(list(self.stretches))


class Comment(Struct, frozen=True):
    """A comment: who made it, when (as the file says it), what it says, what it is about, and the number of the
    paragraph where it stands (-1: none)."""

    author: str
    date: str
    text: str
    about: str = ""
    paragraph: int = -1


class WordFile(Struct, frozen=True, kw_only=True):
    """A Word file in a view of its changes. `build`, `document` and `edition` are docgen's own, `changes` all that it
    tracks, whatever the view, and `around` the words in the heads and feet of its pages."""

    name: str
    paragraphs: tuple[Paragraph, ...]
    comments: tuple[Comment, ...] = ()
    changes: tuple[Tracked, ...] = ()
    build: str = ""
    document: str = ""
    edition: str = ""
    around: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def read_word(name: str, data: bytes, view: View = ACCEPTED) -> WordFile:
    """A Word file from anywhere in a view of its changes; `name` is the file's name in messages.

    Raises ContentError where it is none, is broken, or is larger than a document is.
    """
    with open_package(name, data) as package:
        return _Reader(package, view).read()


class _Reader:
    def __init__(self, package: Package, view: View) -> None:
        self._package, self._view = package, view
        self._paragraphs: list[Paragraph] = []
        self._left_out: list[str] = []
        self._changes: list[Tracked] = []
        self._media: dict[str, str] = {}
        self._tables = 0
        self._spans = (1, False)
        self._styles = self._read_styles()

    def read(self) -> WordFile:
        package = self._package
        self._story(package.main, f"{W}body", "body")
        for path in package.related("footnotes"):
            self._story(path, f"{W}footnote", "note")
        for path in package.related("endnotes"):
            self._story(path, f"{W}endnote", "endnote")
        build, document, edition = self._manifest()
        return WordFile(
            name=package.name,
            paragraphs=tuple(self._paragraphs),
            comments=tuple(self._comments()),
            changes=tuple(self._changes),
            build=build,
            document=document,
            edition=edition,
            around=tuple(self._around()),
            left_out=tuple(dict.fromkeys(self._left_out)),
        )

    def _read_styles(self) -> Styles:
        names: dict[str, str] = {}
        looks: dict[str, frozenset[str]] = {}
        outlines: dict[str, int] = {}
        for path in self._package.related("styles"):
            for style in self._package.root(path).iter(f"{W}style"):
                id = style.get(f"{W}styleId", "")
                name, above = style.find(f"{W}name"), style.find(f"{W}basedOn")
                names[id] = "" if name is None else name.get(f"{W}val", "")
                inherited = frozenset[str]() if above is None else looks.get(above.get(f"{W}val", ""), frozenset())
                looks[id] = looks_of(style.find(f"{W}rPr"), inherited)
                outline = style.find(f"{W}pPr/{W}outlineLvl")
                based = -1 if above is None else outlines.get(above.get(f"{W}val", ""), -1)
                outlines[id] = based if outline is None else _number(outline.get(f"{W}val", ""))
        return Styles(names, looks, outlines)

    def _story(self, path: str, holder: str, kind: str) -> None:
        root = self._package.root(path)
        self._changes += tracked(root)
        note_authors(root)
        resolve(root, self._view)
        relations = list(self._package.relations(path))
        links = {one.id: one.target for one in relations if one.kind == "hyperlink"}
        self._media = {one.id: one.target for one in relations if one.kind == "image" and not one.external}
        ended = frozenset(one.get(f"{W}id", "") for one in root.iter(f"{W}bookmarkEnd"))
        reader = TextReader(self._styles, links, ended)
        for element in [root] if root.tag == holder else root.iter(holder):
            if kind != "body" and element.get(f"{W}type", "normal") != "normal":
                continue  # the line between the text and its notes
            id = element.get(f"{W}id", "")
            self._blocks(element, kind if kind == "body" else f"{kind} {id}", None, reader)
        if next(root.iter(f"{W}altChunk"), None) is not None:
            self._left_out.append("en del af teksten ligger i en anden fil inde i Word-filen")

    def _blocks(
        self, holder: etree._Element, story: str, cell: tuple[int, int, int] | None, reader: TextReader
    ) -> None:
        for element in holder:
            if element.tag == f"{W}p":
                self._paragraph(element, story, cell, reader)
            elif element.tag == f"{W}tbl":
                self._table(element, story, reader)
            elif element.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}smartTag"):
                self._blocks(element, story, cell, reader)
            else:
                reader.between(element)

    def _table(self, table: etree._Element, story: str, reader: TextReader) -> None:
        number, self._tables = self._tables, self._tables + 1
        for row_number, row in enumerate(_inside(table, "tr")):
            for cell_number, cell in enumerate(_inside(row, "tc")):
                self._spans = _spans(cell)
                self._blocks(cell, story, (number, row_number, cell_number), reader)

    def _paragraph(
        self, element: etree._Element, story: str, cell: tuple[int, int, int] | None, reader: TextReader
    ) -> None:
        found = reader.read(element)
        properties = element.find(f"{W}pPr")
        named = None if properties is None else properties.find(f"{W}pStyle")
        style = self._styles.name(named)
        level = None if properties is None else properties.find(f"{W}numPr/{W}ilvl")
        self._paragraphs.append(
            Paragraph(
                story=story,
                style=style or "Normal",
                stretches=tuple(found.stretches),
                looks=self._styles.looks_of(named),
                keys=tuple(found.keys),
                cell=cell,
                size=_size(element),
                outline=self._styles.outline_of(named),
                notes=tuple(found.notes),
                spans=self._spans if cell is not None else (1, False),
                level=-1 if level is None else _number(level.get(f"{W}val", "")),
                comments=tuple((id, start, end) for id, (start, end) in sorted(found.comments.items())),
                by=tuple(_authors(element)),
                left_out=tuple(found.left_out),
                pictures=tuple((said, self._media[id]) for said, id in found.pictures if id in self._media),
            )
        )
        for box in found.boxes:  # a text box stands in a paragraph and holds paragraphs
            self._blocks(box, "box", None, reader)

    def _manifest(self) -> tuple[str, str, str]:
        """The id of the build, the document's and the edition's, as docgen wrote them; the part has any name by now."""
        for path in sorted(self._package.names):
            if path.startswith("customXml/") and path.endswith(".xml") and path.count("/") == 1:
                try:
                    root = self._package.root(path)
                except DocgenError:
                    continue  # somebody else's
                if root.tag == _MANIFEST and _BUILD.fullmatch(root.get("build", "")):
                    return root.get("build", ""), root.get("document", ""), root.get("edition", "")
        return "", "", ""

    def _comments(self) -> Iterator[Comment]:
        places: dict[str, tuple[int, str]] = {}
        for number, paragraph in enumerate(self._paragraphs):
            for id, start, end in paragraph.comments:
                before = places.get(id, (number, ""))
                places[id] = (before[0], " ".join(filter(None, (before[1], paragraph.text[start:end]))))
        for path in self._package.related("comments"):
            root = self._package.root(path)
            resolve(root, self._view)
            for comment in root.iter(f"{W}comment"):
                reader = TextReader(self._styles, {})
                said = "\n".join(joined(reader.read(one).stretches) for one in comment.iter(f"{W}p"))
                number, about = places.get(comment.get(f"{W}id", ""), (-1, ""))
                date = comment.get(f"{W}date", "")
                date = date if _DATED.fullmatch(date) else ""
                yield Comment(comment.get(f"{W}author", ""), date, said.strip(), about.strip(), number)

    def _around(self) -> Iterator[str]:
        """The words in the heads and feet of the pages."""
        for path in sorted(self._package.related("header", "footer")):
            root = self._package.root(path)
            resolve(root, self._view)
            reader = TextReader(self._styles, {})
            words = " ".join(joined(reader.read(one).stretches) for one in root.iter(f"{W}p"))
            if words := " ".join(words.split()):
                yield words


def _inside(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, also those in a content control."""
    for child in element:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
            yield from _inside(child, name)


def _spans(cell: etree._Element) -> tuple[int, bool]:
    """How many columns a cell takes, and whether it goes on with the one above."""
    columns, merged = cell.find(f"{W}tcPr/{W}gridSpan"), cell.find(f"{W}tcPr/{W}vMerge")
    wide = 1 if columns is None else max(_number(columns.get(f"{W}val", "")), 1)
    return wide, merged is not None and merged.get(f"{W}val", "continue") != "restart"


def _size(paragraph: etree._Element) -> int:
    """The size of the largest letters that a paragraph's runs say of themselves, in half points."""
    found = [_number(one.get(f"{W}val", "")) for one in paragraph.iterfind(f"{W}r/{W}rPr/{W}sz")]
    return max(found, default=0)


def _authors(paragraph: etree._Element) -> Iterator[tuple[str, str]]:
    for one in filter(None, paragraph.get(AUTHORS, "").split("\t")):
        author, _, date = one.partition("\n")
        yield author, date if _DATED.fullmatch(date) else ""


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else -1
