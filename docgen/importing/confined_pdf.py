"""A PDF from a stranger, read in a process of its own that has no network, no files and no more time than it needs."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from typing import Any

from docgen.ledger.confined import ask_confined, read_question, write_answer
from docgen.problems import Origin, Problem
from docgen.readers.pdf import Letters, PdfPage, TaggedLetters, picture_of, read_pdf
from docgen.readers.pdf_rules import Rule
from docgen.readers.pdf_tags import Tagged
from docgen.structs import to_builtins

Box = tuple[float, float, float, float]


def pages_confined(name: str, data: bytes) -> list[PdfPage]:
    """The pages of a PDF. Raises DocgenError where it cannot be read, or takes too much time or memory."""
    found = ask_confined(__name__, {"name": name, "boxes": []}, data, _unanswered(name))
    return [
        PdfPage(
            page["width"],
            page["height"],
            tuple(_letters(one) for one in page["letters"]),
            tuple(_block(one) for one in page["blocks"]),
            tuple(Rule(**one) for one in page["rules"]),
        )
        for page in found["pages"]
    ]


def _block(one: Mapping[str, Any]) -> TaggedLetters:
    tag = dict(one["tag"])
    tagged = Tagged(**{**tag, "marks": tuple(tag["marks"]), "signs": tuple(tag["signs"])})
    return TaggedLetters(tagged, tuple(map(_letters, one["letters"])), tuple(map(_letters, one["sign"])))


def _letters(one: Mapping[str, Any]) -> Letters:
    numbers = [float(one[side]) for side in ("left", "bottom", "right", "top", "size")]
    return Letters(str(one["text"]), tuple(map(int, one["gaps"])), str(one["bold"]), *numbers)


def pictures_confined(name: str, data: bytes, boxes: Sequence[tuple[int, Box]]) -> list[bytes]:
    """A picture (PNG) of each box of a page (from 0). Raises as `pages_confined`."""
    if not boxes:
        return []
    found = ask_confined(
        __name__, {"name": name, "boxes": [[page, *box] for page, box in boxes]}, data, _unanswered(name)
    )
    return [b64decode(one) for one in found["pictures"]]


def _unanswered(name: str) -> Problem:
    return Problem(Origin(name), "PDF-filen tager for megen tid eller plads at læse", "gem den igen, eller del den")


def answer() -> None:
    """What the other process does: reads a question and answers it."""
    question = read_question()
    write_answer((), lambda: _answered(question))


def _answered(question: Mapping[str, Any]) -> dict[str, Any]:
    data = b64decode(question["source"])
    if question["boxes"]:
        made = [
            picture_of(data, int(page), (left, bottom, right, top))
            for page, left, bottom, right, top in question["boxes"]
        ]
        return {"pictures": [b64encode(one).decode() for one in made]}
    return {"pages": to_builtins(read_pdf(question["name"], data))}
