"""What the layout program `theme/layout.typ` reads as `document.json`: the types are the contract, and what is encoded.

A key that is taken away or renamed breaks every municipality's own layout program, and the making again of what was
issued with an earlier one; a key that is added breaks none. `kind` tells what a block or an inline is.
"""

from __future__ import annotations

from typing import Literal

from docgen.structs import Struct, field
from docgen.writers.theme import Colours, Fonts, Page, Sizes

# -- inlines ----------------------------------------------------------------------------------------------------


class PieceData(Struct, frozen=True):
    """A stretch of text; `whole` = 1 where it must stay on one line, else 0."""

    text: str
    whole: Literal[0, 1]


class TextData(Struct, frozen=True, tag_field="kind", tag="text"):
    """Text of which some stretches must stay on one line."""

    pieces: list[PieceData]


class DividedData(Struct, frozen=True, tag_field="kind", tag="divided"):
    """A word that is wider than its line, to be divided by the language's patterns."""

    text: str


class OpeningData(Struct, frozen=True, tag_field="kind", tag="opening"):
    """A place inside a word where a line may end without a hyphen."""


class CodeData(Struct, frozen=True, tag_field="kind", tag="code"):
    """Text of fixed width, in a line or as a block."""

    text: str


class EmphasisData(Struct, frozen=True, tag_field="kind", tag="emphasis"):
    """Stressed text (italic)."""

    children: list[InlineData]


class StrongData(Struct, frozen=True, tag_field="kind", tag="strong"):
    """Important text (bold)."""

    children: list[InlineData]


class BadgeData(Struct, frozen=True, tag_field="kind", tag="badge"):
    """A status in the colour of its tone: `good`, `warning`, `bad` or `neutral`."""

    children: list[InlineData]
    tone: str


class SpanData(Struct, frozen=True, tag_field="kind", tag="span"):
    """Inlines that are drawn as they are."""

    children: list[InlineData]


class LinkData(Struct, frozen=True, tag_field="kind", tag="link"):
    """A link to an address, or to `#anchor` in the same document."""

    children: list[InlineData]
    target: str


class BreakData(Struct, frozen=True, tag_field="kind", tag="break"):
    """A new line inside a paragraph."""


class NoteMarkData(Struct, frozen=True, tag_field="kind", tag="note"):
    """A mark that points to note `number` (from 1); `first` where no mark before it does."""

    number: int
    first: bool


InlineData = (
    str
    | TextData
    | DividedData
    | OpeningData
    | CodeData
    | EmphasisData
    | StrongData
    | BadgeData
    | SpanData
    | LinkData
    | BreakData
    | NoteMarkData
)

# -- blocks -----------------------------------------------------------------------------------------------------


class _Block(Struct, frozen=True, kw_only=True, tag_field="kind"):
    """What every block has: whether it stays on the page of the block after it, and whether a title comes after it."""

    sticky: bool = False
    before_title: bool = False


class TitleData(_Block, frozen=True, tag="title"):
    """The document's title."""

    children: list[InlineData]
    anchor: str


class HeadingData(_Block, frozen=True, tag="heading"):
    """A heading of level 1 to 5."""

    level: int
    children: list[InlineData]
    anchor: str


class ParagraphData(_Block, frozen=True, tag="paragraph"):
    """Running text; `simple` where its lines are to be filled one by one, for it holds a very long word."""

    children: list[InlineData]
    simple: bool


class ItemData(Struct, frozen=True):
    """An item of a list; a `short` one is never divided between pages, nor a card that `fits` on one."""

    blocks: list[BlockData]
    anchor: str
    short: bool
    fits: bool


class ListData(_Block, frozen=True, tag="list"):
    """A list; `whole` where it should stand on one page, `nested` where it stands in another list."""

    whole: bool
    items: list[ItemData]
    ordered: bool
    start: int
    tight: bool
    nested: bool


class CellData(Struct, frozen=True, omit_defaults=True):
    """A cell; `breakable` where its row may be divided between pages.

    It takes `columns` columns of `rows` rows; 0 where another cell does, and it is empty. `alignment` is its own (empty
    = its column's), `level` how far it is set in. What it has as `blocks` stands in `cell` in lines, too.
    """

    cell: list[InlineData]
    breakable: bool
    columns: int = 1
    rows: int = 1
    alignment: str = ""
    level: int = 0
    blocks: list[BlockData] = field(default_factory=list)


class TableData(_Block, frozen=True, tag="table"):
    """A table: its columns' alignment (`left`, `right`, `center`) and share of the width, `repeat` where the header is
    to stand on every page, its caption (empty = none), and `whole` where it is surely short enough for one page.

    `header` is the words of the first row, `head` its cells where one takes several columns or rows (else empty). Of
    the `rows` under it the first `subheaders` are of the head and the last `feet` the foot; `kinds` is what each is,
    `plain`, `section` (a heading) or `total` (empty = all plain). `fixed` is the columns' whole widths in points where
    the table is a tight fit (empty = by `widths`), and `scale` its type against a common table's; `landscape` where it
    needs a page that lies on its side, with its `source` on it."""

    alignments: list[str]
    widths: list[int]
    repeat: bool
    header: list[list[InlineData]]
    rows: list[list[CellData]]
    caption: list[InlineData]
    anchor: str
    whole: bool
    fixed: list[float]
    scale: float
    landscape: bool
    source: list[BlockData]
    head: list[CellData]
    subheaders: int
    feet: int
    kinds: list[str]


class FigureData(_Block, frozen=True, tag="figure"):
    """A picture: the file as text or as the numbers of its bytes, its `format` (`svg`, `png`, `jpg`, null = not known),
    text alternative and caption (empty = none)."""

    format: str | None
    data: str | list[int]
    alt: str
    caption: list[InlineData]
    anchor: str


class QuoteData(_Block, frozen=True, tag="quote"):
    """Somebody else's words."""

    blocks: list[BlockData]


class CodeBlockData(_Block, frozen=True, tag="code"):
    """Lines of fixed width."""

    text: str


class DivisionData(_Block, frozen=True, tag="division"):
    """Blocks that stand together in a role, such as `cover` or `note`."""

    role: str
    blocks: list[BlockData]


class FieldData(Struct, frozen=True):
    """One line of a field table."""

    label: list[InlineData]
    value: list[InlineData]


class FieldTableData(_Block, frozen=True, tag="fields"):
    """Labels and values side by side."""

    fields: list[FieldData]


class ContentsData(_Block, frozen=True, tag="contents"):
    """The table of contents with its title, headings down to level `depth`."""

    title: str
    depth: int


class PageBreakData(_Block, frozen=True, tag="pagebreak"):
    """A new page."""


BlockData = (
    TitleData
    | HeadingData
    | ParagraphData
    | ListData
    | TableData
    | FigureData
    | QuoteData
    | CodeBlockData
    | DivisionData
    | FieldTableData
    | ContentsData
    | PageBreakData
)

# -- the document, its look and its place in a pack -------------------------------------------------------------


class DocumentData(Struct, frozen=True, kw_only=True):
    """The document. `date` is year, month and day; `language` language and country (`da`, `DK`); `running_title` stands
    at the head of every page; `notes` are the blocks of each footnote."""

    title: str
    running_title: str
    author: str
    subject: str
    keywords: list[str]
    date: tuple[int, int, int]
    language: tuple[str, str]
    header: str
    footer: str
    mark: str
    blocks: list[BlockData]
    notes: list[list[BlockData]]


class ThemeData(Struct, frozen=True, kw_only=True):
    """The theme's own colours, fonts, page and sizes, all of them, and what is made of the rest.

    `page_number` is the words of the foot, with `{page}` and `{pages}` as words of their own; `fingerprint` what stands
    beside a draft's mark; `divide` whether words may be divided at line ends, and `keep_whole` a regular expression of
    those that may not (`""` = none); `source_description` what the embedded source is.
    """

    colours: Colours
    fonts: Fonts
    page: Page
    sizes: Sizes
    page_number: list[str]
    fingerprint: str
    divide: bool
    keep_whole: str
    source_description: str


class Divider(Struct, frozen=True):
    """The page before an annex: its `label` (`Bilag 1`), its title, a small `note` (`""` = none), and the bookmark with
    its `level`; the document's headings lie under it."""

    label: str
    title: str
    bookmark: str
    note: str = ""
    level: int = 1


class RunningData(Struct, frozen=True):
    """The numbering through a whole pack: its label (`""` = none), and how many foreign pages come before this part."""

    label: str
    inserted: int


class PartData(Struct, frozen=True, kw_only=True):
    """The document's place in the PDF: `alone`, or `first` of several, or one of the rest, which has a divider.
    `prefix` is before the names of its anchors, `label` before its page numbers; its headings lie `shift` levels down.
    """

    alone: bool
    first: bool
    prefix: str
    shift: int
    label: str
    divider: Divider | None
    running: RunningData


class LayoutInput(Struct, frozen=True):
    """The whole of `document.json`."""

    document: DocumentData
    theme: ThemeData
    part: PartData


ALONE = PartData(alone=True, first=True, prefix="", shift=0, label="", divider=None, running=RunningData("", 0))
"""The place of a document that is a PDF by itself."""
