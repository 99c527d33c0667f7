"""The public parts of documents, field by field: what is left of them, under which ids, and at which places."""

from __future__ import annotations

from typing import Any

import pytest

from docgen.content.fields import INTERNAL, Field, Model, texts_by_place, to_plain
from docgen.content.yaml_reader import dump_yaml
from docgen.document_id import DocumentId
from docgen.kinds.case.model import Case
from docgen.kinds.case.public import closed_parts
from docgen.kinds.edition import Edition
from docgen.kinds.public import neutral_id, neutral_ids, public_part
from docgen.ledger.closed_matter import closed_matter
from docgen.project import Project
from tests.conftest import Golden
from tests.support.contents import repository
from tests.support.house import CASE, MEETING, NOW, changed, content

WHY: dict[str, Any] = {"closed": {"reason": "forvaltningsloven § 27."}}
SAID = {"needs_decision": False}
HIDDEN = (
    "Løsningen er hemmelig. Eksempel Kommune og Byrådet giver Novo Beton 14,5 mio. kr. eller 12 pct. for Ydernes; "
    "Politikken og Beton Nord Syd, **Firma Ørsted** og Grundens pris. Titel\n\n- Punkt et\n- Se Odense."
)
OPEN_CASE: dict[str, Any] = {
    "title": "En åben sag med lukkede dele",
    "kind": "decision",
    "version": "1.0",
    "status": "til behandling",
    "date": "2026-01-12",
    "administrations": ["skole"],
    "case_officer": "Navn Navnesen",
    "summary": "Udvalget ser på {bilag:aabent} og {Bilag:hemmeligt}, men ikke {{bilag:hemmeligt}}.",
    "recommendation": [
        {
            "points": [
                {"id": "et", "text": "planen godkendes"},
                {"id": "to", "text": "navnet godkendes", **WHY},
                {"id": "lukket-punkt-2", "text": "et punkt med et uheldigt id"},
            ]
        }
    ],
    "sections": [
        {"id": "problem", "text": "Problemet."},
        {"id": "solution", "text": HIDDEN, **WHY},
    ],
    "treatments": [
        {
            "body": "udvalg",
            "role": "decides",
            "date": "2026-02-03",
            "recommendation": [
                {
                    "points": [
                        {"id": "to", "text": "navnet, som udvalget ser det"},
                        {"id": "et"},
                        {"id": "lukket-punkt-2"},
                    ]
                }
            ],
            "decision": {
                "amendments": [
                    {"id": "aendring", "by": "A", "text": "et andet navn", "points": ["to", "et"]},
                ],
                "outcomes": [
                    {"amendment": "aendring", "verb": "forkastet"},
                    {"point": "lukket-punkt-2", "verb": "godkendt"},
                    {"points": ["to", "et"], "verb": "godkendt"},
                ],
                "statements": [{"by": "B", "text": "Vi sagde noget hemmeligt.", **WHY}, {"by": "C", "text": "Åbent."}],
            },
        },
    ],
    "annexes": [
        {"id": "aabent", "title": "Åbent", "document": "policy/eksempel", "version": "1.0"},
        {"id": "hemmeligt", "title": "Hemmeligt", "document": "policy/eksempel", "version": "1.0", **WHY},
        {"id": "bilag-2", "title": "Et andet", "document": "policy/eksempel", "version": "1.0"},
    ],
}
CLOSED_DECISION = {**OPEN_CASE["treatments"][0], "decision": {"text": "Hemmeligt.", **WHY}}
MEETING_FILE: dict[str, Any] = {
    "committee": "udvalg",
    "date": "2026-02-03",
    "version": "1.0",
    "status": "til behandling",
    "sent": "2026-01-28",
    "items": [
        {"id": "valg", "title": "Valg", "decision": "Valget blev udsat."},
        {"id": "sagen", "case": "sag"},
        {"id": "sagen-om-navnet", "case": "lukket", "guests": ["Navn Navnesen"], "time": "17:30"},
        {"id": "personale", "title": "Ansættelse af Navn", "text": "Han er ansat.", "guests": ["Navn"], **WHY, **SAID},
        {"id": "grund", "title": "Salg af grund", "public_title": "Ejendomssag", **WHY, **SAID},
        {
            "id": "bilagene",
            "title": "Et punkt med bilag",
            "text": "Se bilagene.",
            **SAID,
            "annexes": [
                {"id": "aabent", "title": "Åbent", "document": "policy/eksempel", "version": "1.0"},
                {"id": "skjult", "title": "Skjult", "document": "policy/eksempel", "version": "1.0", **WHY},
            ],
        },
    ],
    "together": [{"items": ["valg", "grund"]}],
    "supplement": {"reason": "Det haster.", "after": "grund", "items": [{"id": "mere", "title": "Mere", **SAID}]},
    "minutes": {
        "status": "udkast",
        "attendance": [
            {"who": "A", "what": "late", "at": "17:35", "item": "personale", "reason": "hans sag", "note": "om ham"},
            {"who": "B", "what": "late", "at": "17:05", "item": "valg", "reason": "toget"},
        ],
    },
}


def made() -> Project:
    """A project with an open case that has everything closed in it, three closed ones, and their meeting."""
    closed = {**OPEN_CASE, **WHY, "title": "Sagen om navnet"}
    cases = {
        CASE: OPEN_CASE,
        "cases/lukket.yaml": closed,
        "cases/lukket-nummer.yaml": {**closed, "document_number": "2026-0001234-5", "public_title": "Ejendomssag"},
        "cases/lukket-samme.yaml": {**closed, "case_number": "2026-0001234"},
        "cases/aaben.yaml": {**OPEN_CASE, "treatments": [CLOSED_DECISION]},
        MEETING: MEETING_FILE,
    }
    files = {**content(), **{path: dump_yaml(said) for path, said in cases.items()}}
    files = changed(files, (NOW, "responsible: skole", "responsible: skole\n    cases: [lukket, sag]"))
    return Project(files, repository().template_files)


def test_public_parts_field_by_field(golden: Golden) -> None:
    project = made()
    assert project.problems() == ()
    public = project.in_edition(Edition.PUBLIC)
    for kind in ("case", "meeting"):
        shown = []
        for id, model in public.documents.items():
            if id.kind == kind:
                places = [f"{file} {'.'.join(path)}" for file, path in texts_by_place(model) if file]
                shown += [f"## {id}, {model.origin}", dump_yaml(to_plain(model)).decode(), *places, ""]
        golden(f"public/{kind}.txt", "\n".join(shown))


def test_a_follow_up_names_closed_cases_by_what_they_are_called_in_public() -> None:
    project = made()
    public = project.in_edition(Edition.PUBLIC)
    named = {str(id): texts for id, model in public.documents.items() if (texts := _cases(model))}
    (own,) = [id.name for id in public.documents if id.name.startswith("lukket-") and len(id.name) == 15]
    assert named == {"follow-up/2024": [(own, "sag")]}


def _cases(model: object) -> list[tuple[str, ...]]:
    areas = [area for goal in getattr(model, "areas", ()) for area in [goal]]
    return [area.cases for area in areas if getattr(area, "cases", ())]


def test_what_is_closed_is_told_in_words() -> None:
    project = made()
    documents = project.content.documents
    profile = project.content.settings.cases
    assert profile is not None
    told = {str(id): list(closed_parts(model, profile)) for id, model in documents.items() if isinstance(model, Case)}
    why = "(forvaltningsloven § 27)"
    assert told["case/lukket"] == [f"hele sagen {why}"]
    assert told["case/sag"] == [
        *(f"Løsning {why}", f"at-punkt 2 {why}", f"protokolbemærkning 1 fra udvalg {why}", f"bilag 2 {why}"),
        "sagsbehandler",
    ]
    assert told["case/aaben"][2:3] == [f"beslutningen fra udvalg {why}"]


def test_what_is_closed_is_collected_by_its_place(golden: Golden) -> None:
    found = closed_matter(made())
    golden("public/closed.txt", "".join(f"{secret.origin}: {secret.words}\n" for secret in found.distinctive))
    golden("public/closed-short.txt", "".join(f"{secret.origin}: {secret.words}\n" for secret in found.short))
    assert (found.unread, found.annexes) == ((), {})


def test_a_field_that_must_be_there_and_may_not_be_seen_is_a_fault_of_its_type() -> None:
    class Secretive(Model):
        name: str = Field(INTERNAL)

    with pytest.raises(TypeError, match=r"^Secretive\.name has no stand-in$"):
        public_part(Secretive(name="x"))


def test_an_id_that_is_taken_gets_a_number() -> None:
    taken = {"a", "a-2"}
    assert [neutral_id(wanted, taken) for wanted in ("b", "a", "a", "b")] == ["b", "a-3", "a-4", "b-2"]


def test_closed_documents_are_called_by_kind_and_none_by_an_open_ones_name() -> None:
    ids = {DocumentId("case", name): wanted for name, wanted in (("b", "x"), ("a", "x"), ("x", ""), ("c", "y"))}
    found = neutral_ids(ids)
    assert {str(id): str(new) for id, new in found.items()} == {
        "case/a": "case/x-2",
        "case/b": "case/x-3",
        "case/c": "case/y",
    }
