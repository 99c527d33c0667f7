"""Versions that lie far apart: whatever is gone, the comparison can be written in every format."""

from __future__ import annotations

import io
from typing import Any

import pypdf
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from docgen.compare.redline import Sides, redline
from docgen.compare.trees import compare
from docgen.problems import WriterError
from docgen.structs import replace
from docgen.tree.document import (
    Block,
    Division,
    Document,
    Heading,
    Link,
    List,
    ListItem,
    PageBreak,
    Paragraph,
    Role,
    Strong,
    Text,
    walk,
)
from docgen.writers.formats import DOCX, HTML, PDF, Format
from tests.compare.edits import pairs
from tests.compare.test_redline import comparison, written
from tests.support.effort import tries
from tests.support.examples_project import example_tree, renderings

NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)  # whole documents shrink for minutes
SIDES = Sides("version 1.0", "version 1.1")


def _paragraph(text: str) -> Paragraph:
    return Paragraph(children=(Text(text),))


def _heading(level: int, text: str) -> Heading:
    return Heading(level=level, children=(Text(text),), anchor=text.lower())


def _document(*blocks: Block, **fields: Any) -> Document:
    example = example_tree(next(iter(renderings())))
    return replace(example, blocks=(example.blocks[0], *blocks), notes=(), fingerprint="", **fields)


_ITEM = ListItem(blocks=(_paragraph("Bilag 1 - Aftalen"),), anchor="aftale")
_TO_ITEM = Link((Text("bilag 1"),), "#aftale")
_BOXED = Division(role=Role.KEY_FIGURES, blocks=(_paragraph("Det, der står i en boks."),))
_FAR_APART: dict[str, tuple[Document, Document]] = {
    "a link to what is gone": (
        _document(Paragraph(children=(Text("Se "), _TO_ITEM, Text("."))), List(items=(_ITEM,))),
        _document(_paragraph("Aftalen er opsagt.")),
    ),
    "another status on every page": (
        _document(_paragraph("Det samme."), mark="I HØRING"),
        _document(_paragraph("Det samme."), mark="TIL BEHANDLING · INTERN UDGAVE"),
    ),
    "a chapter gone between a heading and what is under it": (
        _document(
            _heading(1, "Første"), _heading(1, "Væk"), _heading(2, "Også"), _heading(3, "Dybt"), _heading(1, "Sidst")
        ),
        _document(_heading(1, "Første"), _heading(2, "Under"), _heading(3, "Nyt"), _heading(1, "Sidst")),
    ),
    "a page that ended where a box is now": (
        _document(_BOXED, PageBreak(), _paragraph("Næste side.")),
        _document(replace(_BOXED, blocks=(*_BOXED.blocks, _paragraph("Og lidt mere."))), _paragraph("Næste side.")),
    ),
    "a stressed word gone from a link to elsewhere": (
        _document(
            Paragraph(children=(Link((Text("Se "), Strong((Text("hele "),)), Text("planen")), "https://kk.dk"),))
        ),
        _document(Paragraph(children=(Link((Text("Se "), Text("planen")), "https://kk.dk"),))),
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("format", [PDF, DOCX, HTML], ids=lambda format: str(format.name))
@pytest.mark.parametrize("name", _FAR_APART)
def test_it_is_written(name: str, format: Format) -> None:
    assert written(redline(compare(*_FAR_APART[name]), SIDES), format)


_NO_ROOM = ("går ud over", "fylder mere end", "for brede", "har samme farve", "er trykt oven i")
"""What is refused for its size: a row that holds both what was and what is may be higher than a page, and a cell over
several rows that is higher than these may run into the foot of the page (Typst lets it)."""


def _refused(document: Document, format: Format) -> list[str]:
    try:
        written(document, format)
    except WriterError as error:
        return [str(problem) for problem in error.problems]
    return []


@pytest.mark.slow
@given(pair=pairs())
@settings(max_examples=tries(5), deadline=None, suppress_health_check=list(HealthCheck), phases=NO_SHRINKING)
def test_any_pair_is_written_if_both_of_it_can_be(pair: tuple[Document, Document]) -> None:
    shown = redline(compare(*pair), SIDES)
    for format in (PDF, HTML):
        if refused := _refused(shown, format):
            other = [problem for problem in refused if not any(words in problem for words in _NO_ROOM)]
            assert not other or any(_refused(document, format) for document in pair), other[:3]


def test_what_is_gone_stands_in_no_box_that_it_was_not_in() -> None:
    """Between two boxes it stands outside them, and neither of them is cut in two."""
    boxes = [replace(_BOXED, blocks=(_paragraph(f"Boks {number} om noget."),)) for number in range(2)]
    old = _document(boxes[0], _paragraph("Det, der er væk og stod for sig selv."), boxes[1])
    new = _document(*boxes)
    found = compare(old, new).document.blocks[1:]
    assert [type(block) for block in found] == [Division, Paragraph, Division]
    assert [block for block in found if isinstance(block, Division)] == boxes


@pytest.mark.slow
def test_what_is_new_and_what_is_gone_has_a_tag_of_its_own_in_the_pdf() -> None:
    """Ins and Del of PDF 2.0, which the role map says are spans in PDF 1.7."""
    reader = pypdf.PdfReader(io.BytesIO(written(redline(comparison(), SIDES), PDF)), strict=True)
    tree: Any = reader.root_object["/StructTreeRoot"]
    assert [tree["/RoleMap"][name] for name in ("/Ins", "/Del")] == ["/Span", "/Span"]
    lines = {"/Ins": "/Underline", "/Del": "/LineThrough"}
    found = [element for element in _elements(tree) if element["/S"] in lines]
    assert {element["/S"] for element in found} == set(lines)
    for element in found:
        assert element["/A"][0]["/TextDecorationType"] == lines[element["/S"]]


def _elements(parent: Any) -> list[Any]:
    kids = parent.get("/K", [])
    found = []
    for kid in kids if isinstance(kids, list) else [kids]:
        inner = kid.get_object()
        if isinstance(inner, dict) and "/S" in inner:
            found += [inner, *_elements(inner)]
    return found


@pytest.mark.slow
def test_a_document_without_changes_has_no_such_tags() -> None:
    new = comparison().new
    assert b"/RoleMap<</Del" not in written(new, PDF)
    assert not any(getattr(node, "change", "") for node in walk(new))
