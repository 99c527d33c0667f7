"""The proof-reader: readings -> findings, without what is silenced, and what is safe to fix, fixed."""

from __future__ import annotations

import codecs
import datetime
import re
from collections.abc import Generator, Iterable, Mapping
from contextlib import suppress
from functools import lru_cache

from docgen.content.content import Content
from docgen.content.scalar import Scalar
from docgen.content.settings import HouseStyle
from docgen.content.yaml_reader import Comment, comments, scalars
from docgen.content.yaml_values import Map
from docgen.problems import ContentError
from docgen.proofing.quoted import is_prose, is_quoted
from docgen.proofing.readers import DELETED, VERBATIM, annex_files, content_passages, file_passages
from docgen.proofing.registry import RULES, find_rule
from docgen.proofing.report import message
from docgen.proofing.rule import Finding, Hit, Passage, Reading, Rule, Severity
from docgen.structs import Struct, replace

_SILENCED = re.compile(r"#\s*docgen:\s*tillad\s+(DG\d{3})\b[ \t]*(.*)$", re.IGNORECASE)
_PRIVACY = "DG6"
_LANGUAGE = ("DG3", "DG4", "DG5")
# What a PDF's page does not tell as it was written: where spaces are, and where a table begins and a sentence ends.
_NOT_ON_PAGES = ("DG202", "DG331", "DG350", "DG352", "DG354", "DG708", "DG802")


class Chosen(Struct, frozen=True):
    """Which rules: with hints or without, only these codes, or all but those, and without the slow ones where only
    errors count. A code may be a family: `DG3`."""

    hints: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    quick: bool = False

    def rules(self) -> tuple[Rule, ...]:
        """The rules that are chosen; one that is selected by name need not be sure."""
        return _rules_of(self)


@lru_cache(maxsize=16)  # asked for thrice for each file of a batch
def _rules_of(chosen: Chosen) -> tuple[Rule, ...]:
    select, ignore = (tuple(code.upper() for code in codes) for codes in (chosen.select, chosen.ignore))
    return tuple(
        rule
        for rule in RULES
        if not rule.code.startswith(ignore or ("-",))
        and not (chosen.quick and rule.slow)
        and (rule.code.startswith(select) if select else chosen.hints or rule.severity is not Severity.HINT)
    )


def read_content(content: Content, chosen: Chosen, folder: str = "content", own: tuple[str, ...] = ()) -> list[Finding]:
    """Findings in every YAML file of a content folder, and privacy in its PDFs from elsewhere; of those whose paths
    begin with one of `own`, where any are given."""
    return _result(read_content_in_steps(content, chosen, folder, own))


_Found = Generator[None, None, list[Finding]]


def read_content_in_steps(
    content: Content, chosen: Chosen, folder: str = "content", own: tuple[str, ...] = ()
) -> _Found:
    """As `read_content`, one rule for one file at a time: whoever reads a long document between other things goes on
    when there is time. The findings are what the generator returns."""
    found = []
    for path in (*sorted(content.maps), *annex_files(content.files)):
        if path.startswith(own or ""):
            found += yield from _own_file(content, path, chosen, folder)
    return found


def _result(steps: _Found) -> list[Finding]:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: list[Finding] = end.value
            return found


def _own_file(content: Content, path: str, chosen: Chosen, folder: str) -> _Found:
    """Findings in a file of a content folder."""
    if path in content.maps:
        return (yield from _content_file(content, path, chosen, folder))
    return _annex(content, path, chosen, folder)


def _movers_own(content: Content) -> set[str]:
    """The sections of a motion that have its movers' words."""
    cases = content.settings.cases
    return {str(section.id) for section in cases.sections if section.verbatim} if cases is not None else set()


def _is_adopted(content: Content, path: str) -> bool:
    """Whether a file is of a document whose wording is adopted (`verbatim: true`), in one file or in several."""
    whole = [path, f"{'/'.join(path.split('/')[:2])}/policy.yaml"]
    return any(str(content.maps[one].get("verbatim")) == "true" for one in whole if one in content.maps)


def _annex(content: Content, path: str, chosen: Chosen, folder: str) -> list[Finding]:
    """Findings in a PDF from elsewhere: of privacy alone, for the rest is another's."""
    rules = [rule for rule in chosen.rules() if rule.code.startswith(_PRIVACY)]
    try:
        passages = file_passages(f"{folder}/{path}", content.files[path]) if rules else ()
    except ContentError:
        return []  # told as a problem of the case that attaches it
    return find(Reading(passages, content.settings.house_style, foreign=True), rules)


def remarks(content: Content, folder: str, paths: Iterable[str]) -> dict[str, list[str]]:
    """What is to say of some YAML files and PDFs of a content folder, without hints: `{path: lines}`."""
    return {
        path: [
            f"{finding.where} {finding.rule.code} {message(finding)}"
            for finding in _result(_own_file(content, path, Chosen(), folder))
        ]
        for path in paths
    }


def read_file(name: str, data: bytes, content: Content | None, chosen: Chosen) -> list[Finding]:
    """Findings in a file from elsewhere. Raises ContentError for one that cannot be read."""
    return read_paper(name, data, content, chosen)[1]


def read_paper(
    name: str, data: bytes, content: Content | None, chosen: Chosen
) -> tuple[tuple[Passage, ...], list[Finding]]:
    """The passages of a file from elsewhere, and the findings in them. Raises ContentError for one that cannot be read."""
    style = content.settings.house_style if content else HouseStyle()
    organisation, glossary = (content.organisation, content.glossary) if content else (None, None)
    passages = file_passages(name, data)
    return passages, find(Reading(passages, style, organisation, glossary, None, foreign=True), chosen.rules())


def _content_file(content: Content, path: str, chosen: Chosen, folder: str) -> _Found:
    name, data = f"{folder}/{path}", content.files[path]
    passages = content_passages(name, content.maps[path], _movers_own(content), adopted=_is_adopted(content, path))
    organisation = None if path == "organisation.yaml" else content.organisation
    glossary = None if path in ("glossary.yaml", "settings.yaml") else content.glossary
    day = _day(content.maps[path])
    reading = Reading(passages, content.settings.house_style, organisation, glossary, day)
    said = list(comments(data.decode("utf-8-sig"), content.maps[path]))
    found = yield from _find_in_steps(reading, chosen.rules())
    found += _in_comments(content, name, said, chosen)
    return _silenced(_in_order(found), said, content.maps[path], name, chosen)


def _in_comments(content: Content, name: str, said: Iterable[Comment], chosen: Chosen) -> list[Finding]:
    """Findings of privacy in the comments of a file: they are not printed, but they are kept and sent."""
    rules = [rule for rule in chosen.rules() if rule.code.startswith(_PRIVACY)]
    passages = tuple(
        Passage(" " * (comment.column - 1) + comment.text, name, key=str(comment.line))
        for comment in said
        if _SILENCED.match(comment.text) is None
    )
    return find(Reading(passages, content.settings.house_style, foreign=True), rules) if passages and rules else []


def _day(read: Map) -> datetime.date | None:
    found = read.get("date")
    with suppress(ValueError):  # a file may be at fault and read none the less
        return datetime.date.fromisoformat(str(found)) if isinstance(found, Scalar) else None
    return None


def find(reading: Reading, rules: Iterable[Rule]) -> list[Finding]:
    """Findings in a reading, in the order of their places; rules of language keep out of addresses and code, and all but
    those of privacy out of what is deleted, and of what others said word by word."""
    return _result(_find_in_steps(reading, rules))


def _find_in_steps(reading: Reading, rules: Iterable[Rule]) -> _Found:
    standing = _without_others(reading)
    found: list[Finding] = []
    for rule in rules:
        found += [
            Finding(rule, hit, *_place(hit))
            for hit in rule.find(reading if rule.code.startswith(_PRIVACY) else standing)
            if not rule.code.startswith(_LANGUAGE) or _is_own_prose(hit)
            if hit.passage.key != "page" or rule.code not in _NOT_ON_PAGES
        ]
        yield
    return _in_order(_once(found))


def _without_others(reading: Reading) -> Reading:
    left_alone = (DELETED, VERBATIM)
    if all(passage.key not in left_alone for passage in reading.passages):
        return reading
    return replace(reading, passages=tuple(passage for passage in reading.passages if passage.key not in left_alone))


def _once(findings: Iterable[Finding]) -> Iterable[Finding]:
    """The findings without those of a language rule in words, or in a part of the words, that another finds, too: kept
    is one that is no hint, then one that can fix the words, then one that has the right ones, then the first."""
    every = list(findings)
    of_language = [finding for finding in every if finding.rule.code.startswith(_LANGUAGE)]
    of_language.sort(key=lambda finding: (id(finding.hit.passage), finding.hit.start, -finding.hit.end))
    kept: list[Finding] = []
    for finding in of_language:
        other = kept[-1] if kept and kept[-1].hit.passage is finding.hit.passage else None
        if other is None or finding.hit.end > other.hit.end:
            kept.append(finding)
        elif _worth(finding) > _worth(other):
            kept[-1] = finding
    return [*(finding for finding in every if not finding.rule.code.startswith(_LANGUAGE)), *kept]


def _worth(finding: Finding) -> tuple[bool, bool, bool, bool]:
    """How much a finding tells; of two that tell as much that of the house's own words is the better."""
    hit = finding.hit
    is_house = finding.rule.code.startswith("DG50")
    return finding.rule.severity is not Severity.HINT, finding.is_safe, hit.right is not None, is_house


def _is_own_prose(hit: Hit) -> bool:
    """Whether the words are the author's: no address, no code, and no quotation, whose form is another's."""
    text = hit.passage.text
    return is_prose(text, hit.start, hit.end) and not is_quoted(text, hit.start, hit.end)


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: (finding.file, finding.line, finding.column, finding.rule.code))


def _place(hit: Hit) -> tuple[str, int, int, str]:
    passage = hit.passage
    if passage.scalar is not None:
        return (passage.file, *passage.scalar.position(hit.start, hit.end))
    if passage.key.isdigit():
        return passage.file, int(passage.key), hit.start + 1, passage.text
    return passage.file, 0, 0, passage.text[max(0, hit.start - 60) : hit.end + 60]


# -- silencing --------------------------------------------------------------------------------------------------


def _silenced(found: list[Finding], said: Iterable[Comment], read: Map, name: str, chosen: Chosen) -> list[Finding]:
    """Without what `# docgen: tillad DG301 grund` on the line, or on the one above, lets pass; where a text of several
    lines begins there, in the whole text, for no comment can stand in it."""
    kept = list(found)
    known = {rule.code for rule in chosen.rules()}
    for comment in said:
        match = _SILENCED.match(comment.text)
        if match is None:
            continue
        code = match[1].upper()
        lines = _lines_of(comment, read)
        let = [finding for finding in kept if finding.rule.code == code and finding.line in lines]
        kept = [finding for finding in kept if finding not in let]
        if not match[2].strip() and "DG902" in known:
            kept.append(_own("DG902", name, comment, f"skriv, hvorfor {code} er tilladt her"))
        if not let and code in known and "DG901" in known:
            kept.append(_own("DG901", name, comment, f"{code} finder intet her; slet tilladelsen"))
    return _in_order(kept)


def _lines_of(comment: Comment, read: Map) -> set[int]:
    """The lines that a permission is about."""
    lines = {comment.line, comment.line + 1} if comment.alone else {comment.line}
    for scalar in scalars(read):
        start, end = scalar.extent
        first = scalar.source.count("\n", 0, start) + 1
        if first in lines and first <= comment.line + 1:
            lines |= set(range(first, first + scalar.source.count("\n", start, end) + 1))
    return lines


def _own(code: str, name: str, comment: Comment, message: str) -> Finding:
    rule = find_rule(code)
    assert rule is not None
    hit = Hit(Passage(comment.text, name), 0, len(comment.text), message)
    return Finding(rule, hit, name, comment.line, comment.column, " " * (comment.column - 1) + comment.text)


# -- fixing --------------------------------------------------------------------------------------------------------


class Fix(Struct, frozen=True):
    """What is fixed: the finding, and the words as they stood and as they stand."""

    finding: Finding
    before: str
    after: str


def fix(data: bytes, findings: Iterable[Finding], name: str) -> tuple[bytes, tuple[Fix, ...]]:
    """A YAML file with its safe findings fixed in place, and what was, from the top; comments, quotes and line breaks
    stay.

    A finding is left alone where its words do not stand in the source as they do in the value, or where the file, read
    again, would not say what was meant.
    """
    from docgen.content.yaml_editor import SetValue, edited  # what only reads needs none of it
    from docgen.content.yaml_tree import read_tree

    spans = [(finding.span, finding) for finding in findings if finding.is_safe and finding.span is not None]
    if not spans:
        return data, ()
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    tree, values, last = read_tree(name, data.removeprefix(mark)), dict[tuple[str, ...], str](), len(data)
    fixed: list[Fix] = []
    # From the end, so that what stands before keeps its place.
    for (start, end), finding in sorted(spans, key=lambda item: item[0], reverse=True):
        hit, scalar = finding.hit, finding.hit.passage.scalar
        if end > last or scalar is None:  # two findings in the same words: the later one is fixed next time
            continue
        path = scalar.origin.path
        before = values.get(path, str(scalar))
        meant = before[: hit.start] + str(hit.right) + before[hit.end :]
        with suppress(ContentError):
            tree = edited(tree, SetValue(path, meant, in_place=True))
            values[path], last = meant, start
            fixed.append(Fix(finding, hit.passage.text[hit.start : hit.end], str(hit.right)))
    return mark + tree.source.encode(), tuple(reversed(fixed))


def by_file(findings: Iterable[Finding]) -> Mapping[str, list[Finding]]:
    """Findings by the file that they are in."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.file, []).append(finding)
    return found
