"""The proof-reader: readings -> findings, without what is silenced, and what is safe to mend, mended."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from docgen.content.content import Content
from docgen.content.yaml_reader import Map, Scalar, read_yaml
from docgen.problems import ContentError
from docgen.proofing.readers import annex_files, content_passages, file_passages
from docgen.proofing.rule import Finding, Hit, Passage, Reading, Rule, Severity
from docgen.proofing.rules import RULES, find_rule
from docgen.proofing.shield import is_prose

_SILENCED = re.compile(r"#\s*docgen:\s*tillad\s+(DG\d{3})\b[ \t]*(.*)$", re.IGNORECASE)
_PRIVACY = "DG6"
_LANGUAGE = ("DG3", "DG4", "DG5")


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which rules: with hints or without, only these codes, or all but those. A code may be a family: `DG3`."""

    hints: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def rules(self) -> tuple[Rule, ...]:
        """The rules that are chosen; one that is selected by name need not be sure."""
        select, ignore = (tuple(code.upper() for code in codes) for codes in (self.select, self.ignore))
        return tuple(
            rule
            for rule in RULES
            if not rule.code.startswith(ignore or ("-",))
            and (rule.code.startswith(select) if select else self.hints or rule.severity is not Severity.HINT)
        )


def read_content(content: Content, chosen: Chosen, folder: str = "content", own: tuple[str, ...] = ()) -> list[Finding]:
    """Findings in every YAML file of a content folder, or those whose paths begin with one of `own`, and privacy in the
    folder's PDFs from elsewhere."""
    found: list[Finding] = []
    for path in sorted(content.files):
        if path in content.maps and path.startswith(own or ""):
            found += _content_file(content, path, chosen, folder)
    private = Chosen(select=tuple(rule.code for rule in chosen.rules() if rule.code.startswith(_PRIVACY)))
    for path in annex_files(content.files) if private.select and not own else ():
        try:
            passages = file_passages(f"{folder}/{path}", content.files[path])
        except ContentError:
            continue  # told as a problem of the case that attaches it
        found += find(Reading(passages, content.settings.house_style, foreign=True), private.rules())
    return found


def read_file(name: str, data: bytes, content: Content | None, chosen: Chosen) -> list[Finding]:
    """Findings in a file from elsewhere. Raises ContentError for one that cannot be read."""
    from docgen.content.model import HouseStyle

    style = (
        content.settings.house_style
        if content
        else HouseStyle.model_construct(page_limit=3, percent="pct.", time="dot", range="hyphen")
    )
    organisation, glossary = (content.organisation, content.glossary) if content else (None, None)
    passages = file_passages(name, data)
    return list(find(Reading(passages, style, organisation, glossary, None, foreign=True), chosen.rules()))


def _content_file(content: Content, path: str, chosen: Chosen, folder: str) -> list[Finding]:
    name, data = f"{folder}/{path}", content.files[path]
    passages = content_passages(name, content.maps[path])
    organisation = None if path == "organisation.yaml" else content.organisation
    glossary = None if path in ("glossary.yaml", "settings.yaml") else content.glossary
    day = _day(content.maps[path])
    reading = Reading(passages, content.settings.house_style, organisation, glossary, day)
    lines = data.decode("utf-8", errors="replace").splitlines()
    return _silenced(list(find(reading, chosen.rules())), lines, name, chosen)


def _day(read: Map) -> datetime.date | None:
    found = read.get("date")
    return datetime.date.fromisoformat(str(found)) if isinstance(found, Scalar) else None


def find(reading: Reading, rules: Iterable[Rule]) -> Iterator[Finding]:
    """Findings in a reading, in the order of their places; rules of language keep out of addresses and code."""
    found = [
        Finding(rule, hit, *_place(hit))
        for rule in rules
        for hit in rule.find(reading)
        if not rule.code.startswith(_LANGUAGE) or is_prose(hit.passage.text, hit.start, hit.end)
    ]
    return iter(sorted(found, key=lambda finding: (finding.file, finding.line, finding.column, finding.rule.code)))


def _place(hit: Hit) -> tuple[str, int, int, str]:
    passage = hit.passage
    if passage.scalar is not None:
        return (passage.file, *passage.scalar.position(hit.start, hit.end))
    if passage.key.isdigit():
        return passage.file, int(passage.key), hit.start + 1, passage.text
    return passage.file, 0, 0, passage.text[max(0, hit.start - 60) : hit.end + 60]


# -- silencing --------------------------------------------------------------------------------------------------


def _silenced(found: list[Finding], lines: list[str], name: str, chosen: Chosen) -> list[Finding]:
    """Without what `# docgen: tillad DG301 grund` on the line, or on the one above, lets pass."""
    kept = list(found)
    known = {rule.code for rule in chosen.rules()}
    for number, line in enumerate(lines, 1):
        match = _SILENCED.search(line)
        if match is None:
            continue
        code = match[1].upper()
        own = range(number, number + 1) if line[: match.start()].strip() else range(number, number + 2)
        let = [finding for finding in kept if finding.rule.code == code and finding.line in own]
        kept = [finding for finding in kept if finding not in let]
        if not match[2].strip() and "DG902" in known:
            kept.append(_own("DG902", name, number, match, line, f"skriv, hvorfor {code} er tilladt her"))
        if not let and code in known and "DG901" in known:
            kept.append(_own("DG901", name, number, match, line, f"{code} finder intet her; slet tilladelsen"))
    return sorted(kept, key=lambda finding: (finding.file, finding.line, finding.column, finding.rule.code))


def _own(code: str, name: str, line: int, match: re.Match[str], text: str, message: str) -> Finding:
    rule = find_rule(code)
    assert rule is not None
    hit = Hit(Passage(text, name), match.start(), match.end(), message)
    return Finding(rule, hit, name, line, match.start() + 1, text)


# -- mending ----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Mended:
    """A file's new bytes, and how many findings were mended."""

    data: bytes
    count: int = 0
    left: list[Finding] = field(default_factory=list)


def mend(data: bytes, findings: Iterable[Finding], name: str) -> Mended:
    """A YAML file with its safe findings mended in place; comments, quotes and line breaks stay as they are.

    A finding is left alone where the words are not found in the source exactly as in the value, or where reading the
    file again does not give the value that was meant.
    """
    result = Mended(data)
    wanted = [finding for finding in findings if finding.is_safe]
    spans = [
        (span, finding)
        for finding in wanted
        if finding.hit.passage.scalar is not None
        and (span := finding.hit.passage.scalar.span(finding.hit.start, finding.hit.end)) is not None
    ]
    placed = {id(finding) for _, finding in spans}
    result.left += [finding for finding in wanted if id(finding) not in placed]
    text = data.decode("utf-8")
    # From the end, so that what stands before keeps its place.
    last = len(text) + 1
    for (start, end), finding in sorted(spans, key=lambda item: item[0], reverse=True):
        right = str(finding.hit.right)
        if end > last:  # two findings in the same words: the later one is mended next time
            continue
        changed = text[:start] + right + text[end:]
        if _only_changed(text, changed, finding, name):
            text, last = changed, start
            result.count += 1
        else:
            result.left.append(finding)
    result.data = text.encode()
    return result


def _only_changed(before: str, after: str, finding: Finding, name: str) -> bool:
    """Whether the file still reads, with that one text changed and no other."""
    try:
        old, new = _values(read_yaml(name, before.encode())), _values(read_yaml(name, after.encode()))
    except ContentError:
        return False
    return len(old) == len(new) and sum(a != b for a, b in zip(old, new, strict=True)) == 1


def _values(found: object) -> list[str]:
    if isinstance(found, Map):
        return [value for inner in found.values() for value in _values(inner)]
    if isinstance(found, list):
        return [value for inner in found for value in _values(inner)]
    return [str(found)]


def by_file(findings: Iterable[Finding]) -> Mapping[str, list[Finding]]:
    """Findings by the file that they are in."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.file, []).append(finding)
    return found
