"""Whether a file is what was issued: by its bytes, by the ledger, and by making it again. Says what could be tried."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum

from docgen import danish
from docgen.kinds.kind import Kind
from docgen.kinds.registry import KINDS
from docgen.ledger.rebuild import written_again
from docgen.ledger.records import Ledger, Record
from docgen.problems import DocgenError, printable
from docgen.structs import Struct, field
from docgen.writers.formats import FORMATS, Format, Inside, issued_formats

Rebuilding = Callable[[bytes, tuple[str, ...], Sequence[Format], Mapping[str, Kind]], Mapping[str, bytes]]
"""Source, folders with fonts, formats and kinds -> the files by format. Raises DocgenError where that fails."""
MAX_BYTES = 100_000_000


class Result(StrEnum):
    """What a check came to."""

    HOLDS = "holder"
    FAILS = "holder ikke"
    UNTRIED = "ikke prøvet"


class Check(Struct, frozen=True):
    """One thing that was tried: what, what it came to, and the words about it (Danish)."""

    what: str
    result: Result = field(name="finding")
    words: str


class Verdict(Struct, frozen=True):
    """What is known of a file: the issued version it is or says it is, and each check."""

    file: str
    issued: str = ""
    checks: tuple[Check, ...] = field(default=())

    @property
    def holds(self) -> bool:
        """Whether something held and nothing failed: what could not be tried is no proof."""
        results = {check.result for check in self.checks}
        return Result.HOLDS in results and Result.FAILS not in results


def verify_ledger(ledger: Ledger, issued: Mapping[str, bytes]) -> Verdict:
    """The ledger against itself, and the issued files that are there (`issued`, by path under the output folder)."""
    checks = _chain(ledger)
    for record in ledger.records:
        for file in record.files.values():
            if file.path in issued:
                same = hashlib.sha256(issued[file.path]).hexdigest() == file.sha256
                words = "uændret" if same else "ændret, siden den blev udstedt"
                checks.append(Check(file.path, Result.HOLDS if same else Result.FAILS, words))
            else:
                checks.append(Check(file.path, Result.UNTRIED, "filen er her ikke"))
    return Verdict("content/issued", "", tuple(checks))


def _chain(ledger: Ledger) -> list[Check]:
    if ledger.problems:
        return [Check("kæden", Result.FAILS, str(problem)) for problem in ledger.problems]
    count = len(ledger.records)
    return [Check("kæden", Result.HOLDS, f"hel, {count} {'post' if count == 1 else 'poster'}")]


def verify_file(
    name: str,
    data: bytes,
    ledger: Ledger | None,
    installed: Mapping[str, str],
    fonts: tuple[str, ...],
    rebuild_strange: Rebuilding = written_again,
) -> Verdict:
    """What can be known of one file; `ledger` is None where there is none, `installed` what is installed here.

    `rebuild_strange` makes the documents of sources that only the file itself vouches for.
    """
    chain = () if ledger is None else ledger.records
    digest = hashlib.sha256(data).hexdigest()
    exact = next((r for r in chain if any(file.sha256 == digest for file in r.files.values())), None)
    format, inside = _look_inside(data, FORMATS.values())
    record = exact or _claimed(chain, inside)
    if exact is not None and format is None:
        format = next((FORMATS.get(name) for name, file in exact.files.items() if file.sha256 == digest), None)
    if ledger is None:
        checks = [Check("protokollen", Result.UNTRIED, "her er ingen mappe med udstedte versioner")]
    else:
        checks = _chain(ledger)
    if exact is not None:
        checks.append(Check("filen", Result.HOLDS, "uændret: hver byte er som udstedt"))
    elif record is not None:
        checks.append(Check("filen", Result.FAILS, "ikke som udstedt: mindst én byte er en anden"))
    elif ledger is not None:
        checks.append(Check("filen", Result.FAILS, "er ikke blandt de udstedte versioner"))
    rebuilding = written_again if record is not None else rebuild_strange
    checks.append(_rebuilt(data, format, inside, record, installed, fonts, rebuilding))
    return Verdict(name, _named(record, inside.source), tuple(checks))


def _rebuilt(
    data: bytes,
    format: Format | None,
    inside: Inside,
    record: Record | None,
    installed: Mapping[str, str],
    fonts: tuple[str, ...],
    rebuilding: Rebuilding,
) -> Check:
    """Makes the file again from the record's source, or from the one that it carries."""
    what = "genopbygning"
    if format is None:
        return Check(what, Result.UNTRIED, f"filen er hverken {danish.enumerate(_labels(), 'eller')}")
    source = inside.source if record is None else record.source_bytes
    if source is None:
        words = inside.unreadable or "filen bærer ikke sin kilde, og ingen post passer til den"
        return Check(what, Result.UNTRIED, words)
    try:
        same = rebuilding(source, fonts, (format,), KINDS)[format.name] == data
    except DocgenError as error:
        return Check(what, Result.UNTRIED, f"denne docgen kan ikke lave den: {error.problems[0]}")
    if same:
        return Check(what, Result.HOLDS, "samme bytes, når den laves igen af sin kilde")
    differing = changed_makers(record, installed) if record else []
    if record is None:
        words = "andre bytes; filen er ændret, eller den er lavet af en anden udgave af docgen"
        return Check(what, Result.UNTRIED, words)
    if differing:
        return Check(what, Result.UNTRIED, f"andre bytes, men {', '.join(differing)} er ikke den samme som dengang")
    return Check(what, Result.FAILS, "andre bytes, skønt alt, der laver dem, er det samme")


def changed_makers(record: Record, installed: Mapping[str, str]) -> list[str]:
    """What made a record's files and is another here, by name; nothing is said of what the record does not name."""
    now = [name for name in record.made_with if installed.get(name, "") != record.made_with[name]]
    return ["docgen selv" if name == "docgen-code" else name for name in now]


def _labels() -> list[str]:
    return [format.name.upper() for format in issued_formats()]


def _claimed(chain: tuple[Record, ...], inside: Inside) -> Record | None:
    """The record of the version that a changed file says it is."""
    source = inside.source
    fingerprint = hashlib.sha256(source).hexdigest()[:8] if source is not None else inside.fingerprint
    found = next((record for record in chain if fingerprint and record.fingerprint == fingerprint), None)
    if found is None and source is not None:
        with_id = _document(source)
        found = next((record for record in reversed(chain) if record.document == with_id), None)
    return found


def _named(record: Record | None, source: bytes | None) -> str:
    if record is not None:
        edition = "" if record.edition == "public" else ", intern udgave"
        return (
            f"{record.document} {record.version}{edition}: {record.title}, til mødet {record.meeting} ({record.date})"
        )
    document = printable(_document(source)) if source is not None else ""
    return f"{document} (efter filens eget udsagn)" if document else ""


def _document(source: bytes) -> str:
    try:
        return str(json.loads(source)["document"])[:200]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""


def _look_inside(data: bytes, formats: Iterable[Format]) -> tuple[Format | None, Inside]:
    """The format of a file, and what it says of itself. Whatever it is, it is read."""
    if len(data) <= MAX_BYTES:
        for format in formats:
            if (found := format.look_inside(data)) is not None:
                return format, found
    return None, Inside()
