"""Document tree -> what the layout program `theme/layout.typ` reads, as `layout_contract` has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import assert_never

from docgen.problems import Origin
from docgen.structs import replace
from docgen.tree import document as tree
from docgen.tree.document import Block, Document, Inline
from docgen.tree.lead_ins import leads
from docgen.tree.table_shape import Shape, shape_of
from docgen.writers import svg_text
from docgen.writers.heading_levels import with_unbroken_levels
from docgen.writers.marks import Marks
from docgen.writers.pdf import layout_contract as layout
from docgen.writers.pdf.heights import Room, height_of, room_of, split_of, wide_room_of
from docgen.writers.pdf.inline_writer import InlineWriter
from docgen.writers.pdf.layout_contract import BlockData, LayoutInput
from docgen.writers.pdf.layout_inlines import InlineData
from docgen.writers.pdf.layout_text import without_runt
from docgen.writers.pdf.layout_theme import file_as_json, theme_data
from docgen.writers.pdf.table_data import fits, table_data
from docgen.writers.sibling_tables import sibling_tables
from docgen.writers.table_fit import widest_word
from docgen.writers.theme import Theme

SHORT_ITEM = 700  # characters; a list item of fewer is not cut at a page's end
SHORT_LIST = 2000  # characters; an overview of fewer stands on one page
LABEL_MM = 34  # the labels of a field table
LONG_WORD = 0.4
"""Of a line. Typst's best lines (`linebreaks: "optimized"`) count one that is too long as cheaper than one that is far
too short, which a word of more may cost; lines that are filled one by one are never too long."""


def layout_data(
    document: Document,
    theme: Theme,
    part: layout.PartData = layout.ALONE,
    files: Mapping[str, bytes] = MappingProxyType({}),
    marks: Marks | None = None,
    pictures: dict[str, bytes] | None = None,
) -> LayoutInput:
    """What the layout program reads: the tree and the theme, and the document's place in the PDF; `files` is the
    templates folder, where the theme's pictures are. With `marks` each block and cell has the number of its place, and
    with `pictures` the figures are put there as files of their own, which are named by number."""
    written = _Writer(room_of(theme), theme, marks, pictures).write_document(with_unbroken_levels(document))
    return LayoutInput(written, theme_data(theme, document, files), part, marks is not None)


_IN_COLUMNS = frozenset((tree.Role.CHAPTER, tree.Role.COLUMNS, tree.Role.KEY_FIGURES))
_COLUMN = 0.46  # of the text's width, a column of two; a focus inside a chapter is as narrow


class _Writer:
    """Makes the data of one document's blocks, which share where they stand and how wide that is."""

    def __init__(self, room: Room, theme: Theme, marks: Marks | None, pictures: dict[str, bytes] | None) -> None:
        self._marks, self._pictures = marks, pictures
        self._room = self._page = room
        self._theme = theme
        self._siblings: Mapping[int, Shape] = {}
        self.inlines = InlineWriter(room.width).write
        """Inlines as data, on lines of a width in em of their type where it is given."""
        self._size = theme.sizes.text_pt

    def write_document(self, document: Document) -> layout.DocumentData:
        language, country = [*document.language.split("-"), "DK"][:2]
        self._siblings = sibling_tables(document.blocks)
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
            chapters=list(_chapters(document)),
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
            sticky, before_title = _keeps(block, following, found), number < title
            change, mark = _change_of(block), self.mark(block.origin)
            if sticky or before_title or change or mark:
                found = replace(found, sticky=sticky, before_title=before_title, change=change, mark=mark)
            written.append(found)
        return written

    def write_block(self, block: Block, nested: bool = False) -> BlockData:
        sizes = self._theme.sizes
        match block:
            case tree.Title(children=children):
                return layout.TitleData(children=self._sized(children, sizes.title_pt), anchor=block.anchor)
            case tree.Heading(level=level, children=children):
                return layout.HeadingData(
                    level=level,
                    children=self._sized(children, sizes.heading_pt[level - 1]),
                    anchor=block.anchor,
                    title=_title_of(block),
                )
            case tree.Paragraph(children=children):
                line = self._room.width * sizes.text_pt / self._size
                simple = widest_word(children) > LONG_WORD * line
                return layout.ParagraphData(children=self.inlines(without_runt(children), line), simple=simple)
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
                return layout.DivisionData(
                    role=str(role),
                    blocks=self._division(role, blocks),
                    number=block.number,
                    icon=str(block.icon),
                    split=split_of(blocks, self._column) if role is tree.Role.COLUMNS else 0,
                )
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
        sizes, outer, room = self._theme.sizes, self._size, self._room
        larger = {tree.Role.STATEMENT: sizes.lead_pt * 1.18, tree.Role.LEAD: sizes.lead_pt, tree.Role.COVER: 15.0}
        self._size = larger.get(role, outer)
        if role not in _IN_COLUMNS:
            written = self._inside(blocks)
        else:
            self._size, self._room = sizes.column_pt, self._column
            written = []
            for block in blocks:
                banner = role is tree.Role.CHAPTER and _is_banner(block)
                written += self.blocks([block]) if not banner else self._whole_width([block], room)
        self._size, self._room = outer, room
        return written

    @property
    def _column(self) -> Room:
        """The room in one of two columns."""
        return Room(self._room.width * _COLUMN, self._room.height)

    def _whole_width(self, blocks: Sequence[Block], room: Room) -> list[BlockData]:
        narrow, self._room = self._room, room
        written = self.blocks(blocks)
        self._room = narrow
        return written

    def _field(self, row: tree.FieldRow) -> layout.FieldData:
        label = LABEL_MM / 25.4 * 72 / self._theme.sizes.text_pt
        return layout.FieldData(
            self.inlines(row.label, label - 0.5),
            self.inlines(row.value, max(self._room.width - label, 4.0)),
            self.mark(row.origin),
        )

    def mark(self, origin: Origin) -> int:
        """The number of a place; 0 where places are not marked."""
        return self._marks.number(origin) if self._marks is not None else 0

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
        written = self._inside(item.blocks, nested=True)
        return layout.ItemData(written, item.anchor, short, fits, item.number, str(item.icon), item.weight)

    def _table(self, block: tree.Table) -> layout.TableData:
        shape = shape_of(block)
        if self._room is not self._page or fits(shape, self._theme, self._room):
            return self._table_here(block, shape)
        self._room = wide_room_of(self._theme)
        written = replace(self._table_here(block, shape), landscape=True)
        self._room = self._page
        return written

    def _table_here(self, block: tree.Table, shape: Shape) -> layout.TableData:
        like = self._siblings.get(id(block)) if self._room is self._page else None
        return table_data(block, shape, self._theme, self._room, self, like)

    def cell_blocks(self, blocks: Sequence[Block], width: float) -> list[BlockData]:
        """The blocks in a cell that is so wide, in em of running text. None is kept whole: where it may be divided is
        for its row to say."""
        outer, self._room = self._room, replace(self._room, width=width, height=0.0)
        written = self.blocks(blocks, nested=True)
        self._room = outer
        return written

    def _figure(self, block: tree.Figure) -> layout.FigureData:
        picture, file = svg_text.shown(block, self._theme.fonts.text), ""
        data = file_as_json(picture)
        if self._pictures is not None and isinstance(data, str):
            # A file in memory must be text (typst-py 0.15): a photograph is told with the document, as in a PDF.
            file = f"figur-{len(self._pictures) + 1}"
            self._pictures[file], data = picture, ""
        return layout.FigureData(
            format={"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpg"}.get(block.media_type),
            data=data,
            alt=block.alt,
            decorative=block.decorative,
            caption=self._sized(block.caption.shown, self._theme.sizes.text_pt) if block.caption else [],
            anchor=block.anchor,
            file=file,
        )


def _is_banner(block: Block) -> bool:
    """Whether a block of a chapter stands in its band, over both columns."""
    is_statement = isinstance(block, tree.Division) and block.role is tree.Role.STATEMENT
    return is_statement or (isinstance(block, tree.Heading) and block.level == 1)


def _chapters(document: Document) -> Iterator[layout.ChapterData]:
    for node in tree.walk(document):
        if isinstance(node, tree.Division) and node.role is tree.Role.CHAPTER and node.number:
            first = next((block for block in node.blocks if isinstance(block, tree.Heading)), None)
            yield layout.ChapterData(node.number, str(node.icon), first.anchor if first else "")


def _keeps(block: Block, following: Block | None, written: BlockData) -> bool:
    """Whether a block stays on the page of the one after it: a lead-in before its words, a table before its source,
    unless it may be divided, for Typst moves what keeps to the next as a whole."""
    if isinstance(block, tree.Paragraph):
        return leads(block, following)
    return _is_source(following) and isinstance(written, layout.TableData) and written.whole


def _title_of(heading: tree.Heading) -> str:
    if not _change_of(heading):
        return ""
    return " ".join(tree.plain_text(heading.children, deleted=heading.change is tree.Change.DELETED).split())


def _change_of(block: Block) -> str:
    inside = (inline for line in tree.lines(block) for inline in tree.walk_inlines(line))
    return block.change.value or ("within" if any(isinstance(inline, tree.Changed) for inline in inside) else "")


def _is_source(block: Block | None) -> bool:
    return isinstance(block, tree.Division) and block.role is tree.Role.CAPTION


def _length(item: tree.ListItem) -> int:
    return sum(len(tree.plain_text(block.children)) for block in item.blocks if isinstance(block, tree.Paragraph))
