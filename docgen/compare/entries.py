"""What changed, one entry a change: where it stands, how it was and how it is."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from enum import StrEnum

from docgen import danish
from docgen.compare.trees import Comparison
from docgen.compare.words import Word, words_of
from docgen.problems import Origin
from docgen.structs import Struct, replace
from docgen.tree.document import (
    NOWHERE,
    Caption,
    Change,
    CodeBlock,
    Division,
    Document,
    Figure,
    Heading,
    Inline,
    Link,
    ListItem,
    Node,
    NoteReference,
    PageBreak,
    Role,
    Table,
    TableRow,
    child_blocks,
    lines,
    own_texts,
    plain_text,
)

_AROUND = 4  # words shown before and after a change, so that it is understood
_LONGEST = 400  # letters of what is new or gone; the rest is to be read in the document
_MOVED = 20  # letters; what is shorter may stand twice by chance
_NAMES = {"header": "Sidehoved", "footer": "Sidefod", "mark": "Mærke", "short_title": "Kort titel", "author": "Udgiver"}
_NAMES |= {"title": "Filens titel", "subject": "Filens emne", "version": "Version", "date": "Dato"}
"""What of a document stands in no block."""


_REPEATS = (Role.PULL_QUOTE, Role.BACK_COVER)
"""What says again what the document says, for the eye: a change of it is no change of the document."""


_NAMELESS: dict[type[Node], str] = {Figure: "et billede uden beskrivelse", CodeBlock: "tom kode"}
"""What is told of a node that has no words."""


class Sort(StrEnum):
    """What a change is of."""

    WORDING = "ordlyd"
    FIGURE = "tal"
    NEW = "nyt"
    GONE = "udgået"
    MOVED = "flyttet"
    FORMAT = "formatering"
    LINK = "link"
    TEMPLATE = "skabelon"
    FRAME = "ramme"
    UNREAD = "ikke sammenlignet"


class Entry(Struct, frozen=True):
    """One change. `chapter` is the heading of level 1 over it (`""` before the first), `where` the rest of the way to
    it; `before` and `now` are words (`""` = nothing); `anchor` is what a link to it points to (`""` = nothing near);
    `origin` is the place in the new content; `figures` says that a figure is another, whatever else is."""

    number: int
    sort: Sort
    chapter: str
    where: str
    before: str
    now: str
    anchor: str = ""
    origin: Origin = NOWHERE
    figures: bool = False


def entries(comparison: Comparison) -> tuple[Entry, ...]:
    """Every change in the order of the document, what moved once, where it stands now."""
    reader = _Reader(comparison)
    found = [*_frame(comparison.old, comparison.new), *reader.read(comparison.document)]
    kept = _with_moves(found)
    return tuple(replace(entry, number=number) for number, entry in enumerate(kept, 1))


def _frame(old: Document, new: Document) -> Iterator[Entry]:
    for name, shown in _NAMES.items():
        before, now = (_as_told(getattr(one, name)) for one in (old, new))
        if before != now:
            yield Entry(0, Sort.FRAME, "", shown, before, now)


def _as_told(value: object) -> str:
    return danish.date(value) if isinstance(value, datetime.date) else str(value)


class _Reader:
    """Reads a compared tree from the top, and remembers under which headings it is."""

    def __init__(self, comparison: Comparison) -> None:
        self._template_lines = comparison.template_lines
        self._way: list[str] = []
        self._anchor = ""
        self._inside: tuple[str, ...] = ()

    def read(self, document: Document) -> Iterator[Entry]:
        for block in document.blocks:
            yield from self._node(block)
        for number, note in enumerate(document.notes, 1):
            self._way, self._anchor = ["Noter", f"note {number}"], ""
            yield from self._node(note)

    def _node(self, node: Node) -> Iterator[Entry]:
        if isinstance(node, Division) and node.role in _REPEATS:
            return
        self._enter(node)
        if node.change is not Change.NONE:
            if not isinstance(node, PageBreak):  # where a page ends is no change of the document
                yield self._whole(node)
            return
        for line in lines(node):
            yield from self._line(line, node.origin)
        anchor, inside = self._anchor, self._inside
        if name := _name(node):
            self._inside = (*inside, name)
        for child in child_blocks(node):
            yield from self._node(child)
            if not isinstance(node, Division):  # a heading in it stands over what comes after, too
                self._anchor = anchor
        self._inside = inside

    def _enter(self, node: Node) -> None:
        if isinstance(node, Heading):
            words = " ".join(plain_text(node.children).split()) or _deleted_words(node)
            self._way = [*self._way[: node.level - 1], words]
        if isinstance(node, Heading | Table | Figure | ListItem) and node.anchor:
            self._anchor = node.anchor

    def _entry(self, sort: Sort, before: str, now: str, origin: Origin) -> Entry:
        chapter, *rest = self._way or [""]
        return Entry(0, sort, chapter, " › ".join((*rest, *self._inside)), before, now, self._anchor, origin)

    def _whole(self, node: Node) -> Entry:
        words = _short(node)
        template = any(line in self._template_lines for line in lines(node))
        if node.change is Change.INSERTED:
            return self._entry(Sort.TEMPLATE if template else Sort.NEW, "", words, node.origin)
        return self._entry(Sort.TEMPLATE if template else Sort.GONE, words, "", node.origin)

    def _line(self, line: tuple[Inline, ...], origin: Origin) -> Iterator[Entry]:
        words = list(words_of(line))
        for start, end in _groups(words):
            before, now = (_excerpt(words, start, end, left_out) for left_out in (Change.INSERTED, Change.DELETED))
            sort = Sort.TEMPLATE if line in self._template_lines else _sort(words[start:end])
            if sort is Sort.LINK:  # the same words: what is new is where they lead
                was, is_now = _targets(words[start:end])
                before, now = f"{before} → {was}", f"{now} → {is_now}"
            entry = self._entry(sort, before, now, origin)
            yield replace(entry, figures=sort is Sort.FIGURE or _has_other_figures(words[start:end]))


def _name(node: Node) -> str:
    """What a table or a row of one is called, for what is inside it; `""` of all else."""
    match node:
        case Table(caption=caption):
            return (caption.label.rstrip(".") if caption is not None else "") or "tabellen"
        case TableRow():
            label = " ".join(plain_text(node.cells[0].children).split()) if node.cells else ""
            return f"rækken {label}" if label else "en række"
        case _:
            return ""


def _groups(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """From where to where words changed; changes whose excerpts would overlap are one."""
    start = end = -1
    for number, word in enumerate(words):
        if word.change is Change.NONE:
            continue
        if start >= 0 and _spoken(words[end:number]) > _AROUND:
            yield start, end
            start = number
        elif start < 0:
            start = number
        end = number + 1
    if start >= 0:
        yield start, end


def _spoken(words: Sequence[Word]) -> int:
    return sum(1 for word in words if not word.blank)


def _excerpt(words: Sequence[Word], start: int, end: int, left_out: Change) -> str:
    """The words of a change as one of the trees has them, with some of those around it."""
    inside = [word for word in words[start:end] if word.change is not left_out]
    before, after = _near(words[:start][::-1])[::-1], _near(words[end:])
    text = _text([*before, *inside, *after])
    if not text:
        return ""
    return ("… " if len(before) < start else "") + text + (" …" if len(after) < len(words) - end else "")


def _near(words: Sequence[Word]) -> list[Word]:
    """The first words, as many as are shown around a change."""
    count, found = 0, []
    for word in words:
        if not word.blank:
            if count == _AROUND:
                break
            count += 1
        found.append(word)
    return found


def _text(words: Sequence[Word]) -> str:
    parts = ("[note]" if isinstance(word.inline, NoteReference) else word.text or " " for word in words)
    return " ".join("".join(parts).replace("\N{SOFT HYPHEN}", "").split())


def _sort(words: Sequence[Word]) -> Sort:
    before = [word.text for word in words if word.change is not Change.INSERTED and not word.blank]
    now = [word.text for word in words if word.change is not Change.DELETED and not word.blank]
    if before == now:
        was, is_now = _targets(words)
        return Sort.LINK if was != is_now else Sort.FORMAT
    if len(before) == len(now) and all(
        one == other or (_is_figure(one) and _is_figure(other)) for one, other in zip(before, now, strict=True)
    ):
        return Sort.FIGURE
    return Sort.WORDING


def _has_other_figures(words: Sequence[Word]) -> bool:
    """Whether among some changed words a figure stands in the place of another."""
    gone, new = (
        [word.text for word in words if word.change is change and _is_figure(word.text)]
        for change in (Change.DELETED, Change.INSERTED)
    )
    return bool(gone) and bool(new) and gone != new


def _targets(words: Sequence[Word]) -> tuple[str, str]:
    """Where some words led before and where they lead now; `intet link` where they are none."""
    found = []
    for left_out in (Change.INSERTED, Change.DELETED):
        around = (one for word in words if word.change is not left_out for one in word.around)
        targets = dict.fromkeys(one.target for one in around if isinstance(one, Link))
        found.append(", ".join(targets) or "intet link")
    return found[0], found[1]


def _is_figure(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


def _short(node: Node) -> str:
    """What a node that only one tree has is called: a table by its caption and size, another by its words."""
    if isinstance(node, Table):
        rows = f"{len(node.rows)} rækker" if len(node.rows) != 1 else "1 række"
        caption = f"{_words(node.caption)} " if node.caption else ""
        return f"{caption}(tabel med {rows} og {len(node.alignments)} kolonner)"
    words = _words(node) or _NAMELESS.get(type(node), "et afsnit uden ord")
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rsplit(' ', 1)[0]} …"


def _words(node: Node) -> str:
    """All words of a node that only one tree has."""
    parts = [] if lines(node) else list(own_texts(node))
    shown = (node.shown,) if isinstance(node, Caption) else lines(node)
    parts += [_text(list(words_of(line))) for line in shown]
    parts += map(_words, child_blocks(node))
    return " · ".join(filter(None, parts))


def _deleted_words(node: Heading) -> str:
    return _text(list(words_of(node.children)))


def _with_moves(found: Sequence[Entry]) -> list[Entry]:
    """Entries where what is gone in one place and new in another is one that moved."""
    gone = {entry.before: entry for entry in found if entry.sort is Sort.GONE and len(entry.before) >= _MOVED}
    moved = {entry.now: entry for entry in found if entry.sort is Sort.NEW and entry.now in gone}
    kept: list[Entry] = []
    for entry in found:
        if entry.sort is Sort.GONE and entry.before in moved:
            continue
        if moved.get(entry.now) is entry:
            old = gone[entry.now]
            place = " › ".join(filter(None, (old.chapter, old.where)))
            kept.append(replace(entry, sort=Sort.MOVED, before=f"flyttet fra {place or 'begyndelsen'}"))
        else:
            kept.append(entry)
    return kept
