"""What is closed in a case is in nothing that everybody can read."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from docgen import pipeline
from docgen.build.selection import list_entries
from docgen.kinds.edition import Edition
from docgen.project import Project
from docgen.writers import formats
from tests.kinds.test_cases import CASE, build, decided, lines, project
from tests.support.effort import tries

# -- open and closed --------------------------------------------------------------------------------------------

SECRET = "Hemmelighed"
WORDS = st.text("abcdefghijklmnopqrstuvwxyzæøåÆØÅ", min_size=6, max_size=20)


def everything(found: Project, id: str, edition: Edition) -> bytes:
    """Every byte of a document in every format, what is packed or attached in it unpacked."""
    tree = pipeline.build_tree(found, id, edition)
    parts = [pipeline.write(found, tree, formats.TREE, edition), pipeline.write(found, tree, formats.HTML, edition)]
    word = pipeline.write(found, tree, formats.DOCX, edition)
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        parts += [name.encode() + archive.read(name) for name in archive.namelist()]
    data = pipeline.write(found, tree, formats.PDF, edition)
    reader = PdfReader(io.BytesIO(data))
    parts += [data, *(page.extract_text().encode() for page in reader.pages), str(reader.metadata).encode()]
    parts += [str([item.title for item in reader.outline if not isinstance(item, list)]).encode()]
    parts += [content for contents in reader.attachments.values() for content in contents]
    for chunk in data.split(b"stream\n")[1:]:
        try:
            parts.append(zlib.decompressobj().decompress(chunk))
        except zlib.error:
            continue
    return b"\0".join(parts)


def closed_changes(word: str) -> dict[str, Any]:
    grounds = {"reason": "offentlighedsloven § 30"}
    return {
        "case_officer": f"{word}officer",
        "sections": [*CASE["sections"], {"id": "solution", "text": f"Prisen er {word}pris.", "closed": grounds}],
        "annexes": [
            *CASE["annexes"],
            {
                "id": "tilbud",
                "title": f"{word}titel",
                "document": "policy/eksempel",
                "version": "1.0",
                "closed": grounds,
            },
        ],
    }


def test_a_closed_annex_keeps_its_number_and_a_passage_its_reason() -> None:
    found = project(**closed_changes(SECRET))
    public = lines(build(found))
    internal = lines(build(found, edition=Edition.INTERNAL))
    assert "Bilag 3 (ikke offentligt)" in public
    assert "Passagen er ikke offentlig: offentlighedsloven § 30." in public
    assert f"Bilag 3 – {SECRET}titel" in internal
    assert f"Prisen er {SECRET}pris." in internal
    assert "Sagsbehandler" in internal
    assert "Sagsbehandler" not in public


@pytest.mark.slow
@settings(max_examples=tries(12))
@given(word=WORDS)
def test_nothing_closed_is_in_any_byte_of_the_public_edition(word: str) -> None:
    word = f"Q{word}Q"
    found = project(**closed_changes(word))
    public, internal = (everything(found, "case/sag", edition) for edition in Edition)
    assert word.encode() not in public
    assert word.encode("utf-16-be") not in public
    assert word.encode() in internal


def test_a_closed_case_shows_only_what_is_harmless() -> None:
    grounds = {"reason": "styrelsesloven § 10"}
    way = decided({"verb": "godkendt"}, remarks=[f"{SECRET}bemærkning"])
    changes: dict[str, Any] = {
        "title": f"Køb af {SECRET}",
        "summary": f"{SECRET}sum",
        "closed": grounds,
        "treatments": way,
    }
    found = project(**changes)
    assert SECRET.encode() not in everything(found, "case/sag", Edition.PUBLIC)
    public = lines(build(found))
    assert "Lukket sag" in public
    assert "Sagen er lukket: styrelsesloven § 10." in public
    assert "Lukket sag" in [entry.title for entry in list_entries(found)]
    named = lines(build(project(**changes, public_title="Køb af ejendom")))
    assert "Køb af ejendom" in named
    assert SECRET.encode() in everything(found, "case/sag", Edition.INTERNAL)
