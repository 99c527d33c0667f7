"""The repository's own policy: complete, from its source's facts, with the names and figures that DOMAIN gives."""

from __future__ import annotations

import datetime
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from docgen import pipeline
from docgen.commands import schema as schemas
from docgen.document_id import parse_id
from docgen.kinds.edition import Edition
from docgen.kinds.policy.model import Policy
from docgen.kinds.registry import KINDS
from docgen.project import project_of_source
from docgen.tree import document
from docgen.tree.document import Division, List, ListItem, Paragraph, Role
from docgen.writers import formats
from tests.support.contents import REAL_POLICY, ROOT, judged_ids, repository, tree_of

POLICY = "indkoebspolitik-2023-2026"


def all_text() -> str:
    return " ".join(" ".join(document.texts(tree_of(REAL_POLICY))).replace("\u00a0", " ").split())


def test_five_values_with_their_thirty_focus_areas() -> None:
    policy = repository().content.all(Policy)[POLICY]
    assert [str(value.title) for value in policy.values] == [
        "Effektiv indkøbsorganisation",
        "Reduceret klimaaftryk",
        "Ansvarlige arbejdsvilkår",
        "Miljømæssig bæredygtighed",
        "Partnerskaber og innovation",
    ]
    assert [len(value.focus_areas) for value in policy.values] == [7, 4, 7, 7, 5]
    assert [len(re.split(r"\n\s*\n", value.text)) for value in policy.values] == [4, 3, 3, 3, 4]


def test_twenty_one_responsibilities_under_four_roles() -> None:
    responsibilities = repository().content.all(Policy)[POLICY].responsibilities
    assert responsibilities is not None
    roles = responsibilities.roles
    found = {str(role.title): len(role.responsibilities) for role in roles}
    assert found == {
        "Borgerrepræsentationen": 4,
        "Økonomiudvalget": 2,
        "Fagudvalg og forvaltninger": 9,
        "Økonomiforvaltningen": 6,
    }


def test_every_focus_area_and_responsibility_is_in_the_document() -> None:
    tree = tree_of(REAL_POLICY)
    policy = repository().content.all(Policy)[POLICY]
    items = [node for node in document.walk(tree) if isinstance(node, ListItem)]
    assert len(items) == 5 + 30 + 21 + 2  # the two key figures are a list
    anchors = {item.anchor for item in items}
    assert {str(area.id) for value in policy.values for area in value.focus_areas} <= anchors
    assert len(tree.notes) == 1
    assert "kategori" in " ".join(document.texts(tree)).lower()


@pytest.mark.slow
@pytest.mark.parametrize("id", [id for id in judged_ids() if not id.startswith("example/")])
@pytest.mark.parametrize("edition", list(Edition))
def test_its_own_source_makes_it_again(id: str, edition: Edition) -> None:
    """What the PDF carries and the ledger keeps is enough for the same document, whatever it names or quotes."""
    source = pipeline.source_of(repository(), id, edition)
    again, *found = project_of_source(source, repository().font_directories)
    assert found == [parse_id(id), edition]
    made, kept = (pipeline.build_tree(project, id, edition) for project in (again, repository()))
    for format in (formats.HTML, formats.DOCX):
        assert pipeline.write(again, made, format, edition) == pipeline.write(repository(), kept, format, edition)


def test_the_figures_of_2021() -> None:
    (figures,) = (
        node
        for node in document.walk(tree_of(REAL_POLICY))
        if isinstance(node, Division) and node.role is Role.KEY_FIGURES
    )
    (parts,) = (block for block in figures.blocks if isinstance(block, List))
    shown = [
        document.plain_text(item.blocks[0].children) for item in parts.items if isinstance(item.blocks[0], Paragraph)
    ]
    assert [(text.partition(" ")[0], item.weight) for text, item in zip(shown, parts.items, strict=True)] == [
        ("10,7", 10.7),
        ("3,1", 3.1),
    ]
    text = all_text()
    for figure in ("13,8 mia. kr.", "10,7 mia. kr.", "3,1 mia. kr.", "2021"):
        assert figure in text


@pytest.mark.parametrize(
    "fact",
    [
        *["1. december 2022", "2023-2026", "2030", "Milan Urban Food Policy Pact", "FN’s verdensmål", "Klimaplan 2035"],
        *["Mad- og Måltidsstrategien", "Ressource- og Affaldsplan 2024", "Miljø i Byggeri og Anlæg (MBA)", "Procura+"],
        *[
            "Det Grønne Opslagsværk",
            "Kvantum Indkøb",
            "Center for Indkøb",
            "KL’s indkøbsdatasamarbejde",
            "ID-kort",
            "CSR",
        ],
        *["Staten og Kommunernes Indkøbsservice (SKI)", "Partnerskab for Offentlige Grønne Indkøb (POGI)", "SMV’er"],
        *[
            "offentlig-private partnerskaber (OPP)",
            "offentlig-private innovationsfællesskaber (OPI)",
            "syv forvaltninger",
        ],
    ],
)
def test_names_and_dates_of_the_source_are_there(fact: str) -> None:
    assert fact in all_text()


@pytest.mark.parametrize(
    "wrong", ["2023-26 ", "offentlige-private", "Indkøbsfællesskab", "mia. kroner", " %", "KL's", '"', "  "]
)
def test_wrong_forms_are_not(wrong: str) -> None:
    assert wrong not in all_text()


def test_an_abbreviation_is_written_out_before_it_is_used() -> None:
    text = all_text().split("Indhold", 1)[1]
    for entry in repository().content.glossary.abbreviations:
        short = re.compile(rf"(?<![\w-]){re.escape(entry.short)}(?![\w+])")
        if first := short.search(text):
            written_out = text.lower().find(str(entry.long).lower()[:18])
            assert 0 <= written_out < first.start() + 40, entry.short


def test_renamed_committees_have_both_names_with_dates() -> None:
    organisation = repository().content.organisation
    before, after = datetime.date(2025, 12, 31), datetime.date(2026, 1, 1)
    renamed = {
        "teknik-og-miljoeudvalget": "Klima-, Miljø- og Teknikudvalget",
        "kultur-og-fritidsudvalget": "Kultur-, Fritids- og Borgerserviceudvalget",
        "beskaeftigelses-og-integrationsudvalget": "Beskæftigelses-, Integrations- og Erhvervsudvalget",
        "teknik-og-miljoeforvaltningen": "Klima-, Miljø- og Teknikforvaltningen",
        "kultur-og-fritidsforvaltningen": "Kultur-, Fritids- og Borgerserviceforvaltningen",
        "beskaeftigelses-og-integrationsforvaltningen": "Beskæftigelses-, Integrations- og Erhvervsforvaltningen",
    }
    for id, name in renamed.items():
        assert organisation.body(id, after).name == name
        assert organisation.body(id, before).name != name
        assert organisation.body(str(organisation.body(id, after).id), before).id == id
    assert Counter(body.kind for body in organisation.bodies)["council"] == 1


def test_every_file_points_to_its_schema() -> None:
    for folder in ("content", "templates"):
        for path in sorted((ROOT / folder).rglob("*.yaml")):
            first = path.read_text(encoding="utf-8").split("\n")[0]
            match = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
            assert match, path
            assert (path.parent / match[1]).resolve().is_relative_to(ROOT / "schemas")
            assert (path.parent / match[1]).is_file(), path


def test_schemas_in_the_repository_are_the_models() -> None:
    found = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (ROOT / "schemas").glob("*.json")}
    assert found == {kind: schemas.json_schema(kind) for kind in schemas.names()}, "kør: docgen schema --output schemas"
    assert {file.name for kind in KINDS.values() for file in kind.files} < set(found)


def test_every_field_is_described_in_danish() -> None:
    english = re.compile(r"\b(the|of|and|is|with|for every|a file)\b")

    def check(schema: object, place: str) -> None:
        if isinstance(schema, dict):
            for name, field in schema.get("properties", {}).items():
                assert field.get("description"), f"{place}.{name}"
                assert not english.search(field["description"]), field["description"]
            for key, value in schema.items():
                check(value, f"{place}.{key}")
        elif isinstance(schema, list):
            for value in schema:
                check(value, place)

    for name in set(schemas.names()) - {"theme"}:
        check(schemas.json_schema(name), name)


def test_the_lock_and_the_documents_name_no_place_of_a_machine() -> None:
    home = str(Path.home())
    for path in (*(ROOT / "requirements").glob("*.txt"), ROOT / "README.md", ROOT / "ARCHITECTURE.md"):
        text = path.read_text(encoding="utf-8")
        assert home not in text
        assert "://pypi" not in text
