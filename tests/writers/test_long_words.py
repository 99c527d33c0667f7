"""Words wider than a line are divided, by syllables where they have any, and anywhere where they have none."""

from __future__ import annotations

import pytest

from docgen import pipeline
from docgen.structs import replace
from docgen.writers.formats import PDF
from tests.support.contents import repository
from tests.support.pdf_reading import pdf_texts

GUIDE = """\
title: Lange ord
summary: Deles.
version: "1.0"
status: udkast
date: 2024-05-01
chapters:
  - id: kapitel
    title: Kapitlet
    text: "{text}"
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "word",
    [
        "a" * 200,
        "X" * 150,
        "strthwkmnpqrst" * 12,
        "Bygningsvedligeholdelsesforvaltningsenhed" * 5,
        "abcdefghij" * 20,
        "0123456789" * 20,
        "a_b" * 60,
    ],
)
def test_a_word_of_two_hundred_letters_is_divided_and_never_cut(word: str) -> None:
    project = repository()
    files = {**project.content_files, "guides/ord.yaml": GUIDE.format(text=f"Før {word} efter.").encode()}
    made = replace(project, content_files=files)
    data = pipeline.write(made, pipeline.build_tree(made, "guide/ord"), PDF)
    shown = "".join("".join(pdf_texts(data)).split()).replace("\N{SOFT HYPHEN}", "").replace("-", "")
    assert word in shown
