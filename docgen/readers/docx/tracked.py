"""Tracked changes resolved (ECMA-376 Part 1, 17.13.5): a part of a Word file as it is in one view of its changes.

The order matters: rows and cells, then properties, then runs, then paragraph marks. What marks a place, a bookmark or
the range of a comment, stays where it was also where the words around it go.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from docgen.readers.docx.package import W
from docgen.structs import Struct

AUTHORS = "{urn:docgen:read}authors"
"""The attribute of a paragraph that `note_authors` writes: author and date by line, one after the other by tab."""
_INSERTED = frozenset((f"{W}ins", f"{W}moveTo"))
_DELETED = frozenset((f"{W}del", f"{W}moveFrom"))
_CHANGED = frozenset(f"{W}{name}Change" for name in ("rPr", "pPr", "tblPr", "trPr", "tcPr", "sectPr", "tblPrEx"))
_OLD = {f"{W}{name}Change": f"{W}{name}" for name in ("rPr", "pPr", "tblPr", "trPr", "tcPr", "sectPr", "tblPrEx")}
_MARK_HOLDERS = frozenset((f"{W}rPr", f"{W}trPr", f"{W}tcPr", f"{W}numPr"))
_ANCHORS = tuple(f"{W}{name}" for name in ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd"))
_WORDS = tuple(
    f"{W}{name}" for name in ("t", "delText", "tab", "br", "sym", "noBreakHyphen", "footnoteReference", "drawing")
)


class View(Struct, frozen=True):
    """Which changes are taken: all, none (`taken` False), or those of one author, the others being as if they had not
    been made."""

    taken: bool = True
    author: str = ""

    def takes(self, change: etree._Element) -> bool:
        """Whether a change is taken."""
        return change.get(f"{W}author", "") == self.author if self.author else self.taken


ACCEPTED, REJECTED = View(), View(taken=False)


class Tracked(Struct, frozen=True):
    """A tracked change as its author made it: who, when (as the file says it), what sort, and its words."""

    author: str
    date: str
    inserted: bool
    text: str


def tracked(root: etree._Element) -> Iterator[Tracked]:
    """The changes of words that a part tracks, in order."""
    for element in root.iter(*_INSERTED, *_DELETED):
        if not _is_mark(element):
            words = "".join(one.text or "" for one in element.iter(f"{W}t", f"{W}delText"))
            inserted = element.tag in _INSERTED
            yield Tracked(element.get(f"{W}author", ""), element.get(f"{W}date", ""), inserted, words)


def note_authors(root: etree._Element) -> None:
    """Notes on each paragraph who changed it, and when, for once a part is resolved nobody can tell."""
    for element in root.iter(*_INSERTED, *_DELETED):
        by = f"{element.get(f'{W}author', '')}\n{element.get(f'{W}date', '')}"
        holder = next(element.iterancestors(f"{W}p"), None)
        for paragraph in element.iter(f"{W}p") if holder is None else (holder,):
            if by not in (known := paragraph.get(AUTHORS, "")).split("\t"):
                paragraph.set(AUTHORS, f"{known}\t{by}".strip("\t"))


def resolve(root: etree._Element, view: View) -> None:
    """Makes a part what it is in a view; afterwards it tracks nothing."""
    for fallback in list(root.iter("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")):
        _remove(fallback)
    _resolve_rows(root, view)
    for change in list(root.iter(*_CHANGED)):
        _resolve_properties(change, view)
    for element in list(root.iter(*_INSERTED, *_DELETED)):
        if not _is_mark(element) and _is_inside(element, root):
            _resolve_run(element, view)
    _resolve_marks(root, view)


def _stays(change: etree._Element, view: View) -> bool:
    """Whether what a change is about is there in the view."""
    return view.takes(change) == (change.tag in _INSERTED or change.tag == f"{W}cellIns")


def _resolve_rows(root: etree._Element, view: View) -> None:
    for row in list(root.iter(f"{W}tr")):
        marks = [mark for name in ("ins", "del") for mark in row.findall(f"{W}trPr/{W}{name}")]
        if any(not _stays(mark, view) for mark in marks):
            _remove(row)
    for cell in list(root.iter(f"{W}tc")):
        marks = [mark for name in ("cellIns", "cellDel") for mark in cell.findall(f"{W}tcPr/{W}{name}")]
        if any(not _stays(mark, view) for mark in marks):
            _remove(cell)
    for table in reversed(list(root.iter(f"{W}tbl"))):
        if table.find(f"{W}tr") is None and next(table.iter(f"{W}tr"), None) is None:
            _remove(table)


def _resolve_properties(change: etree._Element, view: View) -> None:
    """A change of looks: the new ones are there already; the old ones stand in the change."""
    properties = change.getparent()
    if properties is None:
        return
    old = change.find(_OLD[str(change.tag)])
    properties.remove(change)
    if view.takes(change):
        return
    kept = [child for child in properties if child.tag in _INSERTED | _DELETED or child.tag == f"{W}rPr"]
    properties[:] = [*kept, *(old if old is not None else ())]


def _resolve_run(element: etree._Element, view: View) -> None:
    if _stays(element, view):
        if element.tag in _DELETED:
            for words in element.iter(f"{W}delText"):
                words.tag = f"{W}t"
        _replace(element, list(element))
    else:
        _replace(element, list(element.iter(*_ANCHORS)))


def _resolve_marks(root: etree._Element, view: View) -> None:
    """Paragraphs whose mark goes become one with the one after; the last of a cell or of the text keeps its mark."""
    for paragraph in list(root.iter(f"{W}p")):
        marks = [mark for mark in paragraph.iterfind(f"{W}pPr/{W}rPr/*") if mark.tag in _INSERTED | _DELETED]
        goes = any(not _stays(mark, view) for mark in marks)
        for mark in marks:
            _remove(mark)
        if goes:
            _join(paragraph)


def _join(paragraph: etree._Element) -> None:
    content = [child for child in paragraph if child.tag != f"{W}pPr"]
    following = paragraph.getnext()
    while following is not None and following.tag in _ANCHORS:
        following = following.getnext()
    if following is not None and following.tag == f"{W}p":
        properties = following.find(f"{W}pPr")
        at = 0 if properties is None else following.index(properties) + 1
        following[at:at] = content
        if authors := paragraph.get(AUTHORS, ""):
            following.set(
                AUTHORS, "\t".join(dict.fromkeys([authors, *following.get(AUTHORS, "").split("\t")])).strip("\t")
            )
        _remove(paragraph)
    elif following is not None and following.tag == f"{W}tbl" and next(paragraph.iter(*_WORDS), None) is None:
        _remove(paragraph)


def _is_mark(element: etree._Element) -> bool:
    """Whether it says something of a paragraph's mark, a row or a number, and holds no runs."""
    parent = element.getparent()
    return parent is None or parent.tag in _MARK_HOLDERS


def _is_inside(element: etree._Element, root: etree._Element) -> bool:
    """Whether it is still there: what stood in something that went is not."""
    while (parent := element.getparent()) is not None:
        element = parent
    return element is root or element is root.getroottree().getroot()


def _replace(element: etree._Element, children: list[etree._Element]) -> None:
    parent = element.getparent()
    if parent is not None:
        at = parent.index(element)
        parent[at : at + 1] = children


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
