"""Whether a file is what was issued: by its bytes, by the ledger, and by making it again. Says what could be tried."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from docgen.commands.issue import written_again
from docgen.ledger.records import Ledger, Record
from docgen.pipeline import Format
from docgen.problems import DocgenError, printable
from docgen.structs import Struct, field

Writing = Callable[[bytes, tuple[str, ...], Sequence[Format]], dict[Format, bytes]]
"""Source, folders with fonts and formats -> the files. Raises DocgenError where they cannot be made."""
MAX_BYTES = 100_000_000
_BUILD_IN_HTML = re.compile(rb'<meta name="docgen-build" content="([0-9a-f]{8})">')


class Finding(StrEnum):
    """What a check came to."""

    HOLDS = "holder"
    FAILS = "holder ikke"
    UNTRIED = "ikke prøvet"


class Check(Struct, frozen=True):
    """One thing that was tried: what, what it came to, and the words about it (Danish)."""

    what: str
    finding: Finding
    words: str


class Verdict(Struct, frozen=True):
    """What is known of a file: the issued version it is or says it is, and each check."""

    file: str
    issued: str = ""
    checks: tuple[Check, ...] = field(default=())

    @property
    def holds(self) -> bool:
        """Whether something held and nothing failed: what could not be tried is no proof."""
        findings = {check.finding for check in self.checks}
        return Finding.HOLDS in findings and Finding.FAILS not in findings


def verify_ledger(ledger: Ledger, issued: Mapping[str, bytes]) -> Verdict:
    """The ledger against itself, and the issued files that are there (`issued`, by path under the output folder)."""
    checks = _chain(ledger)
    for record in ledger.records:
        for file in record.files.values():
            if file.path in issued:
                same = hashlib.sha256(issued[file.path]).hexdigest() == file.sha256
                words = "uændret" if same else "ændret, siden den blev udstedt"
                checks.append(Check(file.path, Finding.HOLDS if same else Finding.FAILS, words))
            else:
                checks.append(Check(file.path, Finding.UNTRIED, "filen er her ikke"))
    return Verdict("content/issued", "", tuple(checks))


def _chain(ledger: Ledger) -> list[Check]:
    if ledger.problems:
        return [Check("kæden", Finding.FAILS, str(problem)) for problem in ledger.problems]
    count = len(ledger.records)
    return [Check("kæden", Finding.HOLDS, f"hel, {count} {'post' if count == 1 else 'poster'}")]


def verify_file(
    name: str,
    data: bytes,
    ledger: Ledger | None,
    installed: Mapping[str, str],
    fonts: tuple[str, ...],
    write_strange: Writing = written_again,
) -> Verdict:
    """What can be known of one file; `ledger` is None where there is none, `installed` what is installed here.

    `write_strange` makes the documents of sources that only the file itself vouches for.
    """
    chain = () if ledger is None else ledger.records
    digest = hashlib.sha256(data).hexdigest()
    exact = next((r for r in chain if any(file.sha256 == digest for file in r.files.values())), None)
    kind, source, build = _look_inside(data)
    record = exact or _claimed(chain, source, build)
    if ledger is None:
        checks = [Check("protokollen", Finding.UNTRIED, "her er ingen mappe med udstedte versioner")]
    else:
        checks = _chain(ledger)
    if exact is not None:
        checks.append(Check("filen", Finding.HOLDS, "uændret: hver byte er som udstedt"))
    elif record is not None:
        checks.append(Check("filen", Finding.FAILS, "ikke som udstedt: mindst én byte er en anden"))
    elif ledger is not None:
        checks.append(Check("filen", Finding.FAILS, "er ikke blandt de udstedte versioner"))
    writing = written_again if record is not None else write_strange
    checks.append(_rebuilt(data, kind, source, record, installed, fonts, writing))
    return Verdict(name, _named(record, source), tuple(checks))


def _rebuilt(
    data: bytes,
    kind: Format | None,
    source: bytes | None,
    record: Record | None,
    installed: Mapping[str, str],
    fonts: tuple[str, ...],
    writing: Writing,
) -> Check:
    """Makes the file again from the record's source, or from the one that it carries."""
    what = "genopbygning"
    if kind is None:
        return Check(what, Finding.UNTRIED, "filen er hverken PDF, DOCX eller HTML")
    if record is not None:
        source = record.source_bytes
    if source is None:
        return Check(what, Finding.UNTRIED, _why_without_source(data, kind))
    try:
        same = writing(source, fonts, (kind,))[kind] == data
    except DocgenError as error:
        return Check(what, Finding.UNTRIED, f"denne docgen kan ikke lave den: {error.problems[0]}")
    if same:
        return Check(what, Finding.HOLDS, "samme bytes, når den laves igen af sin kilde")
    differing = changed_makers(record, installed) if record else []
    if record is None:
        words = "andre bytes; filen er ændret, eller den er lavet af en anden udgave af docgen"
        return Check(what, Finding.UNTRIED, words)
    if differing:
        return Check(what, Finding.UNTRIED, f"andre bytes, men {', '.join(differing)} er ikke den samme som dengang")
    return Check(what, Finding.FAILS, "andre bytes, skønt alt, der laver dem, er det samme")


def _why_without_source(data: bytes, kind: Format) -> str:
    if kind is Format.PDF:
        from docgen.pdf_pages.open import open_annex

        try:
            if open_annex(data).is_encrypted:
                return "filen er beskyttet med adgangskode"
        except Exception:  # pypdf raises whatever a broken file leads it into
            return "filen er ødelagt og kan ikke læses"
    return "filen bærer ikke sin kilde, og ingen post passer til den"


def changed_makers(record: Record, installed: Mapping[str, str]) -> list[str]:
    """What made a record's files and is another here, by name; nothing is said of what the record does not name."""
    now = [name for name in record.made_with if installed.get(name, "") != record.made_with[name]]
    return ["docgen selv" if name == "docgen-code" else name for name in now]


def _claimed(chain: tuple[Record, ...], source: bytes | None, build: str) -> Record | None:
    """The record of the version that a changed file says it is."""
    fingerprint = hashlib.sha256(source).hexdigest()[:8] if source is not None else build
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


def _look_inside(data: bytes) -> tuple[Format | None, bytes | None, str]:
    """The format of a file, the source that it carries, and the fingerprint it bears. Whatever it is, it is read."""
    if len(data) > MAX_BYTES:
        return None, None, ""
    if data.startswith(b"%PDF-"):
        return Format.PDF, _source_in_pdf(data), ""
    if data.startswith(b"PK"):
        from docgen.writers.docx.properties import read_build

        return Format.DOCX, None, read_build(data)
    if found := _BUILD_IN_HTML.search(data[:100_000]):
        return Format.HTML, None, found[1].decode()
    return None, None, ""


def _source_in_pdf(data: bytes) -> bytes | None:
    from docgen.pdf_pages.open import open_annex

    try:
        found: Any = open_annex(data).attachments.get("kilde.json")
    except Exception:  # pypdf raises whatever a broken file leads it into
        return None
    return bytes(found[0]) if found else None
