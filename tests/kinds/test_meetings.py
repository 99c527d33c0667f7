"""Meetings: agenda and minutes from one file, numbers by code, deadlines with Danish holidays, open and closed."""

from __future__ import annotations

import datetime
import io
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.generic import RectangleObject, StreamObject

from docgen import pipeline
from docgen.build.folders import read_project
from docgen.commands.new import create_document
from docgen.kinds.edition import Edition
from docgen.kinds.meeting.deadlines import is_weekday, last_day_to_send
from docgen.kinds.meeting.model import Meeting
from docgen.kinds.registry import KINDS
from docgen.packs import meeting as meeting_pack
from docgen.packs.parts import Pack
from docgen.pdf_pages import running_numbers
from docgen.pipeline import Job
from docgen.problems import OutputError
from docgen.project import Project
from docgen.structs import replace
from docgen.tree import document
from docgen.tree import text as tree_text
from docgen.tree.document import Heading, List, plain_text
from docgen.writers import formats
from tests.conftest import Golden
from tests.kinds.test_cases_closed import everything
from tests.support.contents import ROOT, ids_of, repository, write_content
from tests.support.examples_project import example_files, examples
from tests.support.judges import conformance_failures, require_verapdf
from tests.support.pdf_reading import pdf_texts
from tests.support.tagged_pdfs import typst_pdf

BR, OEU = "meeting/2024-06-20-br", "meeting/2024-09-17-oeu"


def lines(id: str, edition: Edition = Edition.PUBLIC, found: Project | None = None) -> list[str]:
    tree = pipeline.build_tree(found or examples(), id, edition)
    return [text.replace("\u00a0", " ") for text in document.texts(tree)]


def changed(path: str, old: str, new: str) -> Project:
    files = example_files()
    text = files[path].decode()
    assert old in text
    files[path] = text.replace(old, new, 1).encode()
    return replace(examples(), content_files=files)


def problem(path: str, old: str, new: str) -> str:
    told = changed(path, old, new).problems()
    assert all(found.origin.line for found in told), "every problem has its line"
    return "\n".join(map(str, told))


# -- the agenda -------------------------------------------------------------------------------------------------


def test_the_agenda_begins_with_its_approval_and_numbers_its_items() -> None:
    tree = pipeline.build_tree(examples(), f"{BR}/dagsorden")
    (items,) = [block for block in tree.blocks if isinstance(block, List)]
    assert items.ordered
    assert [item.id for item in items.items] == ["godkendelse", "valg", "ordning", "lukket-punkt-3"]
    found = lines(f"{BR}/dagsorden")
    assert found[:5] == ["Dagsorden", "Borgerrepræsentationens møde den 20. juni 2024", "Råd", found[3], "Dato"]
    assert "torsdag den 20. juni 2024" in found
    assert "kl. 17.30" in found
    assert "Bilag 3 – Et notat" in found


def test_a_supplementary_agenda_has_its_own_numbers_and_reason() -> None:
    tree = pipeline.build_tree(examples(), f"{OEU}/dagsorden")
    assert [block.start for block in tree.blocks if isinstance(block, List)] == [1, 1]
    found = lines(f"{OEU}/dagsorden")
    assert "Punkterne kunne ikke vente: fristen hos sælgeren udløber før næste møde." in found
    late = "Dagsordenen er sendt ud efter fristen: sagen om ejendommen forelå først den 12. september 2024."
    assert late in found


def test_the_reading_table_has_a_heading_of_its_own() -> None:
    found = lines("meeting/2024-05-15-suu/dagsorden")
    assert found.index("Til orientering på aflæggerbordet") > found.index("Eventuelt")
    assert "Bilag 2 (ikke offentligt)" in found
    assert "Bilag 2. En liste med personoplysninger" in lines("meeting/2024-05-15-suu/dagsorden", Edition.INTERNAL)


def test_minutes_are_there_when_the_meeting_is_held() -> None:
    assert ids_of(examples(), [BR]) == (f"{BR}/beslutningsprotokol", f"{BR}/dagsorden")
    assert ids_of(examples(), [OEU]) == (f"{OEU}/dagsorden",)


# -- the minutes ------------------------------------------------------------------------------------------------


def test_minutes_quote_the_recommendation_and_the_decision() -> None:
    found = lines(f"{BR}/beslutningsprotokol")
    assert "Dagsordenen blev godkendt." in found
    assert "Opdigtet Medlem (Q): fraværende" in found
    item = found[found.index("3. Eksempel på en fælles sag, der går gennem tre udvalg") :]
    assert item[1:3] == ["Indstilling", "Indstilling om,"]
    assert "at udgiften på 2,5 mio. kr. finansieres inden for rammen." in item
    voted = "Ændringsforslaget (ÆF1) blev forkastet efter afstemning med 33 stemmer mod 20."
    at = item.index(f"{voted} Ingen medlemmer undlod at stemme.")
    assert item[at + 1 : at + 3] == ["For stemte: Q og X", "Imod stemte: Y og Z"]
    assert "Q afgav følgende protokolbemærkning, som X tilsluttede sig:" in item
    assert found[-1] == "Mødet var åbent for tilhørere."


def test_citations_lead_to_the_annexes_of_their_own_item() -> None:
    tree = pipeline.build_tree(examples(), f"{BR}/beslutningsprotokol")
    shown = tree_text.dump(tree)
    assert "Link(#ordning-politik Computed('bilag\\xa01' @content/cases/" in shown
    headings = [plain_text(node.children) for node in document.walk(tree) if isinstance(node, Heading)]
    assert headings[1] == "Punkter"
    assert headings[2] == "1. Godkendelse af dagsordenen"


# -- open and closed --------------------------------------------------------------------------------------------

SECRETS = (b"Opdigtet G", b"hemmelig", b"k\xc3\xb8b af en bestemt", b"Vurdering af ejendommen")


@pytest.mark.slow
@pytest.mark.parametrize("id", [f"{BR}/dagsorden", f"{BR}/beslutningsprotokol", f"{OEU}/dagsorden"])
def test_nothing_closed_is_in_any_byte_of_the_public_edition(id: str) -> None:
    open_bytes = everything(examples(), id, Edition.PUBLIC)
    assert [secret for secret in SECRETS if secret in open_bytes] == []
    closed_bytes = everything(examples(), id, Edition.INTERNAL)
    assert [secret for secret in SECRETS if secret in closed_bytes], "the judge can find them"


def test_a_closed_item_shows_what_the_law_allows() -> None:
    found = lines(f"{BR}/beslutningsprotokol")
    item = found[found.index("4. Salg af ejendom") :]
    assert item[1:4] == [
        "Lukket punkt: styrelseslovens § 10.",
        "Beslutning",
        "Punktet blev behandlet for lukkede døre.",
    ]
    inside = lines(f"{BR}/beslutningsprotokol", Edition.INTERNAL)
    assert "Salget blev godkendt til den hemmelige pris." in inside
    assert "Køb af ejendom" in lines(f"{OEU}/dagsorden")
    assert "Eksempel på køb af en bestemt ejendom" in lines(f"{OEU}/dagsorden", Edition.INTERNAL)


# -- deadlines --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("meeting", "last"),
    [
        ("2024-06-20", "2024-06-14"),  # Thursday: Wednesday, Tuesday, Monday, Friday
        ("2024-04-03", "2024-03-25"),  # Easter lies between
        ("2023-05-08", "2023-05-01"),  # store bededag, 5 May 2023, was a holiday
        ("2024-04-29", "2024-04-23"),  # and from 2024 no more: 26 April is a weekday
    ],
)
def test_four_weekdays_before(meeting: str, last: str) -> None:
    day = datetime.date.fromisoformat
    assert last_day_to_send(day(meeting), 4) == day(last)


@pytest.mark.slow
@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2060, 1, 1)), st.integers(1, 10), st.booleans())
def test_so_many_weekdays_lie_from_the_last_day_until_the_meeting(
    meeting: datetime.date, weekdays: int, saturday: bool
) -> None:
    last = last_day_to_send(meeting, weekdays, saturday)
    days = [last + datetime.timedelta(days=number) for number in range((meeting - last).days)]
    assert sum(is_weekday(day, saturday) for day in days) == weekdays
    assert is_weekday(last, saturday)


# -- a new meeting ----------------------------------------------------------------------------------------------


def test_a_new_meeting_has_the_cases_of_the_day(tmp_path: Path) -> None:
    files = {path: data for path, data in example_files().items() if not path.startswith("meetings/")}
    content = write_content(tmp_path / "content", files)
    made = {
        id: create_document(KINDS["meeting"], id, content, ROOT / "templates")
        for id in ("2024-09-17-oeu", "2024-05-15-oekonomiudvalget")
    }
    assert "items:\n  - {id: lukket, case: lukket}\n" in made["2024-09-17-oeu"].read_text("utf-8")
    assert "committee: oekonomiudvalget\ndate: 2024-05-15\n" in made["2024-05-15-oekonomiudvalget"].read_text("utf-8")
    found = read_project(content, ROOT / "templates")
    assert found.problems() == ()
    assert "Lukket punkt" in " ".join(lines("meeting/2024-09-17-oeu/dagsorden", found=found))
    for id, words in (
        ("2024-09-17-oeu", "findes allerede"),
        ("udateret", "begynder ikke med en dato"),
        ("Ø", "navn"),
        ("2024-05-15-x", "'x' er ikke et udvalg den dag"),
        ("2024-05-15", "hvilket udvalg der mødes"),
    ):
        with pytest.raises(OutputError, match=words):
            create_document(KINDS["meeting"], id, content, ROOT / "templates")


# -- what is wrong ----------------------------------------------------------------------------------------------

PLACE = "meetings/2024-09-17-oeu.yaml"


FAULTS = [
    ("committee: oekonomiudvalget", "committee: oekonomiudvalge", "mente du 'oekonomiudvalget'?"),
    ("committee: oekonomiudvalget", "committee: oekonomiforvaltningen", "er ikke et udvalg"),
    ("date: 2024-09-17", "date: 2024-09-18", "omdøb filen til 2024-09-18-….yaml"),
    ("date: 2024-09-17\n", "", "skriv date: 2024-09-17"),
    ("case: lukket", "case: lukke", "mente du 'lukket'?"),
    ("case: lukket", "case: droeftelse", "skal ikke for 'oekonomiudvalget'"),
    ("case: lukket", "case: erklaering", "er for udvalget den 2024-08-20"),
    ("case: lukket}", "case: lukket, title: Noget}", "sagen siger det selv; slet title"),
    ("id: koeb", "id: status", "id'et 'status' bruges to gange"),
    ("title: Mundtlig status", "text: Uden titel", "har hverken sag eller titel"),
    (
        "late_reason: sagen om ejendommen forelå først den 12. september 2024\n",
        "",
        "senest 2024-09-11 og er sendt 2024-09-12",
    ),
    ("sent: 2024-09-12", "sent: 2024-09-10", "fristen er overholdt"),
    ("sent: 2024-09-12", "sent: 2024-10-12", "sendt ud efter mødet"),
    ('time: "15.30"', "time: 25:30", "'25:30' er ikke et klokkeslæt; skriv fx 17:30"),
    ("supplement:", "minutes: {status: udkast}\nsupplement:", "punktet 'status' har ingen beslutning"),
    ("supplement:", "minutes: {status: udkast}\nsupplement:", "sagen 'lukket' har ingen beslutning fra mødet"),
    ("supplement:", "tabled: [{id: bord, case: lukket}]\nsupplement:", "hører ikke til på aflæggerbordet"),
    (
        "committee: oekonomiudvalget",
        "committee: klima-miljoe-og-teknikudvalget",
        "'klima-miljoe-og-teknikudvalget' fandtes ikke den 17.9.2024",
    ),
    ("committee: oekonomiudvalget", "committee: xyzzy", "tilføj det i organisation.yaml"),
    ("case: lukket", "case: xyzzy", "opret den med docgen new case xyzzy"),
    ("case: lukket}", "case: lukket, text: Noget, decision: Noget}", "slet text, decision"),
    ('time: "15.30"', "time: [15, 30]", "her skal stå et klokkeslæt"),
    ("date: 2024-09-17\n", "date: [2024]\n", "her skal stå en dato"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("old", "new", "words"), FAULTS)
def test_problems_of_a_meeting(old: str, new: str, words: str) -> None:
    assert words in problem(PLACE, old, new)


@pytest.mark.slow
def test_what_is_told_of_a_faulty_meeting(golden: Golden) -> None:
    shown = [f"## {words}\n{problem(PLACE, old, new)}\n" for old, new, words in FAULTS]
    golden("errors/meetings.txt", "\n".join(shown))


def test_a_meeting_needs_a_day_to_go_by() -> None:
    files = {path: data for path, data in example_files().items() if not path.startswith("meetings/")}
    files["meetings/udateret.yaml"] = (
        b"committee: oekonomiudvalget\nversion: '1.0'\nstatus: udkast\nitems: [{id: a, title: Noget}]\n"
    )
    (told,) = replace(examples(), content_files=files).problems()
    assert str(told).startswith("content/meetings/udateret.yaml:1:1: mødet har hverken dato eller en sag at gå efter")


def test_a_meeting_without_a_known_day_takes_its_names_from_its_cases() -> None:
    files = example_files()
    text = files["cases/lukket.yaml"].decode().replace(", date: 2024-09-17", "")
    meeting = "committee: oekonomiudvalget\nversion: '1.0'\nstatus: udkast\nitems: [{id: koeb, case: lukket}]\n"
    files = {path: data for path, data in files.items() if not path.startswith("meetings/")}
    files |= {"cases/lukket.yaml": text.encode(), "meetings/udateret.yaml": meeting.encode()}
    found = replace(examples(), content_files=files)
    assert lines("meeting/udateret/dagsorden", found=found)[:6] == [
        *("Dagsorden", "Økonomiudvalgets møde", "Udvalg", "Økonomiudvalget", "Dato", "ikke oplyst"),
    ]
    assert pipeline.write(found, pipeline.build_tree(found, "meeting/udateret/dagsorden"), formats.HTML)


# -- the pack ---------------------------------------------------------------------------------------------------


@cache
def pack(id: str, edition: Edition = Edition.PUBLIC) -> bytes:
    return meeting_pack.write_pack(Job(examples(), f"{id}/dagsorden", edition)).data


def outline(data: bytes) -> list[Any]:
    """The titles of the bookmarks, those inside another as a list after it."""

    def titles(items: list[Any]) -> list[Any]:
        return [titles(item) if isinstance(item, list) else item.title.replace("\u00a0", " ") for item in items]

    return titles(PdfReader(io.BytesIO(data)).outline)


@pytest.mark.slow
def test_each_case_is_followed_by_its_annexes() -> None:
    found = outline(pack(BR))
    (case,) = [title for title in found if isinstance(title, str) and title.startswith("Punkt 3")]
    inside = found[found.index(case) + 1]
    assert [title for title in inside if isinstance(title, str)][-2:] == [
        "Bilag 1 – Indkøbspolitikken",
        "Bilag 3 – Et notat",
    ]


@pytest.mark.slow
def test_pages_are_labelled_and_numbered_through() -> None:
    reader = PdfReader(io.BytesIO(pack(BR)))
    labels = [label.replace("\u00a0", " ") for label in reader.page_labels]
    assert labels[0] == "s. 1"
    assert {"Punkt 3", "Punkt 3, s. 1", "Punkt 3, bilag 1, s. 2", "Punkt 3, bilag 3, s. 3"} <= set(labels)
    place = labels.index("Punkt 3, bilag 1, s. 3")
    assert f"Mødemappe s. {place + 1}" in " ".join(reader.pages[place].extract_text().split())


def test_the_agenda_leads_to_each_item_and_annex() -> None:
    reader = PdfReader(io.BytesIO(pack(BR)))
    labels = [label.replace("\u00a0", " ") for label in reader.page_labels]
    names = reader.named_destinations
    found = set()
    for link in reader.pages[1]["/Annots"]:  # type: ignore[attr-defined]
        place = link.get_object()["/Dest"] if "/Dest" in link.get_object() else link.get_object()["/A"]["/D"]
        found.add(labels[reader.get_destination_page_number(names[place]) or 0])
    assert found == {"Punkt 3", "Punkt 3, bilag 1", "Punkt 3, bilag 3"}


@pytest.mark.slow
def test_nothing_closed_is_in_the_open_pack() -> None:
    for id in (BR, OEU):
        text = _inside(pack(id))
        assert [secret for secret in SECRETS if secret in text] == []
    assert b"Vurdering af ejendommen" in _inside(pack(OEU, Edition.INTERNAL))


def _inside(data: bytes) -> bytes:
    """Every text of a PDF, its metadata and all its streams unpacked."""
    reader = PdfReader(io.BytesIO(data))
    parts = [page.extract_text() for page in reader.pages] + [str(outline(data)), str(reader.metadata)]
    found = "\n".join(parts).encode()
    for number in range(1, len(reader.xref[0]) + 1 if reader.xref else 1):
        value = reader.get_object(number)
        if isinstance(value, StreamObject):
            found += value.get_data()
        elif value is not None:
            found += str(value).encode()
    for files in reader.attachments.values():
        found += b"".join(files)
    return found


@pytest.mark.judge
def test_a_pack_of_docgens_own_documents_conforms(tmp_path: Path) -> None:
    require_verapdf()
    real = list(repository().content.all(Meeting))
    files = []
    for id in real:
        files.append(tmp_path / f"{id}.pdf")
        files[-1].write_bytes(meeting_pack.write_pack(Job(repository(), f"meeting/{id}/dagsorden")).data)
    assert conformance_failures(files) == []


@pytest.mark.slow
def test_the_same_pack_twice() -> None:
    assert meeting_pack.write_pack(Job(examples(), f"{BR}/dagsorden")).data == pack(BR)


@cache
def foreign_pack() -> bytes:
    """The pack with a tagged PDF from elsewhere, one of its pages turned, for the first annex of a case."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(typst_pdf("ua-1", "a-3a"))))
    writer.pages[1].rotate(90)
    return pack_of(writer).data


def pack_of(annex: PdfWriter) -> Pack:
    """The pack with a PDF from elsewhere for the first annex of a case."""
    turned = io.BytesIO()
    annex.write(turned)
    files, case = example_files(), "cases/beslutning.yaml"
    assert b"annexes:\n" in files[case]
    files[case] = files[case].replace(b"annexes:\n", b"annexes:\n  - {id: udefra, title: Udefra, file: udefra.pdf}\n")
    files |= dict.fromkeys(("annexes/udefra.pdf", "annexes/rapport.pdf"), turned.getvalue())
    return meeting_pack.write_pack(Job(replace(examples(), content_files=files), f"{BR}/dagsorden"))


@pytest.mark.slow
def test_a_number_is_set_smaller_on_a_narrow_page_and_left_out_with_a_notice_on_a_tiny_one() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(typst_pdf("ua-1", "a-3a"))))
    for number, side in enumerate((130, 75)):
        writer.pages[number].mediabox = RectangleObject((0, 0, side, 400))
    pack = pack_of(writer)
    told = [notice.message for notice in pack.notices if "mødemappens sidetal på side 2" in notice.message]
    assert told
    assert all("bilag" in message for message in told)
    narrow = [page for page in PdfReader(io.BytesIO(pack.data)).pages if page.mediabox.width in (130, 75)]
    drawn = [re.search(rb"q ([-0-9. ]+) cm /DocgenNummer", page.get_contents().get_data()) for page in narrow]  # type: ignore[union-attr]
    assert [found is not None for found in drawn] == [True, False] * (len(narrow) // 2)
    scale, *_, across, _ = map(float, drawn[0][1].split())  # type: ignore[index]
    form: Any = narrow[0]["/Resources"]["/XObject"]["/DocgenNummer"]  # type: ignore[index]
    assert 0.7 <= scale < 1
    assert across + scale * float(form["/BBox"][2]) <= 130


@pytest.mark.slow
def test_pages_from_elsewhere_are_numbered_through_too() -> None:
    reader = PdfReader(io.BytesIO(foreign_pack()))
    shown = [number for number, page in enumerate(reader.pages) if re.search("The start|The end", page.extract_text())]
    assert len(shown) == 4
    for number in shown:
        words = " ".join(reader.pages[number].extract_text().split())
        assert f"{reader.page_labels[number]} · Mødemappe s. {number + 1}" in words.replace("\u00a0", " ")
    assert [reader.page_labels[number].partition(", ")[2] for number in shown[:2]] == ["bilag 1, s. 1", "bilag 1, s. 2"]
    everything = " ".join(pdf_texts(foreign_pack()))
    assert "The start" in everything
    assert f"Mødemappe s. {shown[0] + 1}" not in everything  # an artifact: not part of what the page says


@pytest.mark.slow
def test_each_case_and_annex_has_its_page_beside_its_line() -> None:
    """Counted through the whole pack, with the pages from elsewhere."""
    reader = PdfReader(io.BytesIO(foreign_pack()))
    pages = [" ".join(page.extract_text().split()) for page in reader.pages]
    agenda = next(number for number, words in enumerate(pages) if "Mødemappe s. 2" in words)
    told = [int(found) for found in re.findall(r"(?<!Mødemappe) s\. (\d+)", pages[agenda].replace("\u00a0", " "))]
    dividers = [number + 1 for number, words in enumerate(pages) if re.match(r"Punkt \d+(, bilag \d+)? ", words)]
    starts = [number for number in dividers if f"s. {number}" not in pages[number - 1]]
    assert told == starts
    assert len(told) == 4
    assert pages[0].startswith("Københavns Kommune Mødemappe")


@pytest.mark.judge
def test_numbered_pages_from_elsewhere_conform(tmp_path: Path) -> None:
    require_verapdf()
    (tmp_path / "mappe.pdf").write_bytes(foreign_pack())
    assert conformance_failures([tmp_path / "mappe.pdf"]) == []


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_number_stands_upright_in_the_lower_right_corner_however_the_page_is_turned(turned: int) -> None:
    numbers = PdfWriter()
    numbers.add_blank_page(40, 10)
    stream = io.BytesIO()
    numbers.write(stream)
    writer = PdfWriter()
    page = writer.add_blank_page(600, 800)
    page.cropbox = RectangleObject((10, 20, 510, 720))
    page.rotate(turned)
    running_numbers.stamp(writer, [page], PdfReader(stream))
    contents = page.get_contents()
    assert contents is not None
    resources: Any = page["/Resources"]
    assert resources["/XObject"]["/DocgenNummer"]["/Subtype"] == "/Form"
    found = re.search(rb"q ([-0-9. ]+) cm /DocgenNummer Do Q", contents.get_data())
    assert found is not None
    a, b, c, d, e, f = map(float, found[1].split())

    def shown(x: float, y: float) -> tuple[float, float]:
        """Where a point of the number is, from the lower left corner of the page as it is shown."""
        x, y = a * x + c * y + e, b * x + d * y + f
        return {0: (x - 10, y - 20), 90: (y - 20, 510 - x), 180: (510 - x, 720 - y), 270: (720 - y, x - 10)}[turned]

    width = 500 if turned in (0, 180) else 700
    assert [shown(0, 0), shown(40, 0), shown(0, 10)] == [(width - 74, 12), (width - 34, 12), (width - 74, 22)]
