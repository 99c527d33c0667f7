"""What the layout program `theme/layout.typ` reads as `document.json`: the types are the contract, and what is encoded.

A key that is taken away or renamed breaks every municipality's own layout program, and the making again of what was
issued with an earlier one; a key that is added breaks none. `kind` tells what a block or an inline is.
"""

from __future__ import annotations

from docgen.structs import Struct, field
from docgen.writers.pdf.layout_inlines import InlineData
from docgen.writers.theme import Colours, Fonts, Page, Sizes

# -- blocks -----------------------------------------------------------------------------------------------------


class _Block(Struct, frozen=True, kw_only=True, tag_field="kind"):
    """What every block has: whether it stays on the page of the block after it, whether a title comes after it, if a
    comparison found all of it (`inserted`, `deleted`) or something in it (`within`) changed, and the number of its
    place where that is asked for (0 = it is not)."""

    sticky: bool = False
    before_title: bool = False
    change: str = ""
    mark: int = 0


class TitleData(_Block, frozen=True, tag="title"):
    """The document's title."""

    children: list[InlineData]
    anchor: str


class HeadingData(_Block, frozen=True, tag="heading"):
    """A heading of level 1 to 5; `title` is its name in contents and bookmarks where a comparison changed its words."""

    level: int
    children: list[InlineData]
    anchor: str
    title: str = ""


class ParagraphData(_Block, frozen=True, tag="paragraph"):
    """Running text; `simple` where its lines are to be filled one by one, for it holds a very long word."""

    children: list[InlineData]
    simple: bool


class ItemData(Struct, frozen=True):
    """An item of a list; a `short` one is never divided between pages, nor a card that `fits` on one.

    `number` (0 = none) and `icon` (empty = none) are those of the chapter that it stands for, `weight` its share of the
    room as a key figure (0 = none).
    """

    blocks: list[BlockData]
    anchor: str
    short: bool
    fits: bool
    number: int = 0
    icon: str = ""
    weight: float = 0.0


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
    = its column's), `level` how far it is set in. What it has as `blocks` stands in `cell` in lines, too; `mark` is
    as a block's.
    """

    cell: list[InlineData]
    breakable: bool
    columns: int = 1
    rows: int = 1
    alignment: str = ""
    level: int = 0
    blocks: list[BlockData] = field(default_factory=list)
    mark: int = 0


class TableData(_Block, frozen=True, tag="table"):
    """A table: its columns' alignment (`left`, `right`, `center`) and share of the width, `repeat` where the header is
    to stand on every page, its caption (empty = none), and `whole` where it is surely short enough for one page.

    `header` is the words of the first row, `head` its cells where one takes several columns or rows (else empty). Of
    the `rows` under it the first `subheaders` are of the head and the last `feet` the foot; `kinds` is what each is,
    `plain`, `section` (a heading) or `total` (empty = all plain). `fixed` is the columns' whole widths in points where
    the table is a tight fit (empty = by `widths`), `least` what the columns take that are not of running text where
    tables like it have the same (empty = what they need), and `scale` its type against a common table's; `landscape`
    where it needs a page that lies on its side, with its `source` on it."""

    alignments: list[str]
    widths: list[int]
    repeat: bool
    header: list[list[InlineData]]
    rows: list[list[CellData]]
    caption: list[InlineData]
    anchor: str
    whole: bool
    fixed: list[float]
    least: list[float]
    scale: float
    landscape: bool
    source: list[BlockData]
    head: list[CellData]
    subheaders: int
    feet: int
    kinds: list[str]


class FigureData(_Block, frozen=True, tag="figure"):
    """A picture: the file as text or as the numbers of its bytes, its `format` (`svg`, `png`, `jpg`, null = not known),
    text alternative and caption (empty = none); one that is `decorative` has neither and is an artifact. Where it has a
    `file`, that is the name of one that lies beside this, and the data are empty."""

    format: str | None
    data: str | list[int]
    alt: str
    decorative: bool
    caption: list[InlineData]
    anchor: str
    file: str = ""


class QuoteData(_Block, frozen=True, tag="quote"):
    """Somebody else's words."""

    blocks: list[BlockData]


class CodeBlockData(_Block, frozen=True, tag="code"):
    """Lines of fixed width."""

    text: str


class DivisionData(_Block, frozen=True, tag="division"):
    """Blocks that stand together in a role, such as `cover` or `note`; a chapter has a `number` (0 = none), which gives
    it its colour, and an `icon` (empty = none). Of what stands in two columns, `split` is the number, from 0, of the
    section that begins the second one (0 = there are not two)."""

    role: str
    blocks: list[BlockData]
    number: int = 0
    icon: str = ""
    split: int = 0


class FieldData(Struct, frozen=True):
    """One line of a field table; `mark` is as a block's."""

    label: list[InlineData]
    value: list[InlineData]
    mark: int = 0


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


class ChapterData(Struct, frozen=True):
    """A chapter that has a number: that, its icon (empty = none), and the anchor of its heading (empty = none)."""

    number: int
    icon: str
    anchor: str


class DocumentData(Struct, frozen=True, kw_only=True):
    """The document. `date` is year, month and day; `language` language and country (`da`, `DK`); `running_title` stands
    at the head of every page; `notes` are the blocks of each footnote, `chapters` those with a number."""

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
    chapters: list[ChapterData]


class PictureData(Struct, frozen=True):
    """A file of the theme, as text or as the numbers of its bytes, with its `format` (`svg`, `png`, `jpg`) and what it
    says to those who cannot see it (empty = it says nothing)."""

    format: str
    data: str | list[int]
    alt: str = ""


class ThemeData(Struct, frozen=True, kw_only=True):
    """The theme's own colours, fonts, page and sizes, all of them, and what is made of the rest.

    `page_number` is the words of the foot, with `{page}` and `{pages}` as words of their own; `fingerprint` what stands
    beside a draft's mark; `divide` whether words may be divided at line ends, and `keep_whole` a regular expression of
    those that may not (`""` = none); `source_description` what the embedded source is. `palette` has at least one
    colour, `shade` is the accent as light as white can be read on, `icons` are SVG files by name, those that are used.
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
    palette: list[str]
    shade: str
    icons: dict[str, str]
    logo_on_dark: PictureData | None
    cover: PictureData | None
    cover_credit: str


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


class PackData(Struct, frozen=True):
    """What the first part shows of a whole pack: its cover with `label` (`Mødemappe`; `""` = no cover), and beside each
    link to another part the page where it begins. `inserted` has how many foreign pages come before a part, by its
    prefix, which is also the name of its divider."""

    label: str
    inserted: dict[str, int]


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
    pack: PackData | None = None


class LayoutInput(Struct, frozen=True):
    """The whole of `document.json`. Where it is `marked`, the layout program tells where each mark stands, and how long
    the document is, as metadata with the label `docgen-sheets`. `pull` is by what the space between lines and blocks is
    multiplied: less than 1 pulls a document together that has but a few lines on its last page."""

    document: DocumentData
    theme: ThemeData
    part: PartData
    marked: bool = False
    pull: float = 1.0


ALONE = PartData(alone=True, first=True, prefix="", shift=0, label="", divider=None, running=RunningData("", 0))
"""The place of a document that is a PDF by itself."""
