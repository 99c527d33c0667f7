"""What the proof-reader found, mended in the page: one finding, all that are safe, with a chosen word, or let pass."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docgen.commands.check import issued_files
from docgen.content.yaml_editor import SetValue, edit
from docgen.content.yaml_reader import read_yaml, scalars
from docgen.problems import ContentError, Origin, Problem
from docgen.proofing import proofread
from docgen.proofing.rule import Finding
from docgen.structs import Struct
from docgen.studio.saving import Saved, Saver
from docgen.studio.session import Session

_LONGEST_REASON = 200


class Found(Struct, frozen=True):
    """Which finding of a document is meant: its place as the page was told it, and its rule."""

    document: str
    file: str
    line: int
    column: int
    code: str


class Mender:
    """Mends what is found in the documents of a session."""

    def __init__(self, session: Session, saver: Saver) -> None:
        self._session, self._saver = session, saver

    def fix(self, found: Found) -> Saved | None:
        """Writes the right words of one finding, as `docgen check --fix` would of it alone. Raises KeyError for a
        finding that there is not any more, and DocgenError where it cannot be written."""
        finding = self._finding(found)
        data = self._data(finding.file)
        self._check_open(finding)
        after, _ = proofread.fix(data, [finding], finding.file)
        if after == data:
            raise _refused(finding, "det kan ikke rettes for sig", "ret ordene selv")
        return self._saver.put(finding.file, data, after, f"{finding.rule.code} rettet")

    def fix_all(self, document: str) -> list[Saved]:
        """Writes the right words of every finding in a document that is safe. Raises as `fix`."""
        done = []
        safe = [one for one in self._session.findings(document) if one.is_safe]
        for file, findings in proofread.by_file(safe).items():
            self._check_open(findings[0])
            data = self._data(file)
            after, fixes = proofread.fix(data, findings, file)
            if (saved := self._saver.put(file, data, after, f"{len(fixes)} fund rettet")) is not None:
                done.append(saved)
        return done

    def choose(self, found: Found, words: str) -> Saved | None:
        """Writes one of the words that a finding may have been meant for. Raises as `fix`."""
        finding = self._finding(found)
        hit, scalar = finding.hit, finding.hit.passage.scalar
        if words not in (*hit.alternatives, hit.right) or scalar is None:
            raise KeyError(words)
        self._check_open(finding)
        value = str(scalar)
        meant = value[: hit.start] + words + value[hit.end :]
        data = self._data(finding.file)
        after = edit(finding.file, data, [SetValue(scalar.origin.path, meant)])
        return self._saver.put(finding.file, data, after, f"”{words}” skrevet")

    def allow(self, found: Found, why: str) -> Saved | None:
        """Writes a comment above a finding that lets it pass, and why. Raises as `fix`, and where no reason is told."""
        finding = self._finding(found)
        why = " ".join(why.split())
        if not why or len(why) > _LONGEST_REASON:
            hint = f"skriv den i en linje, højst {_LONGEST_REASON} tegn"
            raise _refused(finding, "grunden mangler" if not why else "grunden er for lang", hint)
        data = self._data(finding.file)
        after = with_permission(finding, data, f"# docgen: tillad {finding.rule.code} {why}")
        return self._saver.put(finding.file, data, after, f"{finding.rule.code} tilladt")

    def _finding(self, found: Found) -> Finding:
        place = (found.file, found.line, found.column, found.code)
        for one in self._session.findings(found.document):
            if (one.file, one.line, one.column, one.rule.code) == place:
                return one
        raise KeyError(place)

    def _check_open(self, finding: Finding) -> None:
        """Refuses what an issued version is made of: that says what was decided."""
        inner = finding.file.partition("/")[2]
        project = self._session.project
        document = project.content_kinds.document_of(inner)
        issued = issued_files(project.part_of([document])) if document is not None else {}
        if inner in issued:
            raise _refused(finding, f"{issued[inner]} er udstedt og bliver ikke rettet", "begynd en ny version først")

    def _data(self, file: str) -> bytes:
        return self._session.project.content_files[file.partition("/")[2]]


def with_permission(finding: Finding, data: bytes, comment: str) -> bytes:
    """A file with a comment above the line where the text of a finding begins. Raises ContentError where none can
    stand there."""
    text = data.decode("utf-8")
    scalar = finding.hit.passage.scalar
    at = text.startswith("\ufeff") + (scalar.extent[0] if scalar is not None else _line_start(text, finding.line))
    start = text.rfind("\n", 0, at) + 1
    line_break = "\r\n" if text[text.find("\n", start) - 1 : text.find("\n", start)] == "\r" else "\n"
    indent = re.match(r" *", text[start:])
    after = f"{text[:start]}{indent[0] if indent else ''}{comment}{line_break}{text[start:]}".encode()
    try:
        is_same = _values(finding.file, after) == _values(finding.file, data)
    except ContentError:
        is_same = False
    if not is_same:
        raise _refused(finding, "her kan ingen bemærkning stå", "skriv teksten om, eller lad fundet stå")
    return after


def _values(file: str, data: bytes) -> Sequence[str]:
    return [str(one) for one in scalars(read_yaml(file, data))]


def _line_start(text: str, line: int) -> int:
    at = 0
    for _ in range(line - 1):
        at = text.find("\n", at) + 1
    return at


def _refused(finding: Finding, message: str, hint: str) -> ContentError:
    return ContentError([Problem(Origin(finding.file, finding.line, finding.column), message, hint)])
