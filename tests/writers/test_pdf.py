"""The PDF: what it claims, what its tags say, what it carries, and what it refuses."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any

from pypdf import PdfReader

from docgen import pipeline, process_files
from docgen.problems import Origin
from docgen.project import project_of_source
from docgen.structs import replace
from docgen.tree import document
from docgen.tree.document import (
    Alignment,
    Division,
    Document,
    Heading,
    Link,
    List,
    ListItem,
    Note,
    NoteReference,
    Paragraph,
    Role,
    Strong,
    Table,
    TableCell,
    TableRow,
    Text,
)
from docgen.writers import formats
from docgen.writers.pdf import writer as pdf
from tests.conftest import Golden
from tests.support.contents import REAL_POLICY, repository
from tests.support.pdf_reading import Element, pdf_elements, pdf_texts
from tests.support.trees import every_node

SOURCE = b'{"kilde": "pr\xc3\xb8ve"}'


def write(tree: Document, source: bytes = SOURCE) -> bytes:
    project = repository()
    return pdf.write_document(tree, project.theme, project.template_files, source, project.font_directories)


def one(*blocks: document.Block, **changes: object) -> Document:
    tree = Document(id="example/en", title="En", author="Eksempel", date=date(2022, 12, 1), blocks=blocks)
    return replace(tree, **changes)


def paragraph(text: str, line: int = 7) -> Paragraph:
    return Paragraph((Text(text),), origin=Origin("content/en.yaml", line, 3, ("text",)))


def heading(text: str, level: int = 1, line: int = 5) -> Heading:
    return Heading(level, (Text(text),), origin=Origin("content/en.yaml", line, 3), anchor=text.casefold())


def linked(target: str, line: int) -> Paragraph:
    return replace(paragraph("", line), children=(Strong((Link((Text("et link"),), target),)),))


def table(header: Sequence[str], *rows: Sequence[str]) -> Table:
    drawn = [TableRow(tuple(TableCell((Text(cell),)) for cell in row)) for row in (header, *rows)]
    return Table(drawn[0], tuple(drawn[1:]), (Alignment.LEFT,) * len(header))


@cache
def every() -> bytes:
    return write(every_node())


@cache
def policy() -> bytes:
    project = repository()
    return pipeline.write(project, pipeline.build_tree(project, REAL_POLICY), formats.PDF)


def kinds(root: Element) -> list[str]:
    return [element.kind for element in root.walk()]


# -- claims and metadata ----------------------------------------------------------------------------------------


def test_it_claims_pdf_a_3a_and_pdf_ua_1_in_its_metadata() -> None:
    metadata = PdfReader(io.BytesIO(every())).xmp_metadata
    assert metadata is not None
    xml = metadata.stream.get_data().decode()
    assert "<pdfaid:part>3</pdfaid:part>" in xml
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in xml
    assert "<pdfuaid:part>1</pdfuaid:part>" in xml


def test_title_language_and_properties() -> None:
    reader = PdfReader(io.BytesIO(every()))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "da-DK"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert reader.metadata is not None
    assert reader.metadata.title == "Alle dele: “<&>” æøå"
    assert reader.metadata.author == "Eksempel Kommune"
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date() == date(2022, 12, 1)


def test_the_source_is_attached() -> None:
    reader = PdfReader(io.BytesIO(every()))
    assert reader.attachments["kilde.json"] == [SOURCE]
    root: Any = reader.trailer["/Root"]
    specification = root["/AF"][0].get_object()
    assert specification["/AFRelationship"] == "/Source"
    assert "kilde" in specification["/Desc"]


def test_somebody_may_empty_the_folder_for_temporary_files_meanwhile() -> None:
    """The layout program lies there, so that Typst reads it once and not once a document."""
    first = write(one(paragraph("Et.")))
    process_files.leave_no_file()
    assert write(one(paragraph("To."))) != first
    assert write(one(paragraph("Et."))) == first


def test_a_documents_own_source_builds_it_again() -> None:
    """What the PDF carries is enough to make the same PDF."""
    source = PdfReader(io.BytesIO(policy())).attachments["kilde.json"][0]
    again, id, _ = project_of_source(source, repository().font_directories)
    assert pipeline.write(again, pipeline.build_tree(again, id), formats.PDF) == policy()


def test_bookmarks_are_the_headings() -> None:
    reader = PdfReader(io.BytesIO(policy()))
    tree = pipeline.build_tree(repository(), REAL_POLICY)
    chapters = [item for item in reader.outline if not isinstance(item, list)]
    titles = [document.plain_text(heading.children) for heading in document.headings(tree) if heading.level == 1]
    assert [item.title for item in chapters] == titles


def test_page_numbers_in_the_contents_are_the_chapters_pages() -> None:
    reader = PdfReader(io.BytesIO(policy()))
    pages = {
        item.title: (reader.get_destination_page_number(item) or 0) + 1
        for item in reader.outline
        if not isinstance(item, list)
    }
    (contents,) = [element for element in pdf_elements(policy()).walk() if element.kind == "TOC"]
    entries = [element.text().replace("\u2060", "") for element in contents.walk() if element.kind == "TOCI"]
    assert entries == [f"{title}{page}" for title, page in pages.items()]


# -- tags -------------------------------------------------------------------------------------------------------


def test_every_text_is_there_in_reading_order() -> None:
    for tree, data in ((every_node(), every()), (pipeline.build_tree(repository(), REAL_POLICY), policy())):
        expected = ["".join(text.split()) for text in document.texts(tree) if text.strip()]
        assert ["".join(text.split()) for text in pdf_texts(data)] == expected


def test_tags_say_what_everything_is() -> None:
    found = kinds(pdf_elements(every()))
    for kind in (
        "H1",
        "H2",
        "H3",
        "P",
        "L",
        "LI",
        "Lbl",
        "LBody",
        "Table",
        "THead",
        "TH",
        "TD",
        "Caption",
        "Figure",
        "BlockQuote",
    ):
        assert kind in found, kind
    for kind in ("Code", "Link", "Note", "TOC", "TOCI"):
        assert kind in found, kind
    (figure,) = [element for element in pdf_elements(every()).walk() if element.kind == "Figure"]
    assert figure.alt == "Søjler: den ene er højere end den anden"


def test_headings_begin_at_one_and_skip_nothing() -> None:
    levels = [int(kind[1:]) for kind in kinds(pdf_elements(policy())) if kind[0] == "H" and kind[1:].isdecimal()]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_running_heads_are_artifacts_and_show_the_page() -> None:
    reader = PdfReader(io.BytesIO(policy()))
    count = len(reader.pages)
    for number, page in enumerate(reader.pages, 1):
        shown = " ".join(page.extract_text().split())
        # The cover and the back cover, whose colours go to the page's edges, have no foot.
        assert (f"side {number} af {count}" in shown) == (1 < number < count)
    assert not any("side 3 af" in text for text in pdf_texts(policy()))


def test_a_draft_says_so_on_every_page() -> None:
    for page in PdfReader(io.BytesIO(every())).pages:
        assert "UDKAST" in page.extract_text()
        assert "1a2b3c4d" in page.extract_text()
    assert "UDKAST" not in "".join(page.extract_text() for page in PdfReader(io.BytesIO(policy())).pages)


def test_a_note_marked_twice_is_printed_once() -> None:
    assert kinds(pdf_elements(every())).count("Note") == 2
    assert sum("Den første note" in text for text in pdf_texts(every())) == 1


# -- the page ---------------------------------------------------------------------------------------------------


def test_no_heading_stands_alone_at_the_foot_of_a_page() -> None:
    """The last tagged text of a page is never a heading."""
    text = "Et afsnit, der fylder. " * 9
    blocks: list[document.Block] = []
    for number in range(60):
        blocks.append(Heading(2 if number else 1, (Text(f"Overskrift{number}"),), anchor=f"o{number}"))
        blocks.append(paragraph(text * (1 + number % 4)))
    for page in PdfReader(io.BytesIO(write(one(*blocks)))).pages:
        lines = [line for line in page.extract_text().split("\n") if line.strip() and "side" not in line]
        body = [line for line in lines if line not in ("En", "Eksempel")]
        assert not body[-1].startswith("Overskrift")


def test_no_lead_in_stands_alone_at_the_foot_of_a_page() -> None:
    """What ends with a colon is on the page of what it announces."""
    blocks: list[document.Block] = []
    for number in range(90):
        blocks.append(paragraph("Et afsnit, der fylder. " * (2 + number * number % 29)))
        said = paragraph("Ord, der bliver sagt. " * 5)
        blocks += [paragraph(f"Indledning{number} afgav:"), said if number % 2 else document.Quote((said,))]
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(write(one(*blocks)))).pages]
    assert len(pages) > 8
    for text in pages:
        lines = [line for line in text.split("\n") if line.strip() and "side" not in line]
        body = [line for line in lines if line not in ("En", "Eksempel")]
        assert not body[-1].startswith("Indledning")


def test_a_long_table_has_its_header_on_every_page_and_no_row_is_cut() -> None:
    rows = [("forrest " + "ord " * 20, f"begynder{number} {'tekst ' * 40}slutter{number}") for number in range(20)]
    data = write(one(table(("Kolonne", "Andet"), *rows)))
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
    assert len(pages) > 2
    assert all("Kolonne" in page for page in pages)
    assert pdf_texts(data).count("Kolonne") == 1
    for number in range(20):
        (first,) = [at for at, page in enumerate(pages) if f"begynder{number} " in page]
        assert f"slutter{number}" in pages[first]


def test_a_note_in_the_header_of_a_long_table_is_printed_once() -> None:
    header = TableRow((TableCell((Text("Beløb"), NoteReference(1))),))
    long = replace(table(("Beløb",), *[("1",)] * 90), header=header)
    texts = pdf_texts(write(one(long, notes=(Note(blocks=(paragraph("I faste priser."),)),))))
    assert texts.count("I faste priser.") == 1
    assert texts.count("Beløb") == 1


def test_columns_have_room_for_their_words() -> None:
    row = ("Teknik- og Miljøforvaltningen", "Kontorchefen i enheden", "Et længere stykke tekst om indkøb. " * 4)
    data = write(one(table(("Forvaltning", "Ansvarlig", "Indsats"), *[row] * 3)))
    assert not any("forvaltning" in word or word.startswith("Kontor") for word in _divided(pdf_elements(data)))
    (x_name,) = {x for text, x in _shown(data) if text.startswith("Forvaltning")}
    (x_next,) = {x for text, x in _shown(data) if text.startswith("Ansvarlig")}
    assert x_next - x_name > 85  # points: the widest word is 83 wide


def test_an_overview_stands_on_one_page() -> None:
    cards = List(tuple(ListItem((paragraph(f"Kort{number}"), paragraph("Tekst. " * 20))) for number in range(5)))
    for fill in (24, 28, 32):
        tree = one(*[paragraph("Linje.")] * fill, Division(Role.OVERVIEW, (cards,)))
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(write(tree))).pages]
        assert len([page for page in pages if "Kort" in page]) == 1


def test_labels_of_nested_lists_are_not_text() -> None:
    inner: document.Block = paragraph("Inderst")
    for _ in range(3):
        inner = List((ListItem((paragraph("Punkt"), inner)),), ordered=True)
    assert pdf_texts(write(one(inner))) == ["Punkt"] * 3 + ["Inderst"]


def _shown(data: bytes) -> list[tuple[str, float]]:
    """The pieces of text of the first page with how far from the left each begins, in points."""
    found: list[tuple[str, float]] = []

    def visit(text: str, current: Any, matrix: Any, _font: object, _size: object) -> None:
        if text.strip():
            found.append((text.strip(), float(matrix[4] * current[0] + current[4])))

    PdfReader(io.BytesIO(data)).pages[0].extract_text(visitor_text=visit)
    return found


def test_words_divided_at_line_ends_have_been_read(golden: Golden) -> None:
    """Every division that Typst chose in the repository's own policy, for a person to read; some are never right."""
    divided = sorted(_divided(pdf_elements(policy())))
    assert not any("klima" in word or word.startswith("indkøbs") for word in divided)
    golden("hyphenation.txt", "".join(f"{word}\n" for word in divided))


def test_words_to_keep_whole_are_kept() -> None:
    """In a narrow column, where Typst must divide, the theme's words stay whole where a line has room for them."""
    project = repository()
    page = replace(project.theme.page, width_mm=131.0)
    dividing = replace(project.theme.hyphenation, divide=True)
    theme = replace(project.theme, page=page, hyphenation=dividing)
    words = "klimaaftrykket indkøbspolitikken innovationsfællesskaberne virksomhedsgrundlaget udbudslovgivningen "
    data = pdf.write_document(
        one(paragraph(words * 8)), theme, project.template_files, SOURCE, project.font_directories
    )
    divided = _divided(pdf_elements(data))
    assert divided
    assert not any(word.startswith(("klima", "indkøbs", "innovations")) for word in divided), divided
    undivided = replace(project.theme, page=page)
    data = pdf.write_document(
        one(paragraph(words * 8)), undivided, project.template_files, SOURCE, project.font_directories
    )
    assert not _divided(pdf_elements(data))


def test_a_theme_may_keep_no_words_whole() -> None:
    project = repository()
    theme = replace(project.theme, hyphenation=type(project.theme.hyphenation)(divide=True))
    data = pdf.write_document(
        one(paragraph("Et afsnit.")), theme, project.template_files, SOURCE, project.font_directories
    )
    assert pdf_texts(data) == ["Et afsnit."]


def _divided(element: Element) -> set[str]:
    text = "".join(child if isinstance(child, str) else " " for child in element.children)
    found = {word.strip(".,:;()”’").replace("\u00ad", "-") for word in text.split() if "\u00ad" in word}
    return found.union(*(_divided(child) for child in element.children if isinstance(child, Element)))
