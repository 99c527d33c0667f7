"""Pictures in every format: what only decorates, who made a photograph, how it is turned, and letters in a drawing."""

from __future__ import annotations

import io
import re
import zipfile

import pypdfium2
import pytest
from PIL import Image

from docgen import pipeline
from docgen.problems import ContentError
from docgen.project import Project
from docgen.structs import replace
from docgen.tree.document import Document, Figure, texts, walk
from docgen.writers.formats import DOCX, HTML, PDF
from docgen.writers.svg_raster import png_of_svg
from docgen.writers.svg_text import in_type
from tests.support.contents import repository
from tests.support.pdf_reading import pdf_elements

STROKE = b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="9"><path d="M0 4h90" stroke="#060"/></svg>'
GUIDE = """\
title: Billeder
summary: Hvordan de ser ud.
version: "1.0"
status: udkast
date: 2024-05-01
chapters:
  - id: kapitel
    title: Kapitlet
    text: |
      Før.

      {picture}

      Efter.
"""


def photograph(orientation: int = 1) -> bytes:
    """A photograph of 60 times 20 points, its left half red, and how it is turned."""
    picture, said, stream = Image.new("RGB", (60, 20), "blue"), Image.Exif(), io.BytesIO()
    picture.paste("red", (0, 0, 30, 20))
    said[0x0112] = orientation
    picture.save(stream, "JPEG", exif=said, quality=95)
    return stream.getvalue()


def with_picture(markdown: str, **files: bytes) -> tuple[Project, Document]:
    project = repository()
    given = {f"images/{name.replace('_', '.')}": data for name, data in files.items()}
    given["guides/billeder.yaml"] = GUIDE.replace("{picture}", markdown).encode()
    made = replace(project, content_files={**project.content_files, **given})
    return made, pipeline.build_tree(made, "guide/billeder")


def figures(document: Document) -> list[Figure]:
    return [node for node in walk(document) if isinstance(node, Figure)]


def word_xml(project: Project, document: Document) -> str:
    data = pipeline.write(project, document, DOCX)
    return zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()


def test_a_picture_that_decorates_is_read_to_nobody_in_any_format() -> None:
    project, document = with_picture("![pynt](images/streg.svg)", streg_svg=STROKE)
    (figure,) = figures(document)
    assert (figure.decorative, figure.alt, figure.caption) == (True, "", None)
    assert "pynt" not in texts(document)
    tags = pdf_elements(pipeline.write(project, document, PDF))
    assert all(element.kind != "Figure" for element in tags.walk())
    html = pipeline.write(project, document, HTML).decode()
    assert re.search(r'<div class="figure">\s*<img src="data:image/svg[^"]+" alt="">', html)
    assert "<figure" not in html
    word = word_xml(project, document)
    assert 'descr=""' in word
    assert 'decorative" val="1"' in word


def test_a_picture_that_is_only_forgotten_a_description_of_is_told_both_ways() -> None:
    with pytest.raises(ContentError, match=r"skriv !\[hvad billedet viser\].*eller !\[pynt\]"):
        with_picture("![](images/streg.svg)", streg_svg=STROKE)
    with pytest.raises(ContentError, match="til pynt kan ikke have en titel"):
        with_picture('![pynt](images/streg.svg "Titel")', streg_svg=STROKE)


@pytest.mark.parametrize(
    "markdown",
    [
        '![Rådhuset](images/foto.jpg "Foto: Anna Hansen")',
        "![Rådhuset](images/foto.jpg)\n\n      Foto: Anna Hansen",
    ],
)
def test_a_photograph_with_its_maker_has_no_number(markdown: str) -> None:
    _, document = with_picture(markdown, foto_jpg=photograph())
    (figure,) = figures(document)
    assert figure.caption is None
    assert not figure.decorative
    shown = list(texts(document))
    assert shown[shown.index("Rådhuset") + 1] == "Foto: Anna Hansen"
    assert not any("Figur" in text for text in shown)


@pytest.mark.slow
def test_a_numbered_figure_may_say_who_made_it_too() -> None:
    _, document = with_picture('![Kortet](images/foto.jpg "Titel")\n\n      Illustration: Bo', foto_jpg=photograph())
    shown = [text.replace("\xa0", " ") for text in texts(document)]
    assert shown[shown.index("Kortet") + 1 :][:2] == ["Figur 1. Titel", "Illustration: Bo"]


def red_side(page: Image.Image) -> str:
    """Which side of the picture on a page is red."""
    colours = page.convert("RGB")
    red = [(x, y) for x in range(page.width) for y in range(page.height) if _is(colours.getpixel((x, y)), (255, 0, 0))]
    blue = [(x, y) for x in range(page.width) for y in range(page.height) if _is(colours.getpixel((x, y)), (0, 0, 255))]
    right = sum(x for x, _ in blue) / len(blue) - sum(x for x, _ in red) / len(red)
    down = sum(y for _, y in blue) / len(blue) - sum(y for _, y in red) / len(red)
    if abs(right) > abs(down):
        return "left" if right > 0 else "right"
    return "top" if down > 0 else "bottom"


def _is(colour: object, wanted: tuple[int, int, int]) -> bool:
    return isinstance(colour, tuple) and all(abs(one - other) < 60 for one, other in zip(colour, wanted, strict=True))


SIDES = {1: "left", 2: "right", 3: "right", 4: "left", 5: "top", 6: "top", 7: "bottom", 8: "bottom"}
TURNS = {3: 'rot="10800000"', 6: 'rot="5400000"', 8: 'rot="16200000"'}


@pytest.mark.slow
@pytest.mark.parametrize("orientation", SIDES)
def test_a_turned_photograph_is_upright_in_pdf_and_in_word(orientation: int) -> None:
    project, document = with_picture("![Turen](images/foto.jpg)", foto_jpg=photograph(orientation))
    pages = pypdfium2.PdfDocument(pipeline.write(project, document, PDF))
    shown = [page.render(scale=1).to_pil() for page in pages if _pictures(page)]
    assert red_side(shown[0]) == SIDES[orientation]
    (transform,) = re.findall(r"<a:xfrm([^>]*)>", word_xml(project, document))
    assert TURNS.get(orientation, "") in transform
    assert ('flipH="1"' in transform) == (orientation in (2, 4, 5, 7))
    assert ("rot=" in transform) == (orientation > 2)


def _pictures(page: pypdfium2.PdfPage) -> bool:
    return any(found.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE for found in page.get_objects())


@pytest.mark.parametrize(
    ("own", "heavier"),
    [
        ('font-family="Times"', 'font-family="Times" font-weight="bold"'),
        ("style=\"font-family:'Comic Sans MS'\"", "style='font-weight: 700; font-family: Arial'"),
        ('style="font: 20px Arial"', 'style="font: bold 20px Arial"'),
        ("", 'font-weight="600"'),
    ],
)
def test_letters_of_a_drawing_have_the_type_of_the_document_in_their_own_weight(own: str, heavier: str) -> None:
    fonts = repository().font_directories

    def ink(attributes: str, family: str = "Source Sans 3") -> float:
        letters = f'<text y="20" font-size="20" {attributes}>mmmm</text>'
        drawn = f'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30">{letters}</svg>'
        picture = Image.open(io.BytesIO(png_of_svg(in_type(drawn.encode(), family), 90, 30, fonts)))
        return sum(picture.convert("RGBA").getchannel("A").tobytes())

    regular = ink("font-variation-settings=\"'wght' 400\"")
    assert abs(ink(own) - regular) < 0.03 * regular
    assert ink(heavier) > 1.15 * regular


def test_a_drawing_without_letters_is_as_it_was() -> None:
    assert in_type(STROKE, "Source Sans 3") == STROKE
