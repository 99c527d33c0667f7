"""What a Word file that comes home brings: each thing that was changed in it, and what became of it."""

from __future__ import annotations

from enum import StrEnum

from docgen.structs import Struct


class Outcome(StrEnum):
    """What became of a change."""

    WRITTEN = "written"  # in the YAML; in a dry run: it would be
    ALREADY = "already"  # the YAML says so by now
    CONFLICT = "conflict"  # the YAML was changed at the same words
    TEMPLATE = "template"  # words of a template, which stand in no YAML
    COMPUTED = "computed"  # words that docgen makes of a value
    SHARED = "shared"  # words of all documents, which are written when that is asked for
    STRUCTURE = "structure"  # a paragraph or item more or less, which is written when that is asked for
    HOMELESS = "homeless"  # it has no place in the YAML
    LOOKS = "looks"  # bold, italic, style: no words
    UNPROVED = "unproved"  # written, the document would not say what the Word file says
    SHOWN = "shown"  # nothing is known of how the file was, so nothing is written


class Change(Struct, frozen=True, kw_only=True):
    """One change: where it belongs (`file`, `line`, and the `path` there; empty where it has no place), what stood in
    the Word file that was sent and what stands there now, and what became of it.

    `mine` is what the YAML says by now, where that is a third thing, and `theirs` what the whole field would say with
    the words of the Word file in the place of those. `by` is who made it and `date` when, as far as
    that is tracked. `note` says in Danish what the reader should know of it.
    """

    outcome: Outcome
    before: str
    after: str
    file: str = ""
    line: int = 0
    path: tuple[str, ...] = ()
    mine: str = ""
    theirs: str = ""
    by: str = ""
    date: str = ""
    note: str = ""


class Remark(Struct, frozen=True):
    """A comment: who made it, when, what it says, the words that it is about, and where these stand in the YAML."""

    author: str
    date: str
    text: str
    about: str = ""
    file: str = ""
    line: int = 0
    path: tuple[str, ...] = ()


class Pulled(Struct, frozen=True, kw_only=True):
    """What one Word file brought: its document, the changes in the order of the file, its comments, and what of it was
    not read. `files` are the YAML files that become others, by path in the content folder."""

    name: str
    document: str
    changes: tuple[Change, ...]
    remarks: tuple[Remark, ...] = ()
    left_out: tuple[str, ...] = ()
    files: dict[str, bytes]

    def count(self, *outcomes: Outcome) -> int:
        """How many changes had one of some outcomes."""
        return sum(change.outcome in outcomes for change in self.changes)
