"""Every word of the tree is on the page: what was drawn is compared with the tree, block by block.

A block that is missing, text outside the page's area, text over other text and text that cannot be seen are told at the
block's own place.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence

from docgen.problems import Origin, Problem
from docgen.structs import Struct
from docgen.tree import document as tree
from docgen.tree.document import Document
from docgen.writers.pdf.drawn import Drawn, read_pages
from docgen.writers.pdf.elements import texts_of_elements
from docgen.writers.pdf.problems import LAYOUT_FILE
from docgen.writers.theme import Page, Theme
from docgen.writers.words import letters, short, shown_texts

_KNOWN_BY, _TOLD_BY = 5, 25
"""So many letters has a text that may be looked for by its place, and one that no picture beside it says too."""
_HINT = f"skriv det kortere eller del det; er {LAYOUT_FILE} jeres egen, så ret den"
_BESIDE = 3.0  # points that letters may reach out of the area of the text
_POINTS = 72 / 25.4  # in a millimetre
_EDGE = 5 * _POINTS  # no printer and no hand leaves words alone nearer to the page's edge
_BLEED = frozenset((tree.Role.COVER, tree.Role.BACK_COVER))
"""What is designed up to the page's edges."""
_WIDE = frozenset((tree.Role.CHAPTER, tree.Role.OVERVIEW, tree.Role.COLUMNS, tree.Role.KEY_FIGURES))
"""What goes over a wide margin at the right."""


class _Block(Struct, frozen=True):
    """A text of the tree: as it is shown in messages, its letters, and where a person wrote it."""

    shown: str
    letters: str
    origin: Origin
    area: tree.Role | None = None
    """The role of the outermost designed part that it stands in."""
    in_order: bool = True
    """Whether it is painted after what stands before it; Typst paints cells over several rows when their last one is
    done."""


def find_faults(data: bytes, documents: Sequence[Document], theme: Theme) -> list[Problem]:
    """What of the documents' words cannot be read on the pages of a PDF made of them; nothing where all is well."""
    drawn = read_pages(data)
    blocks = [block for document in documents for block in _blocks(document)]
    own = [one for one in drawn if one.is_text]
    texts, faults = _matched(_Texts(own), blocks)
    if faults:  # words may have been taken for others that are alike; the tags say which belong together
        by_tags, fewer = _matched(_Texts(own).with_elements(blocks, texts_of_elements(data, own)), blocks)
        if len(fewer) < len(faults):
            texts, faults = by_tags, fewer
    problems = [Problem(block.origin, f"teksten '{block.shown}' {fault} i PDF'en", _HINT) for block, fault in faults]
    home = texts.blocks_by_text()
    nowhere = Origin(documents[0].id)
    for one, fault in (*_misplaced(drawn, theme.page, home), *_overprinted(drawn)):
        found = home.get(id(one))
        place = found.origin if found else nowhere
        problems.append(Problem(place, f"teksten '{short(one.shown)}' {fault} (PDF'ens side {one.page + 1})", _HINT))
    return problems


# -- the words of the tree --------------------------------------------------------------------------------------


def _blocks(document: Document) -> Iterator[_Block]:
    """The texts of a document that are printed, notes last; headings once more where the contents name them."""
    headings = tree.headings(document)
    areas = {id(inner): role for part, role in _designed(document.blocks) for inner in _inside(part)}
    tall = {id(inner) for table in _tall_tables(document) for inner in _inside(table)}
    for node, inlines in shown_texts(document):
        listed = (
            [heading for heading in headings if heading.level <= node.depth] if isinstance(node, tree.Contents) else []
        )
        for text in (_printed(inlines), *(_printed(heading.children, deleted=False) for heading in listed)):
            if bare := letters(text):
                # The contents are as wide as what is designed, in a document that has that.
                area = tree.Role.COLUMNS if isinstance(node, tree.Contents) else areas.get(id(node))
                yield _Block(short(text), bare, node.origin, area, id(node) not in tall)


def _tall_tables(document: Document) -> Iterator[tree.Table]:
    """The tables that have cells over several rows."""
    for node in tree.walk(document):
        if isinstance(node, tree.Table) and any(cell.rows > 1 for row in node.lines for cell in row.cells):
            yield node


def _designed(nodes: Sequence[tree.Node]) -> Iterator[tuple[tree.Node, tree.Role]]:
    """The outermost parts that have an area of their own, each with its role."""
    for node in nodes:
        if isinstance(node, tree.Division) and node.role in _BLEED | _WIDE:
            yield node, node.role
        else:
            yield from _designed(tree.child_blocks(node))


def _inside(node: tree.Node) -> Iterator[tree.Node]:
    yield node
    for child in tree.child_blocks(node):
        yield from _inside(child)


def _printed(inlines: Sequence[tree.Inline], *, deleted: bool = True) -> str:
    """The words of some inlines, and the marks of notes among them; those that a comparison found to be deleted, too,
    as a page has them, or not, as contents."""
    parts = []
    for inline in inlines:
        match inline:
            case tree.Text(text) | tree.Code(text):
                parts.append(text)
            case tree.LineBreak():
                parts.append("\n")
            case tree.NoteReference(number):
                parts.append(str(number))
            case tree.Changed(change=tree.Change.DELETED) if not deleted:
                pass
            case _:
                parts.append(_printed(inline.children, deleted=deleted))
    return "".join(parts)


# -- found on the pages -----------------------------------------------------------------------------------------


def _matched(texts: _Texts, blocks: Sequence[_Block]) -> tuple[_Texts, list[tuple[_Block, str]]]:
    """The texts with each block that is found, and what is wrong with blocks.

    Where many blocks are divided between pages, no order of looking may place them all. Each is there, if it is found
    when it is looked for alone, and the letters that are left over are theirs.
    """
    missing = [block for block in blocks if not texts.find(block)]
    if not missing:
        return texts, [*texts.disorder(blocks), *texts.doubles()]
    lost = Counter("".join(block.letters for block in missing))
    if not lost - texts.left() and all(len(block.letters) >= _KNOWN_BY and texts.has(block) for block in missing):
        return texts, list(texts.disorder(blocks))
    return texts, [*((block, "kommer ikke med") for block in missing), *texts.disorder(blocks), *texts.doubles()]


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
        self._found: set[int] = set()

    def with_elements(self, blocks: Iterable[_Block], elements: Iterable[Sequence[int]]) -> _Texts:
        """The same, after the blocks that are the whole text of an element have taken its stretches."""
        by_text: defaultdict[str, deque[Sequence[int]]] = defaultdict(deque)
        for numbers in elements:
            by_text["".join(self._drawn[number].text for number in numbers)].append(numbers)
        for block in blocks:
            alike = by_text.get(block.letters)
            while alike:
                numbers = alike.popleft()
                if not any(number in self._owner for number in numbers):
                    self._owner |= dict.fromkeys(numbers, block)
                    self._found.add(id(block))
                    break
        return self

    def find(self, block: _Block) -> bool:
        """Whether a block is there; it takes its stretches, so that nothing else is found in them."""
        if id(block) in self._found:
            return True
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

    def has(self, block: _Block) -> bool:
        """Whether a block is there, when it is looked for alone."""
        return _Texts(self._drawn).find(block)

    def left(self) -> Counter[str]:
        """The letters that were drawn for no block that was found."""
        return Counter("".join(one.text for number, one in enumerate(self._drawn) if number not in self._owner))

    def disorder(self, blocks: Sequence[_Block]) -> Iterator[tuple[_Block, str]]:
        """Those of the blocks, in their order, that are painted before one which they come after, on the same page, as
        far as their words stand nowhere else."""
        firsts = self._firsts()
        last = -1
        for block in blocks:
            if id(block) not in firsts or not block.in_order:
                continue
            number = firsts[id(block)]
            same_page = last >= 0 and self._drawn[number].page == self._drawn[last].page
            if same_page and number < last and self._stands_once(block, _KNOWN_BY):
                yield block, "står ikke på sin plads"
            last = max(last, number) if same_page else number

    def doubles(self) -> Iterator[tuple[_Block, str]]:
        """The blocks that are there twice on a page."""
        firsts = self._firsts()
        for page, numbers in self._by_page.items():
            more = "".join(self._drawn[number].text for number in numbers if number not in self._owner)
            here = {id(own): own for number in numbers if (own := self._owner.get(number)) is not None}
            for block in here.values() if len(more) >= _TOLD_BY else ():
                begins_here = self._drawn[firsts[id(block)]].page == page
                if begins_here and len(block.letters) >= _TOLD_BY and block.letters in more:
                    yield block, "står for mange gange"

    def _firsts(self) -> dict[int, int]:
        """The first stretch of each block, by its identity."""
        firsts: dict[int, int] = {}
        for number, block in sorted(self._owner.items()):
            firsts.setdefault(id(block), number)
        return firsts

    def _stands_once(self, block: _Block, least: int) -> bool:
        return len(block.letters) >= least and self._joined.count(block.letters) == 1

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


def _misplaced(drawn: Sequence[Drawn], page: Page, home: Mapping[int, _Block]) -> Iterator[tuple[Drawn, str]]:
    left, right = page.margin_inner_mm * _POINTS - _BESIDE, page.margin_outer_mm * _POINTS - _BESIDE
    below, above = page.margin_bottom_mm * _POINTS - _BESIDE, page.margin_top_mm * _POINTS - _BESIDE
    for one in drawn:
        width, height = one.page_size
        block = home.get(id(one))
        bleeds = block is not None and block.area in _BLEED
        # A page that lies on its side has its own margins, and so has what is designed; what runs is at either.
        beside = after = left if width > height else right
        if block is None or block.area in _BLEED | _WIDE:  # what belongs to none is page numbers and the like
            after = min(beside, page.margin_wide_mm * _POINTS - _BESIDE)
        if one.fault:
            yield one, one.fault
        elif not (left <= one.box[0] and one.box[2] <= width - after):
            yield one, "går ud over tekstens bredde"
        elif one.is_text and not bleeds and not (below <= one.box[1] and one.box[3] <= height - above):
            yield one, "går ud over tekstens højde"
        elif one.box[1] < (_EDGE if bleeds else 0) or one.box[3] > height - (_EDGE if bleeds else 0):
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
