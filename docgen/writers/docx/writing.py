"""What one Word file keeps while it is written: counters, names, and what waits for the next paragraph."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Final

from docgen.structs import Struct, field, replace
from docgen.tree.document import (
    Change,
    Document,
    Heading,
    Node,
    NoteReference,
    child_blocks,
    lines,
    walk,
    walk_inlines,
)
from docgen.tree.table_shape import Shape
from docgen.writers.docx.carriers import Carriers, Source
from docgen.writers.docx.numbering import Numbering
from docgen.writers.docx.package import Relationships
from docgen.writers.docx.revisions import Revisions
from docgen.writers.docx.xml import PLAIN, ParagraphFormat, bookmark, page_field, paragraph, points
from docgen.writers.theme import Theme

_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"})
_LONGEST_NAME = 40  # of a bookmark in Word
_GAP = 14  # points under a table or box
_WITHOUT_SPACE_ABOVE: Final = frozenset(
    ["Normal", "Dense Text", "Lead", "List Bullet", "List Number", "Colophon", "Note"]
)


class Surroundings(Struct, frozen=True, kw_only=True):
    """Where a block stands: the style of its running text, the width that is left and its left edge (twips), the box
    that it is in (`w:pBdr` and `w:shd`), the level and style of the list around it, how many numbered lists are, and
    whether a list follows."""

    width: int
    style: str = "Normal"
    left: int = 0
    box: str = ""
    cards: bool = False
    card_styles: tuple[str, str] = ("Card Heading", "Card")
    level: int = -1
    list_style: str = ""
    numbered: int = 0
    leads: bool = False

    @property
    def is_outermost(self) -> bool:
        """Whether it stands in no list, box or quotation, so that it may have a page of its own."""
        return self.style in ("Normal", "Dense Text") and self.level < 0 and not self.box and not self.left


class Writing(Struct, kw_only=True):
    """The state of one run of the writer; everything else is values.

    `anchors` is anchor -> bookmark name, `headings` those of the document, `links` those of the part in hand. What is
    `waiting` goes into the next paragraph, and `gap` says that the next one stands under a table or box.
    """

    theme: Theme
    ids: Mapping[str, str]
    numbering: Numbering
    carriers: Carriers
    anchors: Mapping[str, str]
    headings: tuple[Heading, ...]
    links: Relationships
    font_directories: tuple[str, ...] = ()
    on_ground: bool = False  # whether a title page has docgen's own colour behind its words
    landscape_width: int = 0  # of the text in twips on a page that lies on its side
    numbers_pages: bool = False  # whether the pages of anchors will be known when all else is written
    asked_pages: set[str] = field(default_factory=set)  # the anchors whose pages are to be known then
    siblings: Mapping[int, Shape] = field(default_factory=dict)  # by `id`, of `sibling_tables`
    noted: set[int] = field(default_factory=set)
    in_notes: bool = False
    waiting_anchors: list[str] = field(default_factory=list)
    waiting_page_break: bool = False
    waiting_runs: str = ""
    gap: bool = False
    revisions: Revisions = field(default_factory=Revisions)
    change: Change = Change.NONE  # of the block that is being written
    _bookmarks: int = 0
    _drawings: int = 0

    def bookmark(self, name: str, content: str) -> str:
        """A bookmark with a number of its own around runs."""
        self._bookmarks += 1
        return bookmark(self._bookmarks, name, content)

    def next_drawing(self) -> int:
        """A number for a picture, unique in the package."""
        self._drawings += 1
        return self._drawings

    def with_pages(self, xml: str, pages: Mapping[str, int]) -> str:
        """What was written, with the pages of the anchors that were asked for."""
        for anchor in sorted(self.asked_pages):
            name = self.anchors[anchor]
            xml = xml.replace(page_field(name), page_field(name, pages[anchor]))
        return xml

    def expect_anchor(self, anchor: str) -> None:
        """The next paragraph bears the bookmark of a block that is no paragraph itself."""
        if anchor:
            self.waiting_anchors.append(anchor)

    def paragraph(
        self,
        style: str,
        content: str,
        form: ParagraphFormat = PLAIN,
        *,
        source: Source | None = None,
    ) -> str:
        """One `w:p` in a style (by name), with all that has waited for it; `source` gives it its marks."""
        carrier = self.carriers.add(source, in_note=self.in_notes) if source else None
        change = self.change if source is None else _own_change(source)
        if change is not Change.NONE:
            form = replace(form, mark=self.revisions.mark(change))
        if carrier:
            content = self.bookmark(carrier.bookmark, content)
        for anchor in self.waiting_anchors:
            content = self.bookmark(self.anchors[anchor], content)
        self.waiting_anchors.clear()
        if self.waiting_page_break:
            form = replace(form, page_break_before=True, before=form.before or 0)
        elif self.gap and style in _WITHOUT_SPACE_ABOVE:
            form = replace(form, before=points(_GAP))
        content = self.waiting_runs + content
        self.waiting_page_break, self.gap, self.waiting_runs = False, False, ""
        return paragraph(self.ids[style], content, form, carrier.paragraph_id if carrier else "")

    def separator(self) -> str:
        """A small empty paragraph where two tables would run into one, or a table would end the document."""
        return self.paragraph("Table Text", "", ParagraphFormat(before=0, after=0))


def _own_change(source: Source) -> Change:
    """What happened to the paragraph of a text; the last one of a cell has no mark that could be tracked, its row has
    (ECMA-376 Part 1, 17.13.5.15)."""
    in_cell = source.kind in ("label", "value") or source.kind.startswith("cell")
    return Change.NONE if in_cell else source.node.change


def anchor_names(document: Document) -> dict[str, str]:
    """Anchor -> bookmark name: a letter, then letters, digits and `_`, at most 40, unique without regard to case."""
    names: dict[str, str] = {}
    used: set[str] = set()
    for node in walk(document):
        if not node.anchor or node.anchor in names:
            continue
        name = re.sub(r"[^A-Za-z0-9_]", "_", node.anchor.translate(_LETTERS))
        name = name if name[:1].isalpha() else "a_" + name
        if len(name) > _LONGEST_NAME or name.lower() in used:
            digest = hashlib.sha256(node.anchor.encode(errors="replace")).hexdigest()
            name = f"{name[: _LONGEST_NAME - 11]}_{digest[:10]}"
        used.add(name.lower())
        names[node.anchor] = name
    return names


def has_notes(node: Node) -> bool:
    """Whether a note is pointed to in a node."""
    inlines = walk_inlines(inline for line in lines(node) for inline in line)
    return any(isinstance(inline, NoteReference) for inline in inlines) or any(map(has_notes, child_blocks(node)))


def one_line(text: str) -> str:
    """Text without line breaks."""
    return " ".join(text.split("\n"))
