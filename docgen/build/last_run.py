"""What the last run said, where it made nothing and nothing has changed since: then there is nothing to read either.

A run that found every document as it was leaves a note in the output folder, `.docgen-run.json`: what was asked for,
the names of all content, the hash of each file that was read or had been written, and what it told. Where all of that
is as it was, the same run would tell the same. A note that is lost, stale or foreign costs time, never a wrong answer.
This module is asked before anything that reads content is loaded, which is half of such a run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from docgen.archive import ARCHIVE
from docgen.build.build_report import BuildReport, Length
from docgen.files import read_file, replace_together, sweep, tools_key
from docgen.folder import FolderFiles
from docgen.packed import Packed
from docgen.problems import OutputError, Problem
from docgen.structs import Struct, encode_json, from_json

NOTE = ".docgen-run.json"
_MOST_FILES = 5_000
"""Of which a note is left: a larger folder has a note that itself takes long to read."""

_Hashes = dict[str, str]


class Asked(Struct, frozen=True):
    """What a run is asked for, as it stands on the command line; the folders are named in what it tells."""

    content: Path
    templates: Path
    output: Path
    documents: tuple[str, ...]
    formats: tuple[str, ...]
    edition: str
    with_annexes: bool

    def words(self) -> list[str]:
        """All of it but the output folder, which the note lies in."""
        folders = (self.content.as_posix(), self.templates.as_posix(), self.output.as_posix())
        return [*folders, self.edition, str(self.with_annexes), "|".join(self.formats), *self.documents]


class _Note(Struct, frozen=True):
    asked: list[str]
    tools: str
    names: str
    content: _Hashes
    templates: _Hashes
    outputs: _Hashes
    unchanged: list[str]
    lengths: list[Length]
    remarks: list[str]
    notices: list[Problem]
    elsewhere: list[Problem]


class LastRun:
    """The note in an output folder, as far as it answers what is asked for now."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._path = asked.output / NOTE

    def report(self) -> BuildReport | None:
        """What the run would report; None where it must be found out."""
        asked = self._asked
        try:
            note = from_json(read_file(self._path), _Note)
            is_as_it_was = (
                note.asked == asked.words()
                and self._has_outputs(note.outputs)
                and _has_content(asked.content, note)
                and _hashes(FolderFiles(asked.templates)) == note.templates
                and note.tools == tools_key()
            )
        except (OSError, ValueError):
            return None
        if not is_as_it_was:
            return None
        return BuildReport(
            lengths=Packed(note.lengths),
            unchanged=Packed(note.unchanged),
            remarks=Packed(note.remarks),
            notices=note.notices,
            elsewhere=tuple(note.elsewhere),
        )

    def keep(
        self, content: Mapping[str, bytes], templates: Mapping[str, bytes], outputs: _Hashes, report: BuildReport
    ) -> None:
        """Leaves a note of a run that found all as it was: of the content that it was given, and of the files that it
        found, by path in the output folder."""
        if not isinstance(content, FolderFiles) or content.unread or len(content) > _MOST_FILES or not outputs:
            return
        read = content.read_files
        if b"archive" in read.get("settings.yaml", b""):  # then it goes by another folder, too
            return
        note = _Note(
            self._asked.words(),
            tools_key(),
            _hash("\0".join(content).encode()),
            _hashes(read),
            _hashes(templates),
            outputs,
            list(report.unchanged),
            list(report.lengths),
            list(report.remarks),
            report.notices,
            list(report.elsewhere),
        )
        with suppress(OutputError):
            replace_together([(self._path, encode_json(note, in_order=True))])

    def _has_outputs(self, outputs: _Hashes) -> bool:
        """Whether all files are as they were written. What a killed run left beside them is removed, as ever."""
        output = self._asked.output
        for folder in sorted({output, *((output / path).parent for path in outputs)}):
            sweep(folder)
        return all(_hash(read_file(output / path)) == hash for path, hash in outputs.items())


def _has_content(folder: Path, note: _Note) -> bool:
    """Whether a content folder has the same names, and the files that were read are as they were."""
    files = FolderFiles(folder, leave_out=ARCHIVE)
    if files.unread or _hash("\0".join(files).encode()) != note.names:
        return False
    found = _hashes({path: files[path] for path in note.content if path in files})
    return not files.unread and found == note.content


def _hashes(files: Mapping[str, bytes]) -> _Hashes:
    return {path: _hash(data) for path, data in files.items()}


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
