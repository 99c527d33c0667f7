"""The HTML writer: the same text as the tree, well-formed, safe, and with the structure that readers rely on."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.problems import Origin, WriterError
from docgen.structs import replace
from docgen.tree.document import (
    Alignment,
    Block,
    Caption,
    Code,
    CodeBlock,
    Contents,
    Document,
    Emphasis,
    Figure,
    Heading,
    LineBreak,
    Link,
    List,
    ListItem,
    Note,
    NoteReference,
    Paragraph,
    Table,
    TableCell,
    TableRow,
    Text,
    Title,
    texts,
)
from docgen.writers.colours import contrast
from docgen.writers.html.style import theme_css
from docgen.writers.html.writer import write_document
from docgen.writers.theme import Theme, load_theme
from tests.support.contents import ROOT
from tests.support.html_reading import Element, html_elements, html_texts
from tests.support.trees import every_node

TEMPLATES = ROOT / "templates"
FILES = {path.relative_to(TEMPLATES).as_posix(): path.read_bytes() for path in TEMPLATES.rglob("*") if path.is_file()}
THEME = load_theme(FILES)
ORIGIN = Origin("content/a.yaml", 7, 3)


def _document(*blocks: Block, notes: tuple[Note, ...] = (), title: str = "Titel") -> Document:
    return Document(
        id="example/a",
        title=title,
        date=date(2022, 12, 1),
        blocks=(Title((Text(title),), anchor="titel"), *blocks),
        notes=notes,
    )


def _elements(*blocks: Block, notes: tuple[Note, ...] = ()) -> list[Element]:
    return html_elements(write_document(_document(*blocks, notes=notes), THEME, FILES))


def _tagged(elements: list[Element], *tags: str) -> list[Element]:
    return [element for element in elements if element.tag in tags]


def _row(*cells: str) -> TableRow:
    return TableRow(tuple(TableCell((Text(cell),)) for cell in cells))


def _problems(document: Document, files: dict[str, bytes] = FILES, theme: Theme = THEME) -> list[str]:
    with pytest.raises(WriterError) as caught:
        write_document(document, theme, files)
    return [str(problem) for problem in caught.value.problems]


@pytest.fixture(scope="module")
def page() -> list[Element]:
    """The elements of the document with every node."""
    return html_elements(write_document(every_node(), THEME, FILES))


# -- text -------------------------------------------------------------------------------------------------------


def test_texts_are_those_of_the_tree() -> None:
    document = every_node()
    assert html_texts(write_document(document, THEME, FILES)) == list(texts(document))


HOSTILE = (
    "<script>alert(1)</script>",
    "</style></main></body>",
    "\"'><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt; &amp;amp; &#60;",
    "<!-- ]]> -->",
    "*/ } body { display: none }",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    inlines = (Text(text), Code(text), Emphasis((Text(text),)), Link((Text(text),), "https://a.dk/?" + text))
    document = replace(
        _document(
            Contents(text, depth=2),
            Heading(1, inlines, anchor="a"),
            Paragraph(inlines),
            CodeBlock(text),
            Figure(b"<svg/>", "image/svg+xml", text, Caption(inlines)),
            Table(_row(text, "b"), (_row(text, text),), (Alignment.LEFT,) * 2, Caption(inlines)),
            title=text,
        ),
        author=text,
        subject=text,
        keywords=(text,),
        version=text,
        header=text,
        footer=text,
        mark=text,
        fingerprint=text,
    )
    data = write_document(document, THEME, FILES)
    assert html_texts(data) == list(texts(document))
    plain = write_document(_document(), THEME, FILES)
    assert Counter(e.tag for e in html_elements(data))["script"] == 0
    assert Counter(e.tag for e in html_elements(data))["style"] == Counter(e.tag for e in html_elements(plain))["style"]
    assert not any(name.startswith("on") for element in html_elements(data) for name in element.attributes)


@given(st.lists(st.text(), min_size=1, max_size=4), st.text())
def test_any_text_is_read_back(words: list[str], code: str) -> None:
    inlines = tuple(part for word in words for part in (Text(word), LineBreak(), Emphasis((Text(word),))))
    document = _document(Paragraph(inlines), CodeBlock(code), List((ListItem((Paragraph(inlines),)),)))
    assert html_texts(write_document(document, THEME, FILES)) == list(texts(document))


def test_the_same_document_gives_the_same_bytes() -> None:
    files = dict(reversed(FILES.items()))
    assert write_document(every_node(), THEME, FILES) == write_document(every_node(), THEME, files)


# -- structure --------------------------------------------------------------------------------------------------


def test_page_has_language_title_and_description(page: list[Element]) -> None:
    named = {e.attributes["name"]: e.attributes["content"] for e in _tagged(page, "meta") if "name" in e.attributes}
    assert _tagged(page, "html")[0].attributes["lang"] == "da"
    assert _tagged(page, "title")[0].text == "Alle dele: “<&>” æøå – Eksempel Kommune"
    assert named["description"] == "Et eksempel"
    assert named["author"] == "Eksempel Kommune"
    assert named["date"] == "2022-12-01"
    assert named["version"] == "0.1"
    assert named["viewport"] == "width=device-width, initial-scale=1"


def test_landmarks_come_once_and_in_order(page: list[Element]) -> None:
    landmarks = [e.tag for e in _tagged(page, "header", "nav", "main", "footer")]
    assert landmarks == ["header", "main", "nav", "footer"]


def test_skip_link_is_first_and_leads_to_main(page: list[Element]) -> None:
    link = _tagged(page, "a")[0]
    assert link.text == THEME.words.skip_link
    assert link.attributes["href"] == "#" + _tagged(page, "main")[0].attributes["id"]


def test_headings_are_in_order(page: list[Element]) -> None:
    levels = [int(e.tag[1]) for e in _tagged(page, "h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_ids_are_unique_and_every_internal_link_leads_somewhere(page: list[Element]) -> None:
    ids = [e.attributes["id"] for e in page if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    assert {"alle-dele", "et", "punkt-a", "tabel-1", "figur-1", "note-1"} <= set(ids)
    targets = {e.attributes["href"] for e in _tagged(page, "a") if e.attributes["href"].startswith("#")}
    assert targets <= {f"#{id}" for id in ids}
    assert {e.attributes["aria-labelledby"] for e in page if "aria-labelledby" in e.attributes} <= set(ids)


def test_frame_ids_give_way_to_anchors() -> None:
    elements = _elements(Heading(1, (Text("A"),), anchor="docgen-main"))
    ids = [e.attributes["id"] for e in elements if "id" in e.attributes]
    assert len(ids) == len(set(ids))


def test_nothing_is_fetched_and_nothing_runs(page: list[Element]) -> None:
    assert not _tagged(page, "script", "iframe", "object", "embed", "form", "base", "svg")
    assert all(e.attributes["src"].startswith("data:") for e in page if "src" in e.attributes)
    assert all(e.attributes["href"].startswith("data:") for e in _tagged(page, "link"))
    assert "style" not in {name for e in page for name in e.attributes}
    assert not re.search(r"url\((?!\"data:font/woff;)|@import", _tagged(page, "style")[0].text)


def test_contents_list_headings_down_to_depth(page: list[Element]) -> None:
    entries = [(e.text, e.ancestors.count("ul")) for e in _tagged(page, "a") if "nav" in e.ancestors]
    first = [("Første kapitel", 1), ("Lister", 2)]
    assert entries == [*first, ("Andet kapitel", 1), ("Tabeller", 2), ("Figurer", 2)]


def test_table_headers_have_a_scope_and_columns_an_alignment(page: list[Element]) -> None:
    headers = [e for e in _tagged(page, "th") if e.attributes["scope"] == "col"]
    assert {e.attributes["scope"] for e in _tagged(page, "th")} == {"col", "row"}
    assert [e.attributes.get("class") for e in headers] == [None, "center", "right"]


def test_an_empty_table_header_is_a_plain_cell() -> None:
    elements = _elements(Table(_row("", "Antal"), (_row("Varer", "10"),), (Alignment.LEFT, Alignment.RIGHT)))
    assert [e.tag for e in _tagged(elements, "th", "td")] == ["td", "th", "th", "td"]  # Varer names its row


def test_only_wide_tables_can_be_scrolled_and_each_region_has_its_own_name(page: list[Element]) -> None:
    wide = Table(_row("Beskæftigelsesforvaltningen", "Økonomiforvaltningen"), (), (Alignment.LEFT,) * 2)
    regions = [e.attributes for e in _elements(wide, wide) if e.attributes.get("role") == "region"]
    names = [region["aria-label"] for region in regions]
    assert names == [f"Beskæftigelsesforvaltningen, Økonomiforvaltningen{end}" for end in ("", " (2)")]
    assert {region["tabindex"] for region in regions} == {"0"}
    assert not [e for e in page if e.attributes.get("role") == "region"]


def test_a_note_links_back_to_each_of_its_marks(page: list[Element]) -> None:
    marks = [e.attributes for e in page if e.attributes.get("role") == "doc-noteref"]
    backs = [e.attributes for e in page if e.attributes.get("role") == "doc-backlink"]
    assert [mark["href"] for mark in marks] == ["#note-1", "#note-1", "#note-2"]
    assert [back["href"] for back in backs] == [f"#{mark['id']}" for mark in marks]
    assert len({back["aria-label"] for back in backs}) == 3


def test_a_note_that_ends_in_a_list_has_its_back_link_too() -> None:
    note = Note(blocks=(List((ListItem((Paragraph((Text("punkt"),)),)),)),))
    elements = _elements(Paragraph((Text("a"), NoteReference(1))), notes=(note,))
    assert [e.text for e in elements if e.attributes.get("role") == "doc-backlink"] == ["↑"]


def test_a_numbered_list_keeps_its_start(page: list[Element]) -> None:
    starts = [e.attributes.get("start") for e in _tagged(page, "ol") if "li" not in e.ancestors]
    assert starts == ["3", None]


@pytest.mark.parametrize(("start", "is_long"), [(1, False), (97, False), (98, True)])
def test_a_list_with_long_numbers_has_room_for_them(start: int, is_long: bool) -> None:
    items = tuple(ListItem((Paragraph((Text("x"),)),)) for _ in range(3))
    made = replace(every_node(), blocks=(*every_node().blocks, List(items, ordered=True, start=start)))
    assert (b'long">' in write_document(made, THEME, FILES)) is is_long


def test_a_final_document_shows_no_mark() -> None:
    data = write_document(replace(every_node(), mark=""), THEME, FILES)
    assert b"UDKAST" not in data
    assert data.count(b"1a2b3c4d") == 1, "in the head only"


# -- what is refused --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("target", ["javascript:alert(1)", "data:text/html,x", "//a.dk", "a.html", "", "JavaScript:x"])
def test_other_link_targets_are_refused(target: str) -> None:
    document = _document(Paragraph((Emphasis((Link((Text("a"),), target),)),), origin=ORIGIN))
    assert _problems(document) == [
        f"content/a.yaml:7:3: linket '{target}' kan ikke bruges på en webside; brug https:, http:, mailto: eller tel:"
    ]


def test_every_problem_of_the_tree_comes_at_once() -> None:
    document = _document(
        Paragraph((Link((Text("a"),), "#ingen"),), origin=replace(ORIGIN, line=1)),
        Paragraph((NoteReference(2),), origin=replace(ORIGIN, line=2)),
        Figure(b"", "image/gif", "alt", origin=replace(ORIGIN, line=3)),
        Paragraph((), anchor="titel", origin=replace(ORIGIN, line=4)),
    )
    assert _problems(document) == [
        "content/a.yaml:1:3: linket '#ingen' peger på noget, der ikke findes i dokumentet",
        "content/a.yaml:2:3: der er ingen note 2; skriv noten, eller fjern henvisningen",
        "content/a.yaml:3:3: billedet er af typen 'image/gif'; brug SVG, PNG eller JPEG",
        "content/a.yaml:4:3: ankeret 'titel' findes to gange; giv det ene et andet id",
    ]


_FRAMES = {
    "<html>\n{% if %}": "2: skabelonen kan ikke læses: noget mangler på linjen, eller er for meget",
    "<html>\n\n{{ title }}": "3: skabelonen kan ikke udfyldes: 'title' findes ikke",
    "{{ document.xyzzy }}": "1: skabelonen kan ikke udfyldes: 'xyzzy' findes ikke",
    "\n{{ document.title.__class__ }}": "2: skabelonen kan ikke udfyldes: den prøver at nå noget, som den ikke må",
    "\n{{ 1 / 0 }}": "2: skabelonen kan ikke udfyldes: der divideres med nul",
    "{{ 1 + 'a' }}": "1: skabelonen kan ikke udfyldes: en udregning går ikke op",
}


@pytest.mark.parametrize("frame", _FRAMES)
def test_a_broken_frame_is_told_with_its_line(frame: str) -> None:
    (problem,) = _problems(_document(), FILES | {"theme/page.html.j2": frame.encode()})
    assert problem == f"templates/theme/page.html.j2:{_FRAMES[frame]}"


def test_missing_and_unreadable_files_are_told() -> None:
    without = {path: data for path, data in FILES.items() if path != "theme/page.html.j2"}
    assert _problems(_document(), without) == [
        "templates/theme/page.html.j2: filen mangler; hent den igen fra docgens skabeloner"
    ]
    assert _problems(_document(), FILES | {"theme/style.css": b"\xff"}) == [
        "templates/theme/style.css: filen er ikke UTF-8; gem den som UTF-8"
    ]


def test_neither_theme_nor_style_can_leave_the_style_element() -> None:
    (style,) = _problems(_document(), FILES | {"theme/style.css": b"</STYLE><script>"})
    fonts = replace(THEME.fonts, web="Arial; } </style><script>")
    (font,) = _problems(_document(), theme=replace(THEME, fonts=fonts))
    assert style == (
        "templates/theme/style.css: stilarket indeholder '</style'; fjern det: det ville afslutte stilarket for tidligt"
    )
    assert font == (
        "templates/theme/theme.yaml: 'fonts.web' er ikke en liste af skrifter; "
        "skriv skrifternes navne med komma imellem"
    )


# -- colours ----------------------------------------------------------------------------------------------------


def _colours(theme: Theme) -> tuple[dict[str, str], dict[str, str]]:
    light, dark = (line for line in theme_css(_document(), theme).split("\n") if ":root" in line)
    pattern = r"--([\w-]+): (#[0-9a-f]{6});"
    return dict(re.findall(pattern, light)), dict(re.findall(pattern, dark))


@pytest.mark.parametrize("accent", [THEME.colours.accent, "#7a1f2b", "#1d5c3a", "#000000", "#5a3d8a", "#7a5c00"])
def test_text_has_enough_contrast_in_both_schemes(accent: str) -> None:
    theme = replace(THEME, colours=replace(THEME.colours, accent=accent))
    for colours in _colours(theme):
        for text in ("text", "muted", "accent"):
            assert contrast(colours[text], colours["ground"]) >= 4.5
            assert contrast(colours[text], colours["tint"]) >= 4.5
        assert contrast(colours["on-cover"], colours["cover"]) >= 4.5


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
