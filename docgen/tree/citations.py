"""`{bilag:id}` in a content string: docgen makes the words and the link, so that they can never name a wrong number."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from docgen.tree.document import Inline, Link, Span, Text
from docgen.tree.places import SourceText, inserted

CITATION = re.compile(r"\{([A-Za-zæøåÆØÅ]+(?::[a-z0-9-]+)+)\}")


def cite(raw: str, text: SourceText) -> Iterator[Inline]:
    """The inlines of plain words of a content string, each citation as a link, or as text where it leads nowhere.

    A citation that stands for nothing is reported and left out.
    """
    end = 0
    for match in CITATION.finditer(raw):
        if match.start() > end:
            yield Text(raw[end : match.start()])
        end = match.end()
        found = _find(match[1], text)
        if found is None:
            _report_unknown(match[1], text)
            continue
        words, anchor = found
        if words.endswith(".") and raw[end : end + 1] == ".":
            end += 1  # `53 pct.` ends a sentence with its own full stop
        words_at_place = inserted(words)
        shown = Link((words_at_place,), f"#{anchor}") if anchor else words_at_place
        yield Span((shown,), text.origin(match[0]), computed=True, written=match[0])
    if end < len(raw):
        yield Text(raw[end:])


def _find(key: str, text: SourceText) -> tuple[str, str] | None:
    """Words and anchor of a citation in the file that the text is from, or else in the whole document."""
    citations = text.shared.citations
    return citations.get(f"{_file_of(text)}#{key}") or citations.get(key)


def _file_of(text: SourceText) -> str:
    return text.value.origin.file if text.value is not None else ""


def _report_unknown(key: str, text: SourceText) -> None:
    here = {known.removeprefix(f"{_file_of(text)}#") for known in text.shared.citations}
    known = sorted(known for known in here if known[0].islower() and "#" not in known)  # else it is another file's
    near = difflib.get_close_matches(key.lower(), known, n=1)
    choices = ", ".join(f"{{{name}}}" for name in known)
    hint = f"mente du {{{near[0]}}}?" if near else f"vælg {choices or 'intet'}"
    text.report(f"{{{key}}}", f"henvisningen {{{key}}} findes ikke", hint)
