"""`docgen verify`: what is known of files from folders."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from docgen import danish
from docgen.archive import ARCHIVE, Archive
from docgen.build.elsewhere import not_well_in
from docgen.build.folders import archive_of, path_inside
from docgen.files import font_directories, installed, read_file, reason
from docgen.folder import FolderFiles
from docgen.ledger.confined import said_confined, written_confined
from docgen.ledger.records import FOLDER, Ledger, read_ledger
from docgen.ledger.verdicts import MAX_BYTES, Check, Outcome, Result, Verdict, verify_file, verify_ledger
from docgen.problems import DocgenError, Origin, OutputError, Problem, printable, printable_json
from docgen.structs import replace, to_builtins

_CODES = {Outcome.ISSUED: 0, Outcome.UNPROVEN: 3, Outcome.UNTRIABLE: 3, Outcome.NOT_ISSUED: 1}
_SIGNS = {Result.HOLDS: "ja", Result.FAILS: "NEJ", Result.UNTRIED: "-"}


def verify(files: Sequence[Path], content: Path, output: Path) -> tuple[Verdict, ...]:
    """A verdict for each file, or without files one for the ledger with the issued files in `output`.

    Works on PDFs also where there is no content folder. Raises OutputError for a file that cannot be read.
    """
    archive = archive_of(content)
    ledger = _ledger(content, archive)
    if not files:
        if ledger is None:
            hint = "stå i projektets mappe, skriv --content MAPPE, eller giv en fil"
            raise OutputError([Problem(Origin(content.as_posix()), "her er ingen udstedte versioner", hint)])
        issued, annexes = _readable(output / FOLDER, FOLDER), _readable(content / "annexes", "annexes")
        return (verify_ledger(ledger, issued, archive, annexes),)
    verdicts = []
    here = installed()
    for path in files:
        if path.exists() and not path.is_file():  # a named pipe would never end, and a device never begin
            raise OutputError([Problem(Origin(path.as_posix()), "det er ikke en almindelig fil", "giv en fil")])
        try:
            data = read_file(path)
        except OSError as error:
            raise OutputError(
                [Problem(Origin(path.as_posix()), f"filen kan ikke læses ({reason(error)})", "ret stien")]
            ) from None
        if len(data) > MAX_BYTES:
            hint = f"den må højst fylde {MAX_BYTES // 1_000_000} MB"
            raise OutputError([Problem(Origin(path.as_posix()), "filen er for stor", hint)])
        name, fonts = path.as_posix(), font_directories()
        lacking: list[str] = []
        rebuilding = partial(written_confined, tell=lacking.extend)
        found = verify_file(name, data, ledger, here, fonts, rebuilding, archive, said_confined)
        verdicts.append(_with_shield(found, lacking))
    return tuple(verdicts)


def _with_shield(verdict: Verdict, lacking: Sequence[str]) -> Verdict:
    """A verdict that says what this system could not take from the process that read the file."""
    if not lacking:
        return verdict
    words = (
        f"dette system kan ikke tage {danish.enumerate(list(dict.fromkeys(lacking)))} fra processen, der læser filen"
    )
    return replace(verdict, checks=(*verdict.checks, Check("afskærmning", Result.UNTRIED, words)))


def _ledger(content: Path, archive: Archive) -> Ledger | None:
    folder = content / FOLDER
    if not folder.is_dir():
        return None
    leave_out = path_inside(archive.folder, folder, ARCHIVE.removeprefix(f"{FOLDER}/"))
    found = FolderFiles(folder, folder.as_posix(), leave_out)
    files = {f"{FOLDER}/{path}": data for path, data in found.items()}
    if unread := [problem for path, problem in found.unread.items() if path.endswith(".json")]:
        raise OutputError(unread)  # a record; what else lies there is none of the ledger's
    return read_ledger(files)


def _readable(folder: Path, name: str) -> dict[str, bytes]:
    """The files of a folder that can be read, by paths in one of another name."""
    found = FolderFiles(folder)
    return {f"{name}/{path}": data for path, data in found.items() if path not in found.unread}


def elsewhere(content: Path) -> tuple[Problem, ...]:
    """What lies out of its place in the content folder, or is no file that can be read; as far as names tell it."""
    try:
        leave_out = path_inside(archive_of(content).folder, content, ARCHIVE)
    except DocgenError:
        leave_out = ARCHIVE
    return not_well_in(FolderFiles(content, content.as_posix(), leave_out), content.as_posix())


def exit_code(verdicts: Sequence[Verdict]) -> int:
    """The code that `docgen verify` ends with: 0 all is what was issued, 1 something is not, 3 something is unproven,
    whether it is in order in itself or could not be tried. (2, for a call that is wrong, is no verdict.)"""
    codes = {_CODES[verdict.outcome] for verdict in verdicts}
    return next((code for code in (1, 3) if code in codes), 0)


def as_text(verdict: Verdict) -> str:
    """A verdict as lines for people: the file, what it is, each check with ja, NEJ or - (not tried), and what they come
    to."""
    lines = [printable(verdict.file) + (f": {verdict.issued}" if verdict.issued else "")]
    lines += [f"  {_SIGNS[check.result]:<4}{check.what}: {printable(check.words)}" for check in verdict.checks]
    return "\n".join([*lines, f"  = {verdict.outcome}"])


def as_json(verdicts: Sequence[Verdict]) -> str:
    """Verdicts as JSON."""
    return printable_json([{**to_builtins(verdict), "outcome": verdict.outcome.value} for verdict in verdicts])
