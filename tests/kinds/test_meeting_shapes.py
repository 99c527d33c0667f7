"""Meetings as committees really have them: numbers of the year, later items, guests, who was there, how minutes end."""

from __future__ import annotations

import copy
import io
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from docgen import pipeline
from docgen.content.meeting_profile import MeetingProfile
from docgen.kinds.document_fields import Status
from docgen.kinds.edition import Edition
from docgen.kinds.meeting.agenda_checks import closed_before_open
from docgen.kinds.meeting.model import AgendaItem, Meeting, Numbering, Supplement
from docgen.kinds.meeting.numbering import numbered
from docgen.kinds.meeting.skeleton import new_meeting
from docgen.packs import meeting as meeting_pack
from docgen.pipeline import Job
from docgen.project import Project, project_of_source
from docgen.structs import replace
from docgen.tree import document
from docgen.tree.document import List, Table
from docgen.writers import formats
from docgen.writers.formats import Format
from tests.kinds.test_cases_closed import everything
from tests.kinds.test_meetings import outline
from tests.support import plain_yaml
from tests.support.examples_project import example_files, examples
from tests.support.judges import conformance_failures, require_verapdf
from tests.support.pdf_reading import pdf_texts

ID = "meeting/2026-04-27-ktu"
AGENDA, MINUTES = f"{ID}/dagsorden", f"{ID}/beslutningsprotokol"
NAMES = ("Et", "To", "Tre", "Fire", "Fem", "Seks", "Syv", "Otte", "Ni", "Ti", "Elleve")
LETTERS = "AABCFIOVØÅA"
MEMBERS = [
    {"name": f"Opdigtet {name}", "party": party, "from": "2026-01-01"}
    for name, party in zip(
        ["Et", "To", "Tre", "Fire", "Fem", "Seks", "Syv", "Otte", "Ni", "Ti", "Elleve"], LETTERS, strict=True
    )
]
MEETING: dict[str, Any] = {
    "committee": "klima-miljoe-og-teknikudvalget",
    "date": "2026-04-27",
    "time": "15:00",
    "version": "1.0",
    "status": "vedtaget",
    "sent": "2026-04-21",
    "numbering": {"first": 143},
    "together": [{"items": ["anlaeg", "status"]}],
    "items": [
        {
            "id": "anlaeg",
            "case": "anlaeg",
            "time": "15:10",
            "guests": "Rektor Opdigtet",
            "deputation": ["Forældrerådet", "Cyklisterne"],
        },
        {
            "id": "status",
            "title": "Status om veje",
            "kind": "briefing",
            "needs_decision": False,
            "annexes": [
                {"id": "kort", "title": "Kort", "file": "rapport.pdf"},
                {"id": "bud", "title": "Et hemmeligt bud", "file": "liste.pdf", "closed": {"reason": "oflov § 30"}},
            ],
        },
        {"id": "torv", "title": "Torvet", "cancelled": True},
        {
            "id": "grund",
            "title": "Køb af Hemmelig Grund",
            "decision": "Købt for hemmelige 3 mio. kr.",
            "guests": "Den hemmelige sælger",
            "disqualified": [{"who": "Opdigtet Ni (Ø)", "because": "ejer hemmelig nabogrund"}],
            "closed": {"reason": "styrelseslovens § 10"},
        },
    ],
    "supplement": {
        "sent": "2026-04-24",
        "reason": "fristen udløber",
        "after": "status",
        "items": [{"id": "haster", "title": "En sag, der haster", "decision": "Udsat."}],
    },
    "minutes": {
        "version": "1.0",
        "status": "vedtaget",
        "approval": "Dagsordenen blev godkendt.",
        "ended": "19:05",
        "attendance": [
            {"who": "Opdigtet Otte (V)", "what": "excused", "reason": "sygdom"},
            {
                "who": "Vikar Vikarsen (V)",
                "what": "substitute",
                "replaces": "Opdigtet Otte (V)",
                "ground": "jf. styrelseslovens § 15, stk. 2",
                "finding": "Rådet fandt, at betingelserne er opfyldt.",
            },
            {"who": "Opdigtet Et (A)", "what": "late", "at": "15:20", "item": "anlaeg"},
            {
                "who": "Opdigtet Ni (Ø)",
                "what": "left-early",
                "at": "17:00",
                "item": "grund",
                "reason": "hemmelig interesse",
            },
        ],
        "reservations": ["Opdigtet To (A) tog forbehold."],
        "corrections": [{"date": "2026-05-01", "text": "»ti« er rettet til »12«."}],
    },
}
WORDS: dict[str, Any] = {
    "attendance_words": {"place": "approval", "under_items": True, "members": True},
    "closing": {"signatures": "lines"},
}


def project(words: dict[str, Any] | None = None, item: str | None = None, **changes: Any) -> Project:
    """The examples with this meeting, changed in some fields, and with these words of the municipality."""
    files = example_files()
    settings = plain_yaml.read(files["settings.yaml"])
    settings["meetings"] = words or {}
    if item is not None:
        settings["cases"]["kinds"]["decision"]["item"] = item
    organisation = plain_yaml.read(files["organisation.yaml"])
    for body in organisation["bodies"]:
        if body["id"] == MEETING["committee"]:
            body |= {"seats": 11, "members": MEMBERS}
    meeting = {key: value for key, value in {**copy.deepcopy(MEETING), **changes}.items() if value is not None}
    for path, what in (("settings", settings), ("organisation", organisation), ("meetings/2026-04-27-ktu", meeting)):
        files[f"{path}.yaml"] = _yaml(what)
    return replace(examples(), content_files=files)


def _yaml(what: Any) -> bytes:
    text = plain_yaml.write(what, sort_keys=False)
    return "\n".join(map(_undated, text.split("\n"))).encode()


def _undated(line: str) -> str:
    """A line with its day as a day: dumped texts of digits have quotes."""
    key, _, value = line.partition(": '")
    is_day = len(value) == 11 and value[4] == value[7] == "-"
    return f"{key}: {value[:-1]}" if is_day else line


@cache
def full() -> Project:
    return project(WORDS, "Beslutningssag: {titel}")


def lines(id: str, edition: Edition = Edition.PUBLIC, found: Project | None = None) -> list[str]:
    tree = pipeline.build_tree(found or full(), id, edition)
    return [text.replace("\u00a0", " ") for text in document.texts(tree)]


def told(**changes: Any) -> str:
    found = project(**changes).problems()
    assert all(problem.origin.line for problem in found), "every problem has its line"
    return "\n".join(map(str, found))


def after(found: list[str], heading: str) -> list[str]:
    return found[next(at for at, line in enumerate(found) if line.startswith(heading)) + 1 :]


# -- numbers and lines ------------------------------------------------------------------------------------------


def test_it_is_in_order() -> None:
    assert full().problems() == ()


def test_numbers_run_through_the_year_and_stay_where_an_item_is_cancelled() -> None:
    tree = pipeline.build_tree(full(), AGENDA)
    assert [(block.start, len(block.items)) for block in tree.blocks if isinstance(block, List)] == [(143, 5), (1, 1)]
    found = lines(AGENDA)
    assert "Punkt 146 udgår." in found
    assert "Punkt 144 og 145 behandles under ét." in found
    assert any(line.startswith("Beslutningssag: ") for line in found)
    assert any(line.startswith("144. Beslutningssag: ") for line in lines(MINUTES))


def test_everything_under_an_item_stands_inside_it_whatever_its_number() -> None:
    (items,) = [block for block in pipeline.build_tree(full(), AGENDA).blocks if isinstance(block, List)][:1]
    inside = [len(item.blocks) for item in items.items]
    assert inside == [3, 6, 3, 2, 2], "title, sentences and annexes"


def test_an_agenda_need_not_begin_with_its_approval() -> None:
    found = lines(AGENDA, found=project({"approval_item": False}, supplement=None, minutes=None, numbering=None))
    assert "Godkendelse af dagsordenen" not in found
    tree = pipeline.build_tree(project(approval_item=False, minutes=None), AGENDA)
    assert next(block for block in tree.blocks if isinstance(block, List)).start == 143
    assert "er ikke et punkt på mødet" in told(approval_item=False)


def test_a_closed_item_that_is_not_last_is_worth_a_word_and_no_fault() -> None:
    items = [*MEETING["items"], {"id": "eventuelt", "title": "Eventuelt", "needs_decision": False}]
    found = project(items=items)
    assert found.problems() == ()
    (notice,) = closed_before_open(found.content.all(Meeting)["2026-04-27-ktu"], found.content)
    assert "det åbne punkt 'eventuelt' står efter et lukket" in str(notice)


# -- what comes later -------------------------------------------------------------------------------------------

SUPPLEMENT = MEETING["supplement"]
PLACES: list[tuple[dict[str, Any], str, str]] = [
    ({"after": "status"}, "Punktet på tillægsdagsordenen behandles efter punkt 145.", "Tillægsdagsorden"),
    ({"as": 148}, "Punktet på tillægsdagsordenen behandles som punkt 148.", "Tillægsdagsorden"),
    ({"outside": True}, "Punktet behandles uden for dagsordenen.", "Uden for dagsordenen"),
]


@pytest.mark.parametrize(("where", "sentence", "heading"), PLACES)
def test_a_supplementary_agenda_says_when_it_was_sent_and_where_it_is_taken(
    where: dict[str, Any], sentence: str, heading: str
) -> None:
    kept = {key: value for key, value in SUPPLEMENT.items() if key != "after"}
    found = lines(AGENDA, found=project(supplement={**kept, **where}))
    first = after(found, "Godkendelse")
    assert first[:2] == ["Tillægsdagsordenen er sendt ud den 24. april 2026.", sentence]
    assert heading in found


def test_in_the_minutes_later_items_stand_where_they_were_taken() -> None:
    found = lines(MINUTES)
    at = [next(i for i, line in enumerate(found) if line.startswith(begins)) for begins in ("145.", "Tillæg", "146.")]
    assert at == sorted(at)
    assert found[at[1]] == "Tillægsdagsorden, punkt 1: En sag, der haster"


@given(st.integers(1, 400), st.integers(0, 6), st.integers(1, 4))
def test_no_two_items_of_an_agenda_have_one_number(first: int, cancelled: int, more: int) -> None:
    items = tuple(AgendaItem(id=f"p{n}", title="x", cancelled=n < cancelled) for n in range(7))
    late = Supplement(
        reason="x", as_number=first + 8, items=tuple(AgendaItem(id=f"s{n}", title="x") for n in range(more))
    )
    meeting = Meeting(
        id="m", committee="u", version="1.0", status=Status.DRAFT, items=items, supplement=late,
        numbering=Numbering(first=first),
    )  # fmt: skip
    numbers = [found.number for found in numbered(meeting, MeetingProfile())]
    assert numbers == list(range(first + 1, first + 8 + more))


# -- guests, deputations, attendance ----------------------------------------------------------------------------


def test_an_item_tells_its_time_guests_and_deputation() -> None:
    assert {
        "Kl. 15.10.",
        "Deltager under punktet: Rektor Opdigtet.",
        "Foretræde: Forældrerådet og Cyklisterne.",
    } <= set(lines(AGENDA))
    held = lines(MINUTES)
    assert "Rektor Opdigtet deltog under punktet." in held
    assert "Der var foretræde i sagen: Forældrerådet og Cyklisterne." in held


def test_an_item_that_is_no_case_has_annexes_and_needs_no_decision() -> None:
    found = lines(AGENDA)
    assert "Bilag 1 Kort" in found
    assert "Bilag 2 (ikke offentligt)" in found
    assert "Bilag 2 Et hemmeligt bud" in lines(AGENDA, Edition.INTERNAL)
    assert "filen 'x.pdf' findes ikke" in told(
        items=[{"id": "a", "title": "A", "annexes": [{"id": "x", "title": "X", "file": "x.pdf"}]}], together=None,
        supplement=None, minutes=None,
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("id", [AGENDA, MINUTES])
def test_nothing_closed_is_in_any_byte_of_the_public_edition(id: str) -> None:
    shown = everything(full(), id, Edition.PUBLIC)
    assert b"emmelig" not in shown
    assert b"emmelig" in everything(full(), id, Edition.INTERNAL), "the judge can find it"


@pytest.mark.slow
@pytest.mark.parametrize("edition", list(Edition))
@pytest.mark.parametrize("id", [AGENDA, MINUTES])
def test_its_own_source_makes_it_again(id: str, edition: Edition) -> None:
    items = [*MEETING["items"], {"id": "igen", "case": "ktu-igen", "cancelled": True}]
    found = project(WORDS, "Beslutningssag: {titel}", items=items)
    files = dict(found.content_files)
    files["cases/ktu-igen.yaml"] = files["cases/anlaeg.yaml"]
    found = replace(found, content_files=files)
    source = pipeline.source_of(found, id, edition)
    again, document_id, _ = project_of_source(source, found.font_directories)
    assert lines(str(document_id), edition, again) == lines(id, edition, found)
    assert pipeline.source_of(again, document_id, edition) == source


def test_only_meetings_carry_who_sits_where() -> None:
    assert b"Opdigtet Elleve" not in pipeline.source_of(full(), "case/anlaeg/klima-miljoe-og-teknikudvalget")
    assert b"Opdigtet Elleve" in pipeline.source_of(full(), MINUTES)


# -- the meeting itself -----------------------------------------------------------------------------------------


TITLES: list[tuple[dict[str, Any], str]] = [
    ({"extraordinary": True}, "s ekstraordinære møde den 27. april 2026"),
    ({"until": "2026-04-28"}, "s møde den 27. april 2026 og den 28. april 2026"),
    (
        {"written": True, "until": "2026-04-29", "until_time": "10:00", "time": None, "minutes": None},
        "s skriftlige votering fra den 27. april 2026 til den 29. april 2026 kl. 10.00",
    ),
]


@pytest.mark.slow
@pytest.mark.parametrize(("changes", "ends"), TITLES)
def test_a_meeting_is_called_what_it_is(changes: dict[str, Any], ends: str) -> None:
    found = lines(AGENDA, found=project(**changes))
    assert found[1] == f"Klima-, Miljø- og Teknikudvalget{ends}"
    assert ("Godkendelse af dagsordenen" in found) is not changes.get("written", False)


def test_a_meeting_that_was_moved_says_from_when() -> None:
    assert "Mødet var indkaldt til den 20. april 2026." in lines(AGENDA, found=project(postponed_from="2026-04-20"))


FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"until": "2026-04-27"}, "mødets sidste dag er ikke efter den første"),
    ({"until": "2026-04-28", "until_time": "10:00"}, "kun en skriftlig votering har until_time"),
    ({"postponed_from": "2026-04-27"}, "mødet er flyttet til samme dag"),
    ({"numbering": {"first": 0}}, "det første nummer er mindre end 1"),
    ({"together": [{"items": ["anlaeg"]}]}, "kun ét punkt behandles under ét"),
    ({"together": [{"items": ["anlaeg", "statu"]}]}, "mente du 'status'?"),
    ({"supplement": {**SUPPLEMENT, "as": 150}}, "tillægsdagsordenen har flere pladser"),
    ({"supplement": {**SUPPLEMENT, "after": "haster"}}, "er ikke på dagsordenen"),
    ({"supplement": {**SUPPLEMENT, "after": None, "as": 147}}, "det første ledige er 148"),
    ({"supplement": {**SUPPLEMENT, "sent": "2026-04-28"}}, "sendt ud efter mødet"),
    ({"supplement": {**SUPPLEMENT, "sent": "2026-04-20"}}, "sendt ud før dagsordenen"),
    ({"words": {"supplement_words": {"deadline_weekdays": 2}}}, "skulle være sendt senest 2026-04-23"),
    ({"minutes": {**MEETING["minutes"], "all_present": True}}, "alle var til stede, men 'Opdigtet Otte (V)'"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("changes", "words"), FAULTS)
def test_what_is_wrong_in_a_meeting(changes: dict[str, Any], words: str) -> None:
    changes = copy.deepcopy(changes)
    if "supplement" in changes:
        changes["supplement"] = {key: value for key, value in changes["supplement"].items() if value is not None}
    assert words in told(**changes)


# -- how the minutes end ----------------------------------------------------------------------------------------


def test_the_members_sign_on_a_page_of_its_own_or_approve_without_paper() -> None:
    tree = pipeline.build_tree(full(), MINUTES)
    table = next(node for node in document.walk(tree) if isinstance(node, Table))
    assert len(table.rows) == len(MEMBERS), "one is absent, and a substitute signs"
    assert {"Forbehold", "Opdigtet To (A) tog forbehold.", "Rettelser"} <= set(lines(MINUTES))
    assert "Rettet den 1. maj 2026: »ti« er rettet til »12«." in lines(MINUTES)
    by = {**MEETING["minutes"], "signers": ["Opdigtet Et (A)", "Opdigtet Sekretær"]}
    found = lines(MINUTES, found=project({"closing": {"signatures": "electronic"}}, minutes=by))
    assert "Godkendt elektronisk af Opdigtet Et (A) og Opdigtet Sekretær." in found


def test_a_meeting_that_began_later_says_so_in_the_minutes_alone() -> None:
    late = project(minutes={**MEETING["minutes"], "began": "15:20"})
    assert ("kl. 15.20" in lines(MINUTES, found=late), "kl. 15.00" in lines(MINUTES, found=late)) == (True, False)
    assert ("kl. 15.20" in lines(AGENDA, found=late), "kl. 15.00" in lines(AGENDA, found=late)) == (False, True)


def test_labels_are_the_municipality_s() -> None:
    labels = {"committee": "Mødeudvalg", "attendance": "Afbud", "place": "Mødested"}
    found = lines(MINUTES, found=project({"labels": labels}, place="Rådhuset"))
    assert {"Mødeudvalg", "Afbud", "Mødested"} <= set(found)
    assert not {"Udvalg", "Fravær", "Sted"} & set(found)


@pytest.mark.parametrize("format", list(formats.FORMATS.values()))
@pytest.mark.parametrize("id", [AGENDA, MINUTES])
def test_it_is_written_in_every_format(id: str, format: Format) -> None:
    assert pipeline.write(full(), pipeline.build_tree(full(), id), format)


@cache
def pack(id: str) -> bytes:
    return meeting_pack.write_pack(Job(full(), id)).data


@pytest.mark.slow
def test_minutes_with_their_cases_are_one_pack_and_a_late_one_says_that_it_is() -> None:
    titles = [title for title in outline(pack(MINUTES)) if isinstance(title, str)]
    assert any(title.startswith("Punkt 144 ") for title in titles)
    assert "Punkt 145, bilag 1" in " ".join(titles) or any("Kort" in title for title in titles)
    assert meeting_pack.write_pack(Job(full(), MINUTES)).name == f"{ID}/referat-med-sager*"
    assert "Referat med sager s. 2" in " ".join(pdf_texts_of_feet(pack(MINUTES)))
    assert "Mødemappen er samlet efter mødet" in pdf_texts_of_feet(pack(AGENDA))[1]
    before = meeting_pack.write_pack(Job(project(minutes=None), AGENDA)).data
    assert "samlet efter mødet" not in pdf_texts_of_feet(before)[0]
    assert b"emmelig" not in pack(MINUTES)


def pdf_texts_of_feet(data: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()).replace("\u00a0", " ") for page in PdfReader(io.BytesIO(data)).pages]


def test_a_new_meeting_has_the_members_as_a_form() -> None:
    text = new_meeting(full().content, "2026-05-11-ktu")
    form = text[text.index("#   attendance:") :].splitlines()[1:]
    assert form == [f"#     - {{who: {one['name']} ({one['party']}), what: excused}}" for one in MEMBERS]
    assert "#   attendance:" not in new_meeting(full().content, "2025-05-12-tmu"), "they sit from 2026 on"


PROFILES: list[tuple[dict[str, Any], list[str], list[str]]] = [
    (
        {
            "approval_item": False, "minutes": "Referat", "item": "Sag", "items": "Sager",
            "item_words": {"cancelled": "Sag {nummer} udgår.", "together": "Sag {numre} behandledes samlet."},
            "supplement": "Ekstra sager", "labels": {"committee": "Byråd og udvalg", "council": "Byråd"},
        },
        ["Sag 145 udgår.", "Sag 143 og 144 behandledes samlet.", "Byråd og udvalg",
         "Ekstra sager, sag 1: En sag, der haster"],
        ["Godkendelse af dagsordenen", "Punkter", "Udvalg"],
    ),
    (
        {
            "approval": "Godkendelse af dagsorden og referat", "labels": {"attendance": "Ikke til stede"},
            "attendance_words": {"excused": "fraværende med afbud", "arrived": "mødte", "under": "ved punkt {nummer}"},
            "closing": {"signatures": "electronic"}, "minutes": "Beslutningsreferat",
        },
        ["143. Godkendelse af dagsorden og referat", "Ikke til stede", "Protokollen godkendes elektronisk.",
         "Opdigtet Otte (V): fraværende med afbud, sygdom", "Opdigtet Et (A): mødte kl. 15.20 ved punkt 144"],
        ["Fravær", "Beslutningsprotokol"],
    ),
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("words", "there", "nowhere"), PROFILES)
def test_another_municipality_has_its_own_words(words: dict[str, Any], there: list[str], nowhere: list[str]) -> None:
    minutes = dict(MEETING["minutes"])
    if not words.get("approval_item", True):
        del minutes["approval"]
    found = lines(MINUTES, found=project(words, minutes=minutes))
    assert [line for line in there if line not in found] == []
    assert [line for line in nowhere if line in found] == []


@pytest.mark.judge
def test_agenda_and_minutes_with_everything_conform(tmp_path: Any) -> None:
    require_verapdf()
    files = []
    for id in (AGENDA, MINUTES):
        files.append(tmp_path / f"{id.rpartition('/')[2]}.pdf")
        files[-1].write_bytes(pipeline.write(full(), pipeline.build_tree(full(), id), formats.PDF))
        assert pdf_texts(files[-1].read_bytes())
    assert conformance_failures(files) == []
