"""Typst lays a document out until nothing moves any more, five times at most: docgen's own layout always settles."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from typst import Compiler

from docgen import pipeline
from docgen.structs import encode_json
from docgen.tree.document import Document
from docgen.writers.pdf.layout_data import layout_data
from docgen.writers.pdf.problems import LAYOUT_FILE, STANDARDS
from docgen.writers.pdf.writer import open_fonts
from docgen.writers.typst_fonts import EMPTY_ROOT
from tests.support.contents import POLICY, judged_ids, repository, tree_of
from tests.support.effort import tries
from tests.writers.test_columns import in_columns
from tests.writers.test_designed import project, value

SENTENCE = "Vi samarbejder med leverandørerne om grønne løsninger, der kan måles."


def warnings(document: Document) -> list[str]:
    """What Typst remarks while it lays a document out."""
    found = repository()
    theme, files = pipeline.theme_of(found, document), found.template_files
    data = encode_json(layout_data(document, theme, files=files))
    given: Any = {"main": files[LAYOUT_FILE], "document.json": data, "kilde.json": b"{}"}
    fonts = open_fonts(theme, files, found.font_directories)
    compiler = Compiler(given, root=EMPTY_ROOT, font_paths=fonts, ignore_system_fonts=True)
    moment = datetime(2026, 1, 2, tzinfo=UTC)
    _, remarks = compiler.compile_with_warnings(format="pdf", pdf_standards=STANDARDS, timestamp=moment)
    return [remark.message for remark in remarks]


@pytest.mark.parametrize("id", judged_ids())
def test_every_document_settles(id: str) -> None:
    assert warnings(tree_of(id)) == []


@example(sentences=[7, 4, 3, 8, 5], areas=14, quotes=False)  # fits at a later try
@settings(max_examples=tries(12), deadline=None)
@given(sentences=st.lists(st.integers(1, 8), min_size=1, max_size=10), areas=st.integers(1, 16), quotes=st.booleans())
def test_a_chapter_of_any_length_settles(sentences: list[int], areas: int, quotes: bool) -> None:
    text = "\n\n".join(" ".join([SENTENCE] * some) for some in sentences)
    content = value(text, areas, f"pull_quote: {SENTENCE}\n" if quotes else "")
    assert warnings(pipeline.build_tree(project(content=content), POLICY)) == []


@settings(max_examples=tries(12), deadline=None)
@given(sentences=st.lists(st.integers(1, 40), min_size=1, max_size=5), before=st.integers(0, 12))
def test_columns_settle_wherever_they_begin(sentences: list[int], before: int) -> None:
    assert warnings(in_columns(*sentences, before=before)) == []
