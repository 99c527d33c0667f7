"""What the PDF writer takes in, what it refuses and where it says so."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from docgen.problems import Origin, WriterError
from docgen.structs import replace
from docgen.tree import document
from docgen.tree.document import (
    Division,
    Figure,
    List,
    ListItem,
    Role,
)
from docgen.writers.pdf import writer as pdf
from docgen.writers.pdf.problems import layout_problem
from tests.support.contents import repository
from tests.support.pdf_reading import pdf_texts
from tests.support.trees import SVG, every_node
from tests.writers.test_pdf import SOURCE, every, heading, linked, one, paragraph, write

# -- purity and refusals ----------------------------------------------------------------------------------------


def test_same_bytes_twice() -> None:
    assert write(every_node()) == every()
    assert write(one(paragraph("Noget andet."))) != every()


def test_no_file_of_the_current_folder_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("main", "main.typ", "document.json", "kilde.json"):
        (tmp_path / name).write_text("[]")
    monkeypatch.chdir(tmp_path)
    assert write(every_node()) == every()


@pytest.mark.parametrize(
    "text",
    ["#set page(fill: red)", "$x^2$ @ref <label>", "#panic()", "*a* _b_ `c`", "= Overskrift", "\\u{41} // x /* y */"],
)
def test_no_text_is_code(text: str) -> None:
    assert pdf_texts(write(one(paragraph(text)))) == [" ".join(text.split())]


def test_a_character_that_the_fonts_lack_is_found_at_its_place() -> None:
    with pytest.raises(WriterError) as caught:
        write(one(paragraph("Godt."), paragraph("Her er en 🦔 i teksten.", 12)))
    (problem,) = caught.value.problems
    assert problem.origin.line == 12
    assert str(problem) == (
        "content/en.yaml:12:3: PDF'en kan ikke vise 🦔 (U+1F994); "
        "skriv det på en anden måde; temaets skrifttype har ikke tegnet"
    )


def test_all_such_characters_are_told_at_once() -> None:
    blocks = (paragraph("Et 漢 her.", 4), paragraph("Godt."), paragraph("Her 漢字 og 🦔.", 9))
    with pytest.raises(WriterError) as caught:
        write(one(*blocks))
    found = {(problem.origin.line, problem.message.split(" vise ")[1]) for problem in caught.value.problems}
    assert found == {(4, "漢 (U+6F22)"), (9, "漢 (U+6F22)"), (9, "字 (U+5B57)"), (9, "🦔 (U+1F994)")}


@pytest.mark.parametrize("character", ["\0", "\x07", "\ue000", "\ufeff"])
def test_an_invisible_character_is_refused_at_its_place(character: str) -> None:
    with pytest.raises(WriterError) as caught:
        write(one(paragraph("Godt."), paragraph(f"Her{character}er den.", 12)))
    (problem,) = caught.value.problems
    assert problem.origin.line == 12
    assert problem.message == f"PDF'en kan ikke vise U+{ord(character):04X}"
    assert problem.hint == "slet det usynlige tegn; det hører ikke til i tekst"


@pytest.mark.parametrize(
    ("block", "message"),
    [
        (
            Figure(SVG, "image/svg+xml", "", origin=Origin("content/en.yaml", 12)),
            "billedet har ingen tekst til dem, der ikke kan se det; skriv hvad det viser",
        ),
        (
            linked("#væk", 12),
            "linket til '#væk' fører ingen steder hen; ret det, eller giv overskriften det id",
        ),
        (linked("", 12), "linket har ingen adresse; skriv adressen, eller fjern linket"),
        (heading("For dybt", 3, 12), "overskriften på niveau 3 springer et niveau over; brug ##"),
        (heading("", 2, 12), "overskriften er tom; skriv en, eller fjern den"),
        (
            Division(Role.NOTE, (List((ListItem((linked("#borte", 12),)),)),)),
            "linket til '#borte' fører ingen steder hen; ret det, eller giv overskriften det id",
        ),
    ],
)
def test_what_pdf_ua_refuses_is_told_at_its_place(block: document.Block, message: str) -> None:
    with pytest.raises(WriterError) as caught:
        write(one(heading("Kapitel"), paragraph("Godt."), block))
    (problem,) = caught.value.problems
    assert (problem.origin.file, problem.origin.line) == ("content/en.yaml", 12)
    assert str(problem) == f"{problem.origin}: {message}"


def test_an_id_used_twice_is_told_at_both_places() -> None:
    with pytest.raises(WriterError) as caught:
        write(one(heading("Ens", 1, 4), heading("Ens", 1, 8), linked("#ens", 9)))
    told = "id 'ens' er brugt flere gange; giv hver sit"
    assert [str(problem) for problem in caught.value.problems] == [f"content/en.yaml:{n}:3: {told}" for n in (4, 8)]


def test_a_document_needs_a_title() -> None:
    with pytest.raises(WriterError, match=r"^example/en: dokumentet har ingen titel; skriv den i feltet title$"):
        write(one(paragraph("Tekst."), title=""))


def test_a_missing_font_is_told_with_the_one_meant() -> None:
    project = repository()
    theme = replace(project.theme, fonts=replace(project.theme.fonts, text="Source Sans"))
    with pytest.raises(WriterError, match="skrifttypen 'Source Sans' findes ikke; mente du 'Source Sans 3'"):
        pdf.write_document(every_node(), theme, project.template_files, SOURCE, project.font_directories)


def test_a_broken_layout_is_told_at_its_file() -> None:
    project = repository()
    files = {**project.template_files, "theme/layout.typ": b"#let x = "}
    with pytest.raises(WriterError, match=r"^templates/theme/layout\.typ: layoutprogrammet standser: noget mangler"):
        pdf.write_document(every_node(), project.theme, files, SOURCE, project.font_directories)


@pytest.mark.parametrize(
    "way",
    ['#import "@preview/cetz:0.2.2"', '#{-eval("1")}', "#dictionary(std)", '#plugin("a.wasm")', '#include "andet.typ"'],
)
def test_a_layout_takes_nothing_in(way: str) -> None:
    project = repository()
    layout = project.template_files["theme/layout.typ"].replace(b"\n", f"\n  {way}\n".encode(), 1)
    with pytest.raises(WriterError, match=r"layout\.typ:2:\d+: layoutprogrammet må ikke bruge ordet"):
        pdf.write_document(
            every_node(),
            project.theme,
            {**project.template_files, "theme/layout.typ": layout},
            SOURCE,
            project.font_directories,
        )


@pytest.mark.parametrize("lines", [1, 30, 200])
def test_the_length_is_that_of_the_text(lines: int) -> None:
    data = write(one(*[paragraph(f"Afsnit {number}.") for number in range(lines)], title="Fylder 9 sider"))
    pages = PdfReader(io.BytesIO(data)).pages
    length = pdf.length_of(data)
    assert len(pages) - 1 < length <= len(pages)
    # On the last page the text's share of the height is the share of the page that is used.
    project = repository()
    page = project.theme.page
    lowest: list[float] = []

    def seen(text: str, moved: list[float], at: list[float], *_: object) -> None:
        if "Afsnit" in text:
            lowest.append(at[4] * moved[1] + at[5] * moved[3] + moved[5])

    pages[-1].extract_text(visitor_text=seen)
    points = 72 / 25.4
    top, bottom = (page.height_mm - page.margin_top_mm) * points, page.margin_bottom_mm * points
    assert abs((top - min(lowest)) / (top - bottom) - length % 1) < 0.02


def test_a_layout_program_that_does_not_tell_the_length_is_a_problem() -> None:
    project = repository()
    layout = project.template_files["theme/layout.typ"].replace(b'". Fylder "', b'"."')
    files = {**project.template_files, "theme/layout.typ": layout}
    data = pdf.write_document(one(paragraph("Tekst.")), project.theme, files, SOURCE, project.font_directories)
    with pytest.raises(WriterError, match="hvor meget dokumentet fylder"):
        pdf.length_of(data)


@pytest.mark.parametrize(
    ("media_type", "data"),
    [
        ("image/png", b"\x89PNG\r\n\x1a\nnej"),
        ("image/svg+xml", b"<svg nej"),
        ("image/svg+xml", b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>\xe6</title></svg>'),
    ],
)
def test_a_broken_picture_is_refused(media_type: str, data: bytes) -> None:
    place = Origin("content/en.yaml", 3)
    with pytest.raises(
        WriterError,
        match=r"^content/en\.yaml:3: billedet kan ikke læses; gem det på ny som PNG, JPEG \(RGB\) eller SVG \(UTF-8\)$",
    ):
        write(one(Figure(SVG, "image/svg+xml", "Et godt"), Figure(data, media_type, "Et billede", origin=place)))


def test_deep_lists_and_boxes_hold() -> None:
    inner: document.Block = paragraph("Inderst")
    for _ in range(12):
        inner = List((ListItem((paragraph("Punkt"), inner)),))
    assert pdf_texts(write(one(Division(Role.NOTE, (inner,)))))[-1] == "Inderst"


LAYOUT_FAULTS = {
    "unknown variable: xyzzy": "navnet 'xyzzy' findes ikke",
    'dictionary does not contain key "a b"': "feltet 'a b' findes ikke",
    'record does not contain field "c"': "feltet 'c' findes ikke",
    "unclosed delimiter": "noget mangler i en linje, eller er for meget",
    "expected comma": "noget mangler i en linje, eller er for meget",
    "cannot divide by zero": "der divideres med nul",
    "layout did not converge within five attempts": "det bliver ikke færdigt",
    "maximum show rule depth exceeded": "det bliver ikke færdigt",
    "something else": "det kan ikke sætte dokumentet",
}


@pytest.mark.parametrize("message", LAYOUT_FAULTS)
def test_why_a_layout_stops_is_told_in_danish(message: str) -> None:
    assert str(layout_problem(message)) == (
        f"templates/theme/layout.typ: layoutprogrammet standser: {LAYOUT_FAULTS[message]}; "
        "ret layout.typ, eller hent docgens egen igen"
    )
