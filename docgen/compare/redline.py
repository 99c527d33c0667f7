"""What a comparison is shown as: the document with its changes marked and the list of them first, or the list alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from docgen import danish
from docgen.compare.entries import Entry, Sort, entries
from docgen.compare.notes import with_lines
from docgen.compare.trees import Comparison
from docgen.structs import Struct, replace
from docgen.tree.document import (
    Alignment,
    Block,
    Code,
    Division,
    Document,
    Heading,
    Inline,
    LineBreak,
    Link,
    NoteReference,
    PageBreak,
    Paragraph,
    Role,
    Table,
    TableCell,
    TableRow,
    Text,
    Title,
    child_blocks,
    lines,
    walk,
    walk_inlines,
)

_FOOT = 70  # letters
_HEADING = "Ændringer"
_WHOLE = "Dokumentet som helhed"
_COUNTED = {
    Sort.WORDING: ("sted er ordlyden ændret", "steder er ordlyden ændret"),
    Sort.FIGURE: ("tal er ændret", "tal er ændret"),
    Sort.NEW: ("sted er nyt", "steder er nye"),
    Sort.GONE: ("sted er udgået", "steder er udgået"),
    Sort.MOVED: ("sted er flyttet", "steder er flyttet"),
    Sort.FORMAT: ("sted er kun formateringen ændret", "steder er kun formateringen ændret"),
    Sort.LINK: ("link er ændret", "links er ændret"),
    Sort.TEMPLATE: ("sted er skabelonens ord ændret", "steder er skabelonens ord ændret"),
    Sort.FRAME: ("oplysning om dokumentet er ændret", "oplysninger om dokumentet er ændret"),
    Sort.UNREAD: ("ting er ikke sammenlignet", "ting er ikke sammenlignet"),
}
"""How many there are of each sort, of one and of several."""


class Sides(Struct, frozen=True):
    """What the two compared documents are called, as in "fra version 1.0 til version 1.1"; of files from outside also
    what is not the same in them and is `unread`, and `remarks` on how they were read."""

    old: str
    new: str
    unread: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"fra {self.old} til {self.new}"


def redline(comparison: Comparison, sides: Sides, fingerprint: str = "") -> Document:
    """The new document with what changed marked, and the list of changes after its head; `fingerprint` is that of what
    both were made of."""
    document, found = comparison.document, entries(comparison)
    anchors = _free_anchors(document)
    listed = [Heading(level=1, children=(Text(_HEADING),), anchor=next(anchors)), *_list(found, sides, anchors, 2)]
    at = _after_head(document.blocks)
    ending = () if at == len(document.blocks) or isinstance(document.blocks[at], PageBreak) else (PageBreak(),)
    blocks = (*document.blocks[:at], *listed, *ending, *document.blocks[at:])
    shown = replace(document, blocks=blocks, footer=_footer("Sammenligning", sides), fingerprint=fingerprint)
    return _without_dead_links(shown)


def _without_dead_links(document: Document) -> Document:
    """A document whose links to a place in it that is gone are but their words."""
    there = {f"#{node.anchor}" for node in walk(document) if node.anchor}

    def living(line: Iterable[Inline]) -> Iterator[Inline]:
        for inline in line:
            if isinstance(inline, Text | Code | LineBreak | NoteReference):
                yield inline
            elif isinstance(inline, Link) and inline.target.startswith("#") and inline.target not in there:
                yield from living(inline.children)
            else:
                yield replace(inline, children=tuple(living(inline.children)))

    dead = any(
        isinstance(inline, Link) and inline.target.startswith("#") and inline.target not in there
        for node in walk(document)
        for line in lines(node)
        for inline in walk_inlines(line)
    )
    return with_lines(document, lambda line: tuple(living(line))) if dead else document


def list_of_changes(comparison: Comparison, sides: Sides, fingerprint: str = "") -> Document:
    """The list of changes as a document of its own."""
    new = comparison.new
    title = f"Ændringer i {new.running_title}"
    head = Division(role=Role.MASTHEAD, blocks=(Title(children=(Text(title),), anchor="titel"),))
    document = replace(new, title=title, short_title="", subject=f"Ændringer {sides}", notes=())
    blocks = _list(entries(comparison), sides, _free_anchors(new), 1, linked=False)
    return replace(document, footer=_footer("Ændringer", sides), blocks=(head, *blocks), fingerprint=fingerprint)


def _footer(word: str, sides: Sides) -> str:
    """What stands at the foot of each page: what is compared, where there is room for it."""
    return f"{word} {sides}" if len(str(sides)) <= _FOOT else word


def told_unread(sides: Sides) -> str:
    """What is not compared and not the same in two files, as a sentence; empty where there is nothing."""
    listed = "; ".join(sides.unread)  # some of them have an "og"
    return f"Ikke sammenlignet, og ikke ens i de to filer: {listed}." if listed else ""


def summary(found: Sequence[Entry], sides: Sides | None = None) -> str:
    """How many changes there are and of which sorts, as a sentence; and what of two files was not compared, as one
    more."""
    if sides is not None and (sides.unread or sides.remarks):
        told = summary(found) if found or not sides.unread else "Der er ingen ændringer i teksten."
        return " ".join(filter(None, (told, *sides.remarks, told_unread(sides))))
    if not found:
        return "Der er ingen ændringer."
    counted = Counter(entry.sort for entry in found)
    parts = [f"{count} {_COUNTED[sort][count > 1]}" for sort in Sort if (count := counted[sort])]
    many = f"{len(found)} ændringer" if len(found) > 1 else "1 ændring"
    return f"Der er {many}: {danish.enumerate(parts)}."


def _list(
    found: Sequence[Entry], sides: Sides, anchors: Iterator[str], level: int, linked: bool = True
) -> Iterator[Block]:
    yield Paragraph(children=(Text(f"Ændringerne er {sides}. {summary(found, sides)}"),))
    figures = [entry for entry in found if entry.figures]
    if figures and len(figures) < len(found):
        yield Heading(level=level, children=(Text("Tal, der er ændret"),), anchor=next(anchors))
        yield _table(figures, linked, chapters=True)
    for chapter, group in groupby(found, lambda entry: entry.chapter):
        yield Heading(level=level, children=(Text(chapter or _WHOLE),), anchor=next(anchors))
        yield _table(list(group), linked)


def _table(found: Sequence[Entry], linked: bool, chapters: bool = False) -> Table:
    head = ("Nr.", "Art", "Sted", "Før", "Nu")
    rows = tuple(_row([*_cells(entry, linked, chapters)]) for entry in found)
    alignments = (Alignment.RIGHT, *[Alignment.LEFT] * 4)
    return Table(header=_row([(Text(word),) for word in head]), rows=rows, alignments=alignments)


def _cells(entry: Entry, linked: bool, chapters: bool) -> Iterator[tuple[Inline, ...]]:
    number = Text(str(entry.number))
    yield (Link((number,), f"#{entry.anchor}"),) if linked and entry.anchor else (number,)
    yield (Text(entry.sort.value),)
    where = " › ".join(filter(None, (entry.chapter if chapters else "", entry.where)))
    for words in (where, entry.before, entry.now):
        yield (Text(words or "–"),)


def _row(cells: Iterable[tuple[Inline, ...]]) -> TableRow:
    return TableRow(cells=tuple(TableCell(children=cell) for cell in cells))


def _after_head(blocks: Sequence[Block]) -> int:
    """The place after the block that has the title, or else the beginning."""
    for number, block in enumerate(blocks):
        if isinstance(block, Title) or any(isinstance(child, Title) for child in child_blocks(block)):
            return number + 1
    return 0


def _free_anchors(document: Document) -> Iterator[str]:
    """Names for headings of the list that the document does not have."""
    taken = {node.anchor for node in walk(document)}
    return (name for number in range(1, 10**6) if (name := f"aendringer-{number}") not in taken)
