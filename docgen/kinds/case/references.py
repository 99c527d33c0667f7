"""What a case is made of: told by the case, and told quickly from its file's text. The two stand side by side, for the
second must find at least what the first does."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from docgen.content.documents import AnnexNames, Reference
from docgen.content.fields import texts_of
from docgen.content.scalar import Scalar, place_of
from docgen.document_id import DocumentId, parse_id
from docgen.kinds.case.model import Case
from docgen.kinds.document_fields import Annex
from docgen.kinds.follow_up.quotes import quoted_years

_QUOTES = re.compile(rb"\{opfoelgning:")
_FILE = re.compile(rb"\bfile[\"']?[ \t]*:[ \t]*[\"']?([^\n]*)")


def case_references(case: Case) -> Iterator[Reference]:
    """The documents that a case attaches, and the follow-ups that it quotes from."""
    for annex in case.annexes:
        yield from annex_references(annex)
    for text in texts_of(case):
        for year in quoted_years(text):
            place = text.locate(f"{{opfoelgning:{year}:") if isinstance(text, Scalar) else place_of(text)
            yield Reference(DocumentId("follow-up", year), place)


def annex_references(annex: Annex) -> Iterator[Reference]:
    """The documents that an annex is, or is a comparison of."""
    for name, written in ((annex.document, annex.document), (annex.compared[0], annex.compare)):
        if name and written is not None:
            try:
                yield Reference(parse_id(str(name)).document, place_of(written))
            except ValueError:
                continue  # told by the rules of annexes


def case_mentions(text: bytes, known: Mapping[str, Collection[str]]) -> Iterator[DocumentId]:
    """As `case_references`, beside full ids: whoever quotes from one follow-up could quote from any."""
    if _QUOTES.search(text):
        yield from (DocumentId("follow-up", year) for year in known.get("follow-up", ()))


def attached_files(text: bytes, annexes: AnnexNames) -> list[str | None]:
    """The PDFs that a case names, from its file's text."""
    return [annexes.find(begins) for begins in _FILE.findall(text)]
