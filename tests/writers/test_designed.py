"""A policy as a designed document: another municipality's look is theme and settings alone, and it holds any text."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from docgen import pipeline
from docgen.content.validation import validate
from docgen.content.yaml_reader import read_yaml
from docgen.files import font_directories
from docgen.problems import ContentError, TemplateError
from docgen.project import Project
from docgen.structs import replace
from docgen.tree.document import Division, Node, Role, Strong, Text, child_blocks, lines, plain_text, walk
from docgen.writers import formats
from docgen.writers.docx.media import ONE_PIXEL
from docgen.writers.formats import Format
from docgen.writers.pdf.layout_text import without_runt
from docgen.writers.theme import Theme, load_theme
from docgen.writers.words import letters
from tests.support.contents import POLICY, REAL_POLICY, SVG, repository, small_content, tree_of, written
from tests.support.docx_reading import docx_parts
from tests.support.pdf_lines import alone, with_room
from tests.support.pdf_lines import paragraphs as drawn_paragraphs
from tests.support.pdf_reading import pdf_elements

TEMPLATES = repository().template_files
VALUE = "policies/eksempel/values/1-vaerdi.yaml"


def themed(**changes: str) -> dict[str, bytes]:
    """The theme's files with lines of theme.yaml in other words."""
    text = TEMPLATES["theme/theme.yaml"].decode()
    for old, new in changes.items():
        start, _, key = old.rpartition("__")  # the key of a section, as in fonts__text
        at = text.index(f"\n{start}:") if start else 0
        text = text[:at] + re.sub(rf"^  {key}: .*$", f"  {key}: {new}", text[at:], count=1, flags=re.M)
    return {**TEMPLATES, "theme/theme.yaml": text.encode()}


def with_palette(files: dict[str, bytes], *colours: str, more: str = "") -> dict[str, bytes]:
    """The theme's files with another palette, and more lines."""
    text = re.sub(r"^palette:\n(?:  - .*\n)+", "", files["theme/theme.yaml"].decode(), flags=re.M)
    palette = "palette: [" + ", ".join(f'"{colour}"' for colour in colours) + "]\n"
    return {**files, "theme/theme.yaml": (palette + more + text).encode()}


NORTH = {
    **with_palette(
        themed(accent='"#5a1e46"', fonts__text="Libertinus Serif", office="Georgia", web="Georgia, serif"),
        *("#5a1e46", "#20504f"),
        more="logo: {file: skjold.svg, alt: Nordby Kommunes skjold, on_dark: skjold-hvid.svg}\n",
    ),
    "theme/skjold.svg": SVG,
    "theme/skjold-hvid.svg": SVG.replace(b"<rect", b'<rect fill="#ffffff"'),
}
SOUTH = {
    **with_palette(
        themed(accent='"#0a5c36"', office="Verdana", web="Verdana, sans-serif"),
        *("#0a5c36", "#7a3b00", "#3d3d8f"),
        more='cover: {file: havn.png, credit: "Foto: Havnens arkiv"}\n',
    ),
    "theme/havn.png": ONE_PIXEL,
    "theme/icons/anker.svg": TEMPLATES["theme/icons/leaf.svg"],
}
LOOKS = {"north": NORTH, "south": SOUTH}


def project(files: dict[str, bytes] | None = None, content: dict[str, bytes] | None = None) -> Project:
    return Project(content or small_content(), files or dict(TEMPLATES), font_directories())


def made(given: Project, format: Format) -> bytes:
    return pipeline.write(given, pipeline.build_tree(given, POLICY), format)


def pages(data: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(data)).pages]


def value(text: str, areas: int, extra: str = "") -> dict[str, bytes]:
    """A policy whose one value has a text and a number of focus areas."""
    listed = "".join(
        f"  - {{id: i{n}, lead: Indsats {n}., text: Den gør en forskel i hverdagen.}}\n" for n in range(areas)
    )
    words = "\n\n  ".join(text.split("\n\n"))
    own = f"id: vaerdi\ntitle: Værdien\nstatement: Værdien i én sætning.\n{extra}"
    own += f"text: |\n  {words}\nfocus_areas:\n{listed}"
    return {**small_content(), VALUE: own.encode()}


# -- another municipality ---------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("look", LOOKS)
def test_another_look_is_theme_alone(look: str) -> None:
    """No template is touched: colours, fonts, logo and photograph are what the theme says, in every format."""
    given = project(LOOKS[look])
    theme = given.theme
    html = made(given, formats.HTML).decode()
    assert f".c1 {{ --band: {theme.palette[0]};" in html
    assert theme.fonts.web in html
    parts = docx_parts(made(given, formats.DOCX))
    colours = parts["word/theme/theme1.xml"].decode()
    assert [colours.count(f'val="{str(colour)[1:].upper()}"') for colour in theme.palette] == [1] * len(theme.palette)
    assert f'typeface="{theme.fonts.office}"' in colours
    reader = PdfReader(io.BytesIO(made(given, formats.PDF)))
    fonts = {str(font["/BaseFont"]) for page in reader.pages for font in _fonts(page)}
    assert any(theme.fonts.text.replace(" ", "") in name for name in fonts)


def _fonts(page: object) -> list[dict[str, object]]:
    found = page["/Resources"].get("/Font", {})  # type: ignore[index]
    return [one.get_object() for one in found.values()]


def test_a_logo_says_what_it_is() -> None:
    given = project(NORTH)
    drawn = [element.alt for element in pdf_elements(made(given, formats.PDF)).walk() if element.kind == "Figure"]
    assert drawn == ["Nordby Kommunes skjold"] * 2  # the cover and the back cover
    assert made(given, formats.HTML).decode().count('alt="Nordby Kommunes skjold"') == 2


def test_a_photograph_is_credited() -> None:
    given = project(SOUTH)
    assert "Foto: Havnens arkiv" in pages(made(given, formats.PDF))[0]
    assert "Foto: Havnens arkiv" in made(given, formats.HTML).decode()


def test_a_theme_from_before_there_were_palettes_is_taken() -> None:
    text = re.sub(r"^palette:\n(?:  - .*\n)+", "", TEMPLATES["theme/theme.yaml"].decode(), flags=re.M)
    for line in ("column_pt", "margin_wide_mm", "heading_link"):
        text = re.sub(rf"^  {line}: .*\n", "", text, flags=re.M)
    light = text.replace('accent: "#0b3f6b"', 'accent: "#3f8fd0"')  # was never asked whether white is read on it
    theme = load_theme({"theme/theme.yaml": light.encode()})
    assert (theme.palette, theme.colour_of(3)) == ((), "#3f8fd0")
    assert made(project({**TEMPLATES, "theme/theme.yaml": text.encode()}), formats.PDF).startswith(b"%PDF")


# -- what is wrong ----------------------------------------------------------------------------------------------


LIGHT = "farven {} er for lys: hvidt på den har kontrasten {} : 1; vælg en mørkere; det skal være mindst 4,5 : 1"
FAULTS: dict[str, tuple[dict[str, bytes], str]] = {
    "a light colour in the palette": (
        with_palette(dict(TEMPLATES), "#0b3f6b", "#f0a000"),
        f":1:22: {LIGHT.format('#f0a000', '2,1')}",
    ),
    "a light accent": (themed(accent='"#c08000"'), f": {LIGHT.format('#c08000', '3,3')}"),
    "a light grey": (themed(muted='"#777777"'), f": {LIGHT.format('#777777', '4,4')}"),
    "just dark enough": (themed(muted='"#767676"'), ""),
    "no colour": (themed(accent='"blå"'), ": 'blå' er ikke en farve; skriv en farve som \"#0b3f6b\""),
    "no number": (themed(width_mm="bred"), ": 'bred' er ikke et tal; skriv fx 13.5"),
    "nothing wide": (themed(width_mm="0"), ": 0 er uden for skalaen; skriv et tal over 0 og højst 1000"),
    "too wide": (themed(width_mm="1000.5"), ": 1000.5 er uden for skalaen; skriv et tal over 0 og højst 1000"),
    "as wide as can be": (themed(width_mm="1000"), ""),
    "too large": (themed(text_pt="201"), ": 201 er uden for skalaen; skriv et tal over 0 og højst 200"),
    "an unknown logo": (
        with_palette(dict(TEMPLATES), "#0b3f6b", more="logo: {file: vaaben.svg, alt: Våben}\n"),
        (
            ":2:14: billedet 'vaaben.svg' findes ikke i templates/theme; "
            "læg den i templates/theme/, som SVG, PNG eller JPEG"
        ),
    ),
    "a logo that is nearly there": (
        {**with_palette(dict(TEMPLATES), "#0b3f6b", more="logo: {file: vaben.svg, alt: V}\n"), "theme/vaaben.svg": SVG},
        ":2:14: billedet 'vaben.svg' findes ikke i templates/theme; mente du 'vaaben.svg'?",
    ),
    "an unknown logo on a dark ground": (
        {
            **with_palette(dict(TEMPLATES), "#0b3f6b", more="logo: {file: a.svg, alt: Våben, on_dark: xyzzy.svg}\n"),
            "theme/a.svg": SVG,
        },
        (
            ":2:42: billedet 'xyzzy.svg' findes ikke i templates/theme; "
            "læg den i templates/theme/, som SVG, PNG eller JPEG"
        ),
    ),
    "an unknown cover": (
        with_palette(dict(TEMPLATES), "#0b3f6b", more="cover: {file: xyzzy.png, credit: Foto}\n"),
        (
            ":2:15: billedet 'xyzzy.png' findes ikke i templates/theme; "
            "læg den i templates/theme/, som SVG, PNG eller JPEG"
        ),
    ),
    "no theme": (
        {path: data for path, data in TEMPLATES.items() if path != "theme/theme.yaml"},
        ": filen mangler; hent den fra docgens egen mappe templates/theme",
    ),
    "no YAML": (
        {**TEMPLATES, "theme/theme.yaml": b"\0"},
        (":1:1: filen er ikke en tekstfil; her skal ligge YAML; læg billeder i images/ og bilag i annexes/"),
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_theme_is_told_what_is_wrong_at_its_place(name: str) -> None:
    files, told = FAULTS[name]
    if not told:
        assert isinstance(load_theme(files), Theme)
        return
    with pytest.raises(TemplateError) as caught:
        load_theme(files)
    (problem,) = caught.value.problems
    assert problem.origin.file == "templates/theme/theme.yaml"
    assert str(problem).removeprefix("templates/theme/theme.yaml").endswith(told)


def test_an_unknown_icon_is_told_where_it_is_written() -> None:
    with pytest.raises(ContentError) as caught:
        pipeline.build_tree(project(content=value("Tekst.", 1, "icon: laef\n")), POLICY)
    (problem,) = caught.value.problems
    assert (problem.origin.file, problem.origin.line) == (f"content/{VALUE}", 4)
    assert (problem.message, problem.hint) == ("der er intet ikon 'laef' i temaet", "mente du 'leaf'?")


def test_a_pull_quote_repeats_the_text() -> None:
    own = value("Vi køber\n  klogt ind. Det er godt.", 1, "pull_quote: Vi køber klogt ind.\n")
    pipeline.build_tree(project(content=own), POLICY)
    with pytest.raises(ContentError) as caught:
        pipeline.build_tree(project(content=value("Vi køber ind.", 1, "pull_quote: Vi køber klogt ind.\n")), POLICY)
    assert [problem.message for problem in caught.value.problems] == ["citatet står ikke i værdiens tekst"]


# -- the policy of the repository -------------------------------------------------------------------------------


@pytest.mark.slow
def test_each_value_has_a_page_and_all_have_twelve() -> None:
    shown = pages(written(REAL_POLICY, formats.PDF))
    assert len(shown) <= 12
    chapters = [node for node in walk(tree_of(REAL_POLICY)) if isinstance(node, Division) and node.role is Role.CHAPTER]
    assert [chapter.number for chapter in chapters] == [1, 2, 3, 4, 5]
    for chapter in chapters:
        words = [letters(plain_text(line)) for node in _inside(chapter) for line in lines(node)]
        (page,) = [page for page in map(letters, shown) if all(word in page for word in words)]
        assert page


def _inside(node: Node) -> list[Node]:
    return [node, *(inner for child in child_blocks(node) for inner in _inside(child))]


def test_no_page_of_the_policy_tells_a_fingerprint() -> None:
    tree = tree_of(REAL_POLICY)
    assert not any(tree.fingerprint in page for page in pages(written(REAL_POLICY, formats.PDF)))


@pytest.mark.slow
def test_icons_are_not_read_aloud() -> None:
    html = written(REAL_POLICY, formats.HTML).decode()
    assert len(re.findall(r'<img class="icon" alt="" src="data:image/svg\+xml', html)) == 20  # 2 stripes, cards, bands
    assert not [one for one in pdf_elements(written(REAL_POLICY, formats.PDF)).walk() if one.kind == "Figure"]


def test_what_is_no_draft_may_be_found_by_search_engines() -> None:
    noindex = '<meta name="robots" content="noindex">'
    assert noindex not in written(REAL_POLICY, formats.HTML).decode()
    assert noindex in made(project(), formats.HTML).decode()


@pytest.mark.slow
def test_word_begins_a_chapter_by_its_style() -> None:
    parts = {
        name: part.decode()
        for name, part in docx_parts(written(REAL_POLICY, formats.DOCX)).items()
        if name.endswith(".xml")
    }
    styles = dict(
        re.findall(
            r'<w:style [^>]*w:styleId="([^"]+)"[^>]*><w:name w:val="(Kapitel \d)"/>(?=.*?)', parts["word/styles.xml"]
        )
    )
    assert sorted(styles.values()) == [f"Kapitel {number}" for number in range(1, 6)]
    used = re.findall(r'<w:pStyle w:val="([^"]+)"/>', parts["word/document.xml"])
    assert [styles[name] for name in used if name in styles] == [f"Kapitel {number}" for number in range(1, 6)]
    assert parts["word/styles.xml"].count("<w:pageBreakBefore/>") == 5
    assert parts["word/document.xml"].count('<w:cols w:num="2"') == 5
    assert "2023-2026" not in parts["word/document.xml"]


# -- any text ---------------------------------------------------------------------------------------------------

SENTENCE = "Vi køber professionelt ind og ser opgaven med brugernes øjne i alt, hvad vi gør. "


@pytest.mark.slow
@pytest.mark.parametrize(("paragraphs", "areas"), [(0, 1), (3, 2), (12, 3), (2, 40), (40, 40)])
def test_a_chapter_holds_any_text(paragraphs: int, areas: int) -> None:
    """Every word is on a page, the band on the first of them alone, and no page has nothing but a few lines."""
    text = "\n\n".join([SENTENCE * 3] * paragraphs) or "Kort."
    shown = pages(made(project(content=value(text, areas)), formats.PDF))
    first = next(
        n for n, page in enumerate(shown) if page.startswith("Værdien 1") or ("Værdien i én sætning." in page and n > 3)
    )
    after = next(n for n, page in enumerate(shown) if "Afgrænsningens tekst." in page)
    running = [("Eksempel Kommune" in page.split("Værdien")[0][:40]) for page in shown[first:after]]
    assert running == [False] + [True] * (after - first - 1)
    assert (after - first == 1) == (paragraphs <= 3 and areas <= 3)


@given(st.text("abc dæø.\n\u00a0", max_size=120), st.booleans())
def test_a_paragraph_keeps_its_letters_whatever_stands_on_its_last_line(words: str, strong: bool) -> None:
    inlines = (Text("Forrest "), Strong((Text(words),)) if strong else Text(words))
    bound = without_runt(inlines)
    assert plain_text(bound).replace("\u00a0", " ") == plain_text(inlines).replace("\u00a0", " ")
    assert sum(one != two for one, two in zip(plain_text(bound), plain_text(inlines), strict=True)) <= 1


def test_the_theme_of_the_repository_is_as_its_schema_says() -> None:
    theme, problems = validate(Theme, read_yaml("theme.yaml", TEMPLATES["theme/theme.yaml"]))
    assert problems == []
    assert theme is not None
    assert [replace(theme, palette=()).colour_of(2), theme.colour_of(6)] == [theme.colours.accent, theme.palette[0]]


def test_last_lines_have_more_than_one_word_and_the_others_are_full() -> None:
    """Of the two, that no word stands alone is the goal, and four may; a line is short only to reach it."""
    found = drawn_paragraphs(written(REAL_POLICY, formats.PDF))
    assert len(found) > 70
    assert len(alone(found)) <= 4, alone(found)
    assert len(with_room(found)) <= 13, with_room(found)
