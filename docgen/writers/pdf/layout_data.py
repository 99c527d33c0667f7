"""Document tree -> what the layout program `theme/layout.typ` reads, as `layout_contract` has it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import assert_never

from docgen.content.fields import without_places
from docgen.structs import replace
from docgen.tree import document as tree
from docgen.tree.document import Block, Document, Inline
from docgen.tree.table_shape import Shape, shape_of
from docgen.writers.pdf import layout_contract as layout
from docgen.writers.pdf.heights import Room, height_of, room_of, wide_room_of
from docgen.writers.pdf.layout_contract import BlockData, InlineData, LayoutInput
from docgen.writers.pdf.table_data import fits, table_data
from docgen.writers.table_fit import widest_word
from docgen.writers.text_widths import FIXED, SPACES, width_of
from docgen.writers.theme import Theme

SOURCE_DESCRIPTION = "Dokumentets kilde: indhold og skabeloner, som det er bygget af"
SHORT_ITEM = 700  # characters; a list item of fewer is not cut at a page's end
SHORT_LIST = 2000  # characters; an overview of fewer stands on one page
LABEL_MM = 34  # the labels of a field table
WIDEST = 1.0  # em; no letter is wider
LONG_WORD = 0.4
"""Of a line. Typst's best lines (`linebreaks: "optimized"`) count one that is too long as cheaper than one that is far
too short, which a word of more may cost; lines that are filled one by one are never too long."""
# A part after an abbreviation (SKI-aftale) stays on its line. Found here: a show rule in Typst costs ten times as much.
_ABBREVIATED = re.compile(r"(\b[A-ZÆØÅ]{2,5}-[^\W\d_]{1,14})")


def layout_data(document: Document, theme: Theme, part: layout.PartData = layout.ALONE) -> LayoutInput:
    """What the layout program reads: the tree and the theme, and the document's place in the PDF."""
    return LayoutInput(_Writer(room_of(theme), theme).write_document(document), _theme(theme, document), part)


def _theme(theme: Theme, document: Document) -> layout.ThemeData:
    words, hyphenation = theme.words, theme.hyphenation
    return layout.ThemeData(
        colours=without_places(theme.colours),
        fonts=without_places(theme.fonts),
        page=without_places(theme.page),
        sizes=without_places(theme.sizes),
        page_number=[part for part in re.split(r"(\{pages?\})", words.page_number) if part],
        fingerprint=words.draft_fingerprint.replace("{fingerprint}", document.fingerprint),
        divide=hyphenation.divide,
        keep_whole=_keep_whole(hyphenation.keep_whole) if hyphenation.divide else "",
        source_description=SOURCE_DESCRIPTION,
    )


def _keep_whole(patterns: Sequence[str]) -> str:
    """One regular expression for whole words that must not be divided; `*` in a pattern is any letters."""
    words = [re.escape(pattern).replace(r"\*", r"[\p{L}-]*") for pattern in patterns]
    return rf"(?i)\b(?:{'|'.join(words)})\b" if words else ""


class _Writer:
    """Makes the data of one document; remembers which notes have been pointed to.

    Long: a method for each sort of block and inline, which share where they stand and how wide that is.
    """

    def __init__(self, room: Room, theme: Theme) -> None:
        self._pointed_to: set[int] = set()
        self._room = self._page = room
        self._theme = theme
        self._line = room.width  # in em of the type that is being written
        self._size = theme.sizes.text_pt

    def write_document(self, document: Document) -> layout.DocumentData:
        language, country = [*document.language.split("-"), "DK"][:2]
        return layout.DocumentData(
            title=document.title,
            running_title=document.running_title,
            author=document.author,
            subject=document.subject,
            keywords=list(document.keywords),
            date=(document.date.year, document.date.month, document.date.day),
            language=(language, country),
            header=document.header,
            footer=document.footer,
            mark=document.mark,
            blocks=self.blocks(document.blocks),
            notes=[self._inside(note.blocks) for note in document.notes],
        )

    def blocks(self, blocks: Sequence[Block], nested: bool = False) -> list[BlockData]:
        """Blocks that stand after each other, inside a list item where they are `nested`."""
        title = next((number for number, block in enumerate(blocks) if isinstance(block, tree.Title)), 0)
        written: list[BlockData] = []
        for number, block in enumerate(blocks):
            following = blocks[number + 1] if number + 1 < len(blocks) else None
            found = self.write_block(block, nested)
            before = written[-1] if written else None
            if isinstance(before, layout.TableData) and before.landscape and _is_source(block):
                written[-1] = replace(before, source=[found])
                continue
            sticky, before_title = _keeps(block, following), number < title
            written.append(
                replace(found, sticky=sticky, before_title=before_title) if sticky or before_title else found
            )
        return written

    def write_block(self, block: Block, nested: bool = False) -> BlockData:
        sizes = self._theme.sizes
        match block:
            case tree.Title(children=children):
                return layout.TitleData(children=self._sized(children, sizes.title_pt), anchor=block.anchor)
            case tree.Heading(level=level, children=children):
                return layout.HeadingData(
                    level=level, children=self._sized(children, sizes.heading_pt[level - 1]), anchor=block.anchor
                )
            case tree.Paragraph(children=children):
                line = self._room.width * sizes.text_pt / self._size
                simple = widest_word(children) > LONG_WORD * line
                return layout.ParagraphData(children=self.inlines(children, line), simple=simple)
            case tree.List():
                return self._list(block, nested)
            case tree.Table():
                return self._table(block)
            case tree.Figure():
                return self._figure(block)
            case tree.Quote(blocks=blocks):
                return layout.QuoteData(blocks=self._inside(blocks))
            case tree.CodeBlock(text=text):
                return layout.CodeBlockData(text=text)
            case tree.Division(role=role, blocks=blocks):
                return layout.DivisionData(role=str(role), blocks=self._division(role, blocks))
            case tree.FieldTable(fields=fields):
                return layout.FieldTableData(fields=[self._field(row) for row in fields])
            case tree.Contents(title=title, depth=depth):
                return layout.ContentsData(title=title, depth=depth)
            case tree.PageBreak():
                return layout.PageBreakData()
            case _:
                assert_never(block)

    def _inside(self, blocks: Sequence[Block], nested: bool = False) -> list[BlockData]:
        """Blocks that have less room than what they stand in."""
        outer, self._room = self._room, self._room.inside()
        written = self.blocks(blocks, nested)
        self._room = outer
        return written

    def _division(self, role: tree.Role, blocks: Sequence[Block]) -> list[BlockData]:
        """The blocks of a role, some of which have larger type."""
        sizes, outer = self._theme.sizes, self._size
        larger = {tree.Role.STATEMENT: sizes.lead_pt * 1.18, tree.Role.LEAD: sizes.lead_pt, tree.Role.COVER: 15.0}
        self._size = larger.get(role, outer)
        written = self._inside(blocks)
        self._size = outer
        return written

    def _field(self, row: tree.FieldRow) -> layout.FieldData:
        label = LABEL_MM / 25.4 * 72 / self._theme.sizes.text_pt
        return layout.FieldData(
            self.inlines(row.label, label - 0.5), self.inlines(row.value, max(self._room.width - label, 4.0))
        )

    def _sized(self, inlines: Sequence[Inline], size: float) -> list[InlineData]:
        """Inlines set with type of a size in points, in the room where they stand."""
        return self.inlines(inlines, self._room.width * self._theme.sizes.text_pt / size)

    def _list(self, block: tree.List, nested: bool) -> layout.ListData:
        short = sum(_length(item) for item in block.items) <= SHORT_LIST
        return layout.ListData(
            whole=short and self._room.holds(height_of(block, self._room)),
            items=[self._item(item) for item in block.items],
            ordered=block.ordered,
            start=block.start,
            tight=block.tight,
            nested=nested,
        )

    def _item(self, item: tree.ListItem) -> layout.ItemData:
        fits = self._room.holds(height_of(item, self._room))
        short = fits and _length(item) <= SHORT_ITEM and len(item.blocks) == 1
        return layout.ItemData(self._inside(item.blocks, nested=True), item.anchor, short, fits)

    def _table(self, block: tree.Table) -> layout.TableData:
        shape = shape_of(block)
        if self._room is not self._page or fits(shape, self._theme, self._room):
            return self._table_here(block, shape)
        self._room = wide_room_of(self._theme)
        written = replace(self._table_here(block, shape), landscape=True)
        self._room = self._page
        return written

    def _table_here(self, block: tree.Table, shape: Shape) -> layout.TableData:
        return table_data(block, shape, self._theme, self._room, self)

    def cell_blocks(self, blocks: Sequence[Block], width: float) -> list[BlockData]:
        """The blocks in a cell that is so wide, in em of running text. None is kept whole: where it may be divided is
        for its row to say."""
        outer, self._room = self._room, replace(self._room, width=width, height=0.0)
        written = self.blocks(blocks, nested=True)
        self._room = outer
        return written

    def _figure(self, block: tree.Figure) -> layout.FigureData:
        return layout.FigureData(
            format={"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpg"}.get(block.media_type),
            data=file_as_json(block.data),
            alt=block.alt,
            caption=self._sized(block.caption.shown, self._theme.sizes.text_pt) if block.caption else [],
            anchor=block.anchor,
        )

    def inlines(self, inlines: Sequence[Inline], line: float | None = None) -> list[InlineData]:
        """Inlines, on lines of a width in em where it is given."""
        if line is not None:
            self._line = line
        shown = tree.as_shown(inlines)
        if line is None or len(shown) == 1 or widest_word(shown) <= line:
            return [self.write_inline(inline) for inline in shown]
        # A word that is too wide because it goes on from one inline into the next.
        self._line = line / 2
        return [part for inline in shown for part in (layout.OpeningData(), self.write_inline(inline))][1:]

    def write_inline(self, inline: Inline) -> InlineData:
        match inline:
            case tree.Text(text):
                return _text(text, self._line)
            case tree.Code(text):
                return _code(text, self._line)
            case tree.Emphasis(children):
                return layout.EmphasisData(self.inlines(children))
            case tree.Strong(children):
                return layout.StrongData(self.inlines(children))
            case tree.Badge(children, tone):
                return layout.BadgeData(self.inlines(children), tone.value)
            case tree.Span(children):
                return layout.SpanData(self.inlines(children))
            case tree.Link(children, target):
                return layout.LinkData(self.inlines(children), target)
            case tree.LineBreak():
                return layout.BreakData()
            case tree.NoteReference(number):
                first = number not in self._pointed_to
                self._pointed_to.add(number)
                return layout.NoteMarkData(number, first)
            case _:
                assert_never(inline)


def _keeps(block: Block, following: Block | None) -> bool:
    """Whether a block stays on the page of the one after it: a lead-in before its list, a table before its source."""
    if isinstance(block, tree.Paragraph):
        return isinstance(following, tree.List)
    return isinstance(block, tree.Table) and _is_source(following)


def _is_source(block: Block | None) -> bool:
    return isinstance(block, tree.Division) and block.role is tree.Role.CAPTION


def _text(text: str, line: float) -> InlineData:
    if len(text) * WIDEST > line and any(width_of(word) > line for word in SPACES.split(text)):
        return layout.SpanData(list(_divided(text, line)))
    pieces = _ABBREVIATED.split(text)
    if len(pieces) == 1:
        return text
    return layout.TextData([layout.PieceData(piece, 1 if number % 2 else 0) for number, piece in enumerate(pieces)])


def _code(text: str, line: float) -> InlineData:
    if all(width_of(FIXED * len(word)) <= line for word in text.split()):
        return layout.CodeData(text)
    pieces = re.findall(r"\w{1,8}\s*|\W\s*", text)
    parts = [part for piece in pieces for part in (layout.OpeningData(), layout.CodeData(piece))]
    return layout.SpanData(list(parts[1:]))


def _divided(text: str, line: float) -> Iterator[InlineData]:
    """A text whose words that are wider than a line may be divided: by the language's patterns, or at any sign where
    they are no words, as addresses are not."""
    for part in re.split(f"({SPACES.pattern})", text):
        if width_of(part) <= line:
            yield part
        elif re.fullmatch(r"[^\W\d_]+(?:[-–][^\W\d_]+)*[-.,:;!?)”]*", part):
            yield layout.DividedData(part)
        else:
            for number, piece in enumerate(re.findall(r"\w{1,6}|\W", part)):
                if number:
                    yield layout.OpeningData()
                yield piece


def file_as_json(data: bytes) -> str | list[int]:
    """A file as JSON can hold it; the layout program makes bytes of either."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return list(data)


def _length(item: tree.ListItem) -> int:
    return sum(len(tree.plain_text(block.children)) for block in item.blocks if isinstance(block, tree.Paragraph))
