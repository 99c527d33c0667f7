"""Documents at random, in all formats: each is written with every word, or refused with the place of the fault."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from docgen.tree.document import Document
from tests.random_documents.generator import documents, faults_of
from tests.support.effort import tries


@pytest.mark.slow
@given(document=documents())
@settings(max_examples=tries(300), deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
def test_every_word_of_any_document_is_in_all_formats_or_it_is_refused_at_its_place(document: Document) -> None:
    faults, _ = faults_of(document)
    assert faults == []
