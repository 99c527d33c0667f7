"""`docgen verify`: what is known of files from folders."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from docgen.files import font_directories, installed, read_file, read_folder, reason
from docgen.ledger.confined import written_confined
from docgen.ledger.records import FOLDER, Ledger, read_ledger
from docgen.ledger.verdicts import MAX_BYTES, Result, Verdict, verify_file, verify_ledger
from docgen.problems import Origin, OutputError, Problem, printable, printable_json
from docgen.structs import to_builtins

_SIGNS = {Result.HOLDS: "ja", Result.FAILS: "NEJ", Result.UNTRIED: "-"}


def verify(files: Sequence[Path], content: Path, output: Path) -> tuple[Verdict, ...]:
    """A verdict for each file, or without files one for the ledger with the issued files in `output`.

    Works on PDFs also where there is no content folder. Raises OutputError for a file that cannot be read.
    """
    ledger = _ledger(content)
    if not files:
        if ledger is None:
            hint = "stå i projektets mappe, skriv --content MAPPE, eller giv en fil"
            raise OutputError([Problem(Origin(content.as_posix()), "her er ingen udstedte versioner", hint)])
        issued = read_folder(output / FOLDER, "output") if (output / FOLDER).is_dir() else {}
        return (verify_ledger(ledger, {f"{FOLDER}/{path}": data for path, data in issued.items()}),)
    verdicts = []
    here = installed()
    for path in files:
        try:
            data = read_file(path)
        except OSError as error:
            raise OutputError(
                [Problem(Origin(path.as_posix()), f"filen kan ikke læses ({reason(error)})", "ret stien")]
            ) from None
        if len(data) > MAX_BYTES:
            hint = f"den må højst fylde {MAX_BYTES // 1_000_000} MB"
            raise OutputError([Problem(Origin(path.as_posix()), "filen er for stor", hint)])
        verdicts.append(verify_file(path.as_posix(), data, ledger, here, font_directories(), written_confined))
    return tuple(verdicts)


def _ledger(content: Path) -> Ledger | None:
    folder = content / FOLDER
    if not folder.is_dir():
        return None
    return read_ledger({f"{FOLDER}/{path}": data for path, data in read_folder(folder, "content").items()})


def as_text(verdict: Verdict) -> str:
    """A verdict as lines for people: the file, what it is, and each check with ja, NEJ or - (not tried)."""
    lines = [printable(verdict.file) + (f": {verdict.issued}" if verdict.issued else "")]
    lines += [f"  {_SIGNS[check.result]:<4}{check.what}: {printable(check.words)}" for check in verdict.checks]
    return "\n".join(lines)


def as_json(verdicts: Sequence[Verdict]) -> str:
    """Verdicts as JSON."""
    return printable_json([to_builtins(verdict) for verdict in verdicts])
