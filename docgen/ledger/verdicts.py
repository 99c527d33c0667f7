"""Whether a file is what was issued: by its bytes, by the ledger, and by making it again. Says what could be tried."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType

from docgen import __version__, danish
from docgen.archive import Archive
from docgen.kinds.kind import Kind
from docgen.kinds.registry import KINDS
from docgen.ledger.rebuild import kept_source, when, written_again
from docgen.ledger.record import ISSUE, PACK, WITHHELD
from docgen.ledger.records import IssuedFile, Ledger, Record, erasures, left_out, withdrawal
from docgen.ledger.words import hash_of, words
from docgen.problems import DocgenError, printable
from docgen.structs import Struct, field
from docgen.writers.formats import FORMATS, Format, Inside, issued_formats

Rebuilding = Callable[[bytes, tuple[str, ...], Sequence[Format], Mapping[str, Kind]], Mapping[str, bytes]]
"""Source, folders with fonts, formats and kinds -> the files by format. Raises DocgenError where that fails."""
Reading = Callable[[bytes], tuple[str, str]]
"""Source -> the version it says it is, and the hash of its words. Raises DocgenError where that fails."""
MAX_BYTES = 100_000_000
_BUT_LINKS = "; kun links til filerne ved siden af er kommet til"
_NOT_AMONG = "er ikke blandt de udstedte versioner"
_NOTHING: Mapping[str, bytes] = MappingProxyType({})


class Result(StrEnum):
    """What a check came to."""

    HOLDS = "holder"
    FAILS = "holder ikke"
    UNTRIED = "ikke prøvet"


class Outcome(StrEnum):
    """What all checks of a file come to, in the words that a person is told."""

    ISSUED = "udstedt"
    NOT_ISSUED = "ikke det, der blev udstedt"
    UNPROVEN = "i orden i sig selv, men ikke bevist"
    UNTRIABLE = "kan ikke prøves her, og ikke bevist"


class Check(Struct, frozen=True):
    """One thing that was tried: what, what it came to, and the words about it (Danish)."""

    what: str
    result: Result = field(name="finding")
    words: str


class Verdict(Struct, frozen=True):
    """What is known of a file: the issued version it is or says it is, and each check. `proven` says that the ledger
    vouches for it, and `is_of_another_docgen` that only that one could make it again."""

    file: str
    issued: str = ""
    checks: tuple[Check, ...] = field(default=())
    proven: bool = False
    is_of_another_docgen: bool = False

    @property
    def holds(self) -> bool:
        """Whether something held and nothing failed: what could not be tried is no proof."""
        results = {check.result for check in self.checks}
        return Result.HOLDS in results and Result.FAILS not in results

    @property
    def outcome(self) -> Outcome:
        """What it comes to: a file that holds is only proven by the ledger."""
        if self.is_of_another_docgen and Result.FAILS not in {check.result for check in self.checks}:
            return Outcome.UNTRIABLE
        if not self.holds:
            return Outcome.NOT_ISSUED
        return Outcome.ISSUED if self.proven else Outcome.UNPROVEN


def read_source(source: bytes) -> tuple[str, str]:
    """The version that a source says it is, and the hash of its words. Raises DocgenError where it cannot be read."""
    found = json.loads(source)
    return str(found.get("version", "")), hash_of(words(source, KINDS))


def verify_ledger(
    ledger: Ledger, issued: Mapping[str, bytes], archive: Archive | None = None, annexes: Mapping[str, bytes] = _NOTHING
) -> Verdict:
    """The ledger against itself, what it keeps, and the issued files that are there (`issued`, by path under the output
    folder), and the annexes that are there (by path in the content folder) against those that were attached."""
    checks = _chain(ledger)
    for record in ledger.records:
        checks += _kept(ledger, record, archive)
        for path, part in record.parts.items():
            other = path in annexes and part.sha256 and hashlib.sha256(annexes[path]).hexdigest() != part.sha256
            if other:
                words = f"er nu et andet end det, der var vedlagt til {record.document} {record.version}"
                checks.append(Check(path, Result.FAILS, words))
        for file in record.files.values() if record.type == ISSUE else ():
            if file.path in issued and not file.sha256:
                checks.append(Check(file.path, Result.UNTRIED, "dens nøgle er slettet; slet også denne kopi"))
            elif file.path in issued:
                same = hashlib.sha256(issued[file.path]).hexdigest() == file.sha256
                words = "uændret" if same else "ændret, siden den blev udstedt"
                checks.append(Check(file.path, Result.HOLDS if same else Result.FAILS, words))
            else:
                checks.append(Check(file.path, Result.UNTRIED, "filen er her ikke"))
    return Verdict("content/issued", "", tuple(checks), proven=True)


def _kept(ledger: Ledger, record: Record, archive: Archive | None) -> list[Check]:
    """Whether the archive holds what a record says is kept, but what was erased."""
    if archive is None or record.format == 1 or not record.payloads:
        return []
    what, erased = f"arkivet, post {record.number}", erasures(ledger.records, record)
    checks = [Check(what, Result.UNTRIED, f"{name} er slettet {when(by)}") for name, by in erased.items()]
    absent = left_out(record, ledger.records) - erased.keys() if ledger.public else set[str]()
    if absent:
        words = f"{danish.enumerate(sorted(absent))} er ikke med i den offentlige kopi"
        checks.append(Check(what, Result.UNTRIED, words))
    # Interrupted between the record and the blobs, an erasure is not done.
    still = [name for name in erased if archive.read(record.payloads[name].sha256) is not None]
    if still:
        words = f"{danish.enumerate(still)} skulle være slettet; gentag docgen ledger erase"
        checks.append(Check(what, Result.FAILS, words))
    left = {name: payload for name, payload in record.payloads.items() if name not in {*erased, *absent}}
    lost = [name for name, payload in left.items() if archive.read(payload.sha256) is None]
    if lost:
        return [*checks, Check(what, Result.FAILS, f"{danish.enumerate(lost)} mangler eller er ændret")]
    return [*checks, Check(what, Result.HOLDS, "hel")] if left else checks


def _chain(ledger: Ledger) -> list[Check]:
    if ledger.problems:
        return [Check("kæden", Result.FAILS, str(problem)) for problem in ledger.problems]
    count = len(ledger.records)
    checks = [Check("kæden", Result.HOLDS, f"hel, {count} {'post' if count == 1 else 'poster'}")]
    if absent := [str(record.number) for record in ledger.records if record.type == WITHHELD]:
        words = f"offentlig kopi: af post {danish.enumerate(absent)} er kun hashen med"
        checks.append(Check("kæden", Result.UNTRIED, words))
    return checks


def verify_file(
    name: str,
    data: bytes,
    ledger: Ledger | None,
    installed: Mapping[str, str],
    fonts: tuple[str, ...],
    rebuild_strange: Rebuilding = written_again,
    archive: Archive | None = None,
    read_strange: Reading = read_source,
) -> Verdict:
    """What can be known of one file; `ledger` is None where there is none, `installed` what is installed here.

    `rebuild_strange` makes, and `read_strange` reads, the documents of sources that only the file itself vouches for.
    """
    chain = () if ledger is None else ledger.records
    format, inside = _look_inside(data, FORMATS.values())
    given_size, data = len(data), data if format is None else format.as_issued(data)
    digest = hashlib.sha256(data).hexdigest()
    exact = next((r for r in chain if any(file.sha256 == digest for file in _handed_out(r))), None)
    record = exact or _claimed(chain, inside)
    if exact is not None and format is None:
        format = next((FORMATS.get(name) for name, file in exact.files.items() if file.sha256 == digest), None)
    nothing_here = Check("protokollen", Result.UNTRIED, "her er ingen mappe med udstedte versioner")
    checks = _chain(ledger) if ledger is not None else [nothing_here]
    if exact is not None:
        more = "" if len(data) == given_size else _BUT_LINKS
        checks.append(Check("filen", Result.HOLDS, f"uændret: hver byte er som udstedt{more}"))
        if (taken_back := withdrawal(chain, exact)) is not None:
            checks.append(Check("gyldighed", Result.UNTRIED, f"trukket tilbage {when(taken_back)}"))
    elif record is not None and format is not None and (by := erasures(chain, record).get(format.name)) is not None:
        words = f"{format.name} af versionen er slettet {when(by)}; er filen en kopi af den, så slet den også"
        checks.append(Check("filen", Result.UNTRIED, words))
    elif record is not None:
        checks.append(Check("filen", Result.FAILS, "ikke som udstedt: mindst én byte er en anden"))
    elif ledger is not None:
        shown = "er ikke blandt de versioner, den offentlige kopi har" if ledger.public else _NOT_AMONG
        checks.append(Check("filen", Result.FAILS, shown))
    given = _Given(data, format, inside, installed, fonts, archive)
    if exact is not None and PACK in exact.files and exact.files[PACK].sha256 == digest:
        checks.append(Check("genopbygning", Result.UNTRIED, "en mappe laves ikke igen; dens dele står i posten"))
        return Verdict(name, f"mappen til {_named(exact, None)}", tuple(checks), proven=True)
    wording = _wording(given, record, rebuild_strange, read_strange) if exact is None and record is not None else []
    if any(check.result is Result.HOLDS for check in wording):  # it was made again for that, of its own source
        rebuilt = Check("genopbygning", Result.HOLDS, "samme bytes, når den laves igen af sin egen kilde")
    else:
        rebuilt = _rebuilt(given, record, written_again if exact is not None else rebuild_strange)
    checks += [*wording, rebuilt]
    older = record is None and _is_of_another_docgen(given)
    return Verdict(name, _named(record, inside.source), tuple(checks), exact is not None, older)


def _handed_out(record: Record) -> Iterable[IssuedFile]:
    return record.files.values() if record.type == ISSUE else ()


def _wording(given: _Given, record: Record, rebuilding: Rebuilding, read: Reading) -> list[Check]:
    """Whether a file that is not what was issued has its words all the same: by the source that it carries, and only
    where the file is just what this docgen makes of that, for what it shows could else be anything."""
    source, format = given.inside.source, given.format
    if source is None or format is None:
        return []
    try:
        if rebuilding(source, given.fonts, (format,), KINDS).get(format.name) != given.data:
            return [Check("ordlyden", Result.UNTRIED, "filen er ikke det, som denne docgen laver af dens egen kilde")]
        version, found = read(source)
        kept = kept_source(record, given.archive)
        same = found in (record.words, hash_of(words(kept, KINDS)) if kept is not None else record.words)
    except (DocgenError, KeyError, ValueError):
        return []
    if same:
        return [Check("ordlyden", Result.HOLDS, f"ordlyden af {record.version}, i ny form")]
    shown = "" if version in ("", record.version) else f"; filen siger, at den er {version}"
    return [Check("ordlyden", Result.FAILS, f"en anden end den udstedte {record.version}{shown}")]


class _Given(Struct, frozen=True):
    """A file and what it says of itself, and what is here to try it with."""

    data: bytes
    format: Format | None
    inside: Inside
    installed: Mapping[str, str]
    fonts: tuple[str, ...]
    archive: Archive | None


def _rebuilt(given: _Given, record: Record | None, rebuilding: Rebuilding) -> Check:
    """Makes the file again from the record's source, or from the one that it carries."""
    what, format = "genopbygning", given.format
    if format is None:
        return Check(what, Result.UNTRIED, f"filen er hverken {danish.enumerate(_labels(), 'eller')}")
    source = given.inside.source if record is None else kept_source(record, given.archive)
    if source is None:
        words = given.inside.unreadable or "filen bærer ikke sin kilde, og ingen post passer til den"
        words = words if record is None else "versionens kilde er slettet eller mangler i arkivet"
        return Check(what, Result.UNTRIED, words)
    if record is not None and (differing := changed_makers(record, given.installed)):
        return Check(what, Result.UNTRIED, f"kan ikke prøves her: {danish.enumerate(differing)} er ikke som dengang")
    if record is None and _is_of_another_docgen(given):
        made_with = printable(_said(source, "docgen"))
        return Check(what, Result.UNTRIED, f"kan ikke prøves her: filen er lavet med docgen {made_with}")
    try:
        same = rebuilding(source, given.fonts, (format,), KINDS)[format.name] == given.data
    except DocgenError as error:
        return Check(what, Result.UNTRIED, f"denne docgen kan ikke lave den: {error.problems[0]}")
    except KeyError:
        return Check(what, Result.UNTRIED, "formatet kan ikke laves af en fremmed kilde")
    if same:
        return Check(what, Result.HOLDS, "samme bytes, når den laves igen af sin kilde")
    if record is None:
        words = "andre bytes; filen er ændret, eller den er lavet med en anden Typst end den her"
        return Check(what, Result.UNTRIED, words)
    return Check(what, Result.FAILS, "andre bytes, skønt alt, der laver dem, er det samme")


def _is_of_another_docgen(given: _Given) -> bool:
    """Whether a file carries the source of a docgen that is not this one: then other bytes tell nothing."""
    source = given.inside.source
    return source is not None and _said(source, "docgen") not in ("", __version__)


def changed_makers(record: Record, installed: Mapping[str, str]) -> list[str]:
    """What made a record's files and is another here, by name; nothing is said of what the record does not name."""
    now = [name for name in record.made_with if installed.get(name, "") != record.made_with[name]]
    own = {"docgen-code": "docgen selv", "docgen-words": "ordlisten"}
    return [own.get(name, name) for name in now]


def _labels() -> list[str]:
    return [format.name.upper() for format in issued_formats()]


def _claimed(chain: tuple[Record, ...], inside: Inside) -> Record | None:
    """The record of the version that a changed file says it is: of its own edition, whatever others there are."""
    issued, source = [record for record in chain if record.type == ISSUE], inside.source
    fingerprint = hashlib.sha256(source).hexdigest()[:8] if source is not None else inside.fingerprint
    found = next((record for record in issued if fingerprint and record.fingerprint == fingerprint), None)
    if found is None and source is not None:
        own = _document(source), _said(source, "edition")
        found = next((record for record in reversed(issued) if (record.document, record.edition) == own), None)
    return found


def _named(record: Record | None, source: bytes | None) -> str:
    if record is not None:
        edition = "" if record.edition == "public" else ", intern udgave"
        edition += f", tryk {record.printing}" if record.printing > 1 else ""
        return (
            f"{record.document} {record.version}{edition}: {record.title}, til mødet {record.meeting} ({record.date})"
        )
    document = printable(_document(source)) if source is not None else ""
    return f"{document} (efter filens eget udsagn)" if document else ""


def _document(source: bytes) -> str:
    return _said(source, "document")


def _said(source: bytes, name: str) -> str:
    """What a source says of itself, or nothing."""
    try:
        return str(json.loads(source)[name])[:200]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""


def _look_inside(data: bytes, formats: Iterable[Format]) -> tuple[Format | None, Inside]:
    """The format of a file, and what it says of itself. Whatever it is, it is read."""
    if len(data) <= MAX_BYTES:
        for format in formats:
            if (found := format.look_inside(data)) is not None:
                return format, found
    return None, Inside()
