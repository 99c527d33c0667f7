"""Documents at random, in all formats: each is written with every word, or refused with the place of the fault."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

from docgen.tree.document import Document
from tests.random_documents.generator import documents, faults_of
from tests.support.effort import tries


@pytest.fixture(autouse=True)
def _same_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same documents in every run: else Hypothesis also draws what stands in the modules that are loaded."""
    monkeypatch.setattr(providers, "_get_local_constants", Constants)


@pytest.mark.slow
@given(document=documents())
@settings(max_examples=tries(300), deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
def test_every_word_of_any_document_is_in_all_formats_or_it_is_refused_at_its_place(document: Document) -> None:
    faults, _ = faults_of(document)
    assert faults == []
