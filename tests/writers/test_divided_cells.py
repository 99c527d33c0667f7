"""Words that are wider than their cell in Word may be divided where their parts meet; other cells stay as they are."""

from __future__ import annotations

from datetime import date

import pytest

from docgen.tree.document import Alignment, Document, Table, TableCell, TableRow, Text, texts
from docgen.writers.docx.writer import write_document
from tests.support.docx_reading import docx_parts, docx_texts
from tests.support.docx_strictness import word_problems
from tests.writers.test_docx import THEME

_HEADS = ("Beskæftigelsesforvaltningen", "Sundhedsforvaltningens", "Bygningsvedligeholdelse", "Indkøbspolitikkens")


def written(columns: int) -> tuple[Document, bytes]:
    heads = [*_HEADS, *_HEADS][:columns]
    row = TableRow(tuple(TableCell((Text(word),)) for word in heads))
    figures = TableRow(tuple(TableCell((Text("1.234"),)) for _ in heads))
    table = Table(row, (figures,), (Alignment.LEFT,) * columns)
    document = Document(id="t", title="T", date=date(2024, 1, 31), blocks=(table,))
    return document, write_document(document, THEME, {}, "build-1")


@pytest.mark.parametrize(("columns", "is_divided"), [(2, False), (8, True)])
def test_long_words_are_divided_in_narrow_columns_alone(columns: int, is_divided: bool) -> None:
    document, data = written(columns)
    assert (b"<w:softHyphen/>" in docx_parts(data)["word/document.xml"]) is is_divided
    assert [text.replace("\N{SOFT HYPHEN}", "") for text in docx_texts(data)] == list(texts(document))
    assert word_problems(data) == []


def test_the_parts_meet_where_danish_divides_them() -> None:
    _, data = written(8)
    found = {text for text in docx_texts(data) if "\N{SOFT HYPHEN}" in text}
    assert "Sundheds\N{SOFT HYPHEN}forvaltningens" in found
    assert "Indkøbs\N{SOFT HYPHEN}politikkens" in found
