"""Every word of the tree is on the page: what was drawn is compared with the tree, block by block.

A block that is missing, text outside the page's area, text over other text and text that cannot be seen are told at the
block's own place.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence

from docgen.problems import Origin, Problem
from docgen.structs import Struct
from docgen.tree import document as tree
from docgen.tree.document import Document
from docgen.writers.pdf.drawn import Drawn, read_pages
from docgen.writers.pdf.problems import LAYOUT_FILE
from docgen.writers.theme import Page, Theme
from docgen.writers.words import letters, short, shown_texts

_HINT = f"skriv det kortere eller del det; er {LAYOUT_FILE} jeres egen, så ret den"
_BESIDE = 3.0  # points that letters may reach out of the area of the text
_TRIES = 6  # orders in which the blocks are looked for
_POINTS = 72 / 25.4  # in a millimetre


class _Block(Struct, frozen=True):
    """A text of the tree: as it is shown in messages, its letters, and where a person wrote it."""

    shown: str
    letters: str
    origin: Origin


def find_faults(data: bytes, documents: Sequence[Document], theme: Theme) -> list[Problem]:
    """What of the documents' words cannot be read on the pages of a PDF made of them; nothing where all is well."""
    drawn = read_pages(data)
    blocks = [block for document in documents for block in _blocks(document)]
    texts, missing = _match(blocks, [one for one in drawn if one.is_text])
    problems = [Problem(block.origin, f"teksten '{block.shown}' kommer ikke med i PDF'en", _HINT) for block in missing]
    home = texts.blocks_by_text()
    nowhere = Origin(documents[0].id)
    for one, fault in (*_misplaced(drawn, theme.page), *_overprinted(drawn)):
        found = home.get(id(one))
        place = found.origin if found else nowhere
        problems.append(Problem(place, f"teksten '{short(one.shown)}' {fault} (PDF'ens side {one.page + 1})", _HINT))
    return problems


# -- the words of the tree --------------------------------------------------------------------------------------


def _blocks(document: Document) -> Iterator[_Block]:
    """The texts of a document that are printed, notes last; headings once more where the contents name them."""
    headings = tree.headings(document)
    for node, inlines in shown_texts(document):
        listed = (
            [heading for heading in headings if heading.level <= node.depth] if isinstance(node, tree.Contents) else []
        )
        for text in (_printed(inlines), *(_printed(heading.children) for heading in listed)):
            if bare := letters(text):
                yield _Block(short(text), bare, node.origin)


def _printed(inlines: Sequence[tree.Inline]) -> str:
    """The words of some inlines, and the marks of notes among them."""
    parts = []
    for inline in inlines:
        match inline:
            case tree.Text(text) | tree.Code(text):
                parts.append(text)
            case tree.LineBreak():
                parts.append("\n")
            case tree.NoteReference(number):
                parts.append(str(number))
            case _:
                parts.append(_printed(inline.children))
    return "".join(parts)


# -- found on the pages -----------------------------------------------------------------------------------------


def _match(blocks: Sequence[_Block], drawn: Sequence[Drawn]) -> tuple[_Texts, list[_Block]]:
    """The texts with a block for each, and the blocks that are not there.

    The words of one block may be the end of another that is divided between pages, and may be taken for it. So what is
    missing is looked for once more before the others: it is there where all have a place.
    """
    first: tuple[_Texts, list[_Block]] | None = None
    order = list(blocks)
    for _ in range(_TRIES):
        texts = _Texts(drawn)
        missing = [block for block in order if not texts.find(block)]
        if not missing:
            return texts, []
        first = first or (texts, missing)
        lost = {id(block) for block in missing}
        order = [*missing, *(block for block in order if id(block) not in lost)]
    assert first is not None
    return first


class _Texts:
    """The stretches of text in the order of painting; each is part of one block at most."""

    def __init__(self, drawn: Sequence[Drawn]) -> None:
        self._drawn = drawn
        self._joined = "".join(one.text for one in drawn)
        self._starts: list[int] = []
        self._by_page: defaultdict[int, list[int]] = defaultdict(list)
        self._owner: dict[int, _Block] = {}
        at = 0
        for number, one in enumerate(drawn):
            self._starts.append(at)
            self._by_page[one.page].append(number)
            at += len(one.text)
        self._number_at = {start: number for number, start in enumerate(self._starts)}
        self._number_at[at] = len(drawn)
        self._next = 0

    def find(self, block: _Block) -> bool:
        """Whether a block is there; it takes its stretches, so that nothing else is found in them."""
        for first in (self._next, 0):
            whole = self._in_one_piece(block.letters, first)
            # The same words may stand whole further on: what is divided here is not to be found there.
            until = whole[0] if whole else len(self._drawn)
            if found := self._over_pages(block.letters, first, until) or whole:
                self._owner |= dict.fromkeys(found, block)
                # Of a row that is divided, the next cell begins where this one is divided.
                self._next = next((n + 1 for n, m in itertools.pairwise(found) if m != n + 1), found[-1] + 1)
                return True
        return False

    def blocks_by_text(self) -> dict[int, _Block]:
        """The block of each stretch, by its identity."""
        return {id(self._drawn[number]): block for number, block in self._owner.items()}

    def _in_one_piece(self, wanted: str, first: int) -> list[int]:
        at = self._starts[first] if first < len(self._starts) else len(self._joined)
        while (at := self._joined.find(wanted, at)) >= 0:
            begin, end = self._number_at.get(at), self._number_at.get(at + len(wanted))
            if begin is not None and end is not None:
                found = list(range(begin, end))
                if not any(number in self._owner for number in found):
                    return found
            at += 1
        return []

    def _over_pages(self, wanted: str, first: int, until: int) -> list[int]:
        """A block that is divided between pages, with other text between its parts, that begins before `until`."""
        for number in range(first, until):
            if self._fits(number, wanted) and (found := self._follow(wanted, number)):
                return found
        return []

    def _fits(self, number: int, wanted: str) -> bool:
        return number not in self._owner and wanted.startswith(self._drawn[number].text)

    def _follow(self, wanted: str, first: int) -> list[int]:
        """The stretches that a block consists of from its first one on: each after the last, or on the next page."""
        paths = [([first], wanted[len(self._drawn[first].text) :])]
        while paths:
            taken, rest = paths.pop()
            if not rest:
                return taken
            following = taken[-1] + 1
            if following < len(self._drawn) and self._fits(following, rest):
                after = [following]
            else:
                after = [n for n in self._by_page[self._drawn[taken[-1]].page + 1] if self._fits(n, rest)][:4]
            paths += [([*taken, number], rest[len(self._drawn[number].text) :]) for number in reversed(after)]
        return []


# -- where it stands --------------------------------------------------------------------------------------------


def _misplaced(drawn: Sequence[Drawn], page: Page) -> Iterator[tuple[Drawn, str]]:
    left, right = page.margin_inner_mm * _POINTS - _BESIDE, page.margin_outer_mm * _POINTS - _BESIDE
    below, above = page.margin_bottom_mm * _POINTS - _BESIDE, page.margin_top_mm * _POINTS - _BESIDE
    for one in drawn:
        width, height = one.page_size
        beside = left if width > height else right  # a page that lies on its side has its own margins
        if one.fault:
            yield one, one.fault
        elif not (left <= one.box[0] and one.box[2] <= width - beside):
            yield one, "går ud over tekstens bredde"
        elif one.is_text and not (below <= one.box[1] and one.box[3] <= height - above):
            yield one, "går ud over tekstens højde"
        elif one.box[1] < 0 or one.box[3] > height:
            yield one, "går ud over siden"


def _overprinted(drawn: Sequence[Drawn]) -> Iterator[tuple[Drawn, str]]:
    pages: defaultdict[int, list[Drawn]] = defaultdict(list)
    for one in drawn:
        if not one.fault:
            pages[one.page].append(one)
    orders = {id(one): order for order, one in enumerate(drawn)}
    for page in pages.values():
        page.sort(key=lambda one: one.box[1])
        for number, one in enumerate(page):
            for other in page[number + 1 :]:
                if other.box[1] >= one.box[3]:
                    break
                if _covers(one, other):
                    first, second = (one, other) if orders[id(one)] < orders[id(other)] else (other, one)
                    yield second, f"er trykt oven i '{short(first.shown)}'"


def _covers(one: Drawn, other: Drawn) -> bool:
    em = min(one.size, other.size)
    across = min(one.box[2], other.box[2]) - max(one.box[0], other.box[0])
    up = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1])
    return across > 0.15 * em and up > 0.25 * em
