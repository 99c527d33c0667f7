"""Findings for people and for programs: text with a caret, JSON, GitHub annotations, SARIF 2.1.0; rules explained."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath, PureWindowsPath
from urllib.parse import quote

from docgen.problems import github_command, printable, printable_json
from docgen.proofing.rule import Finding, Rule, Severity
from docgen.proofing.why import why

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "note"}
_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}


def message(finding: Finding) -> str:
    """What is wrong, and the right form where it is known."""
    right = finding.hit.right
    words = printable(" ".join(finding.hit.passage.text[finding.hit.start : finding.hit.end].split()))
    shown = f"”{words[:60]}”: {finding.hit.message}"
    return f"{shown}; skriv ”{printable(right)}”" if right else shown


def as_text(finding: Finding) -> str:
    """`file:line:column CODE message`, and the line with a caret under the words."""
    head = f"{finding.where} {finding.rule.code} {message(finding)}"
    if not finding.line or not finding.source_line:
        return head
    line = printable(finding.source_line)
    start = finding.column - 1
    width = max(1, min(finding.hit.end - finding.hit.start, len(line) - start))
    if len(line) > 110:
        cut = max(0, start - 40)
        line, start = line[cut : cut + 110], start - cut
    return f"{head}\n    {line}\n    {' ' * start}{'^' * min(width, max(1, len(line) - start))}"


def as_json(findings: Sequence[Finding]) -> str:
    """A list of objects: file, line, column, place, code, severity, message, right, fixable, alternatives."""
    return printable_json([_object(finding) for finding in findings])


def _object(finding: Finding) -> dict[str, object]:
    return {
        "file": finding.file,
        "line": finding.line,
        "column": finding.column,
        "place": finding.hit.passage.place,
        "code": finding.rule.code,
        "severity": finding.rule.severity.value,
        "message": message(finding),
        "right": finding.hit.right,
        "fixable": finding.is_safe,
        "alternatives": list(finding.hit.alternatives),
    }


def as_github(finding: Finding) -> str:
    """A workflow command of GitHub Actions."""
    place = [("line", finding.line), ("col", finding.column)] if finding.line else []
    properties = [("file", finding.file), *place, ("title", finding.rule.code)]
    return github_command(_GITHUB[finding.rule.severity], properties, message(finding))


def as_sarif(findings: Sequence[Finding], rules: Sequence[Rule], version: str) -> str:
    """SARIF 2.1.0 (OASIS), for code scanning and editors."""
    codes = [rule.code for rule in rules]
    run = {
        "tool": {
            "driver": {
                "name": "docgen",
                "version": version,
                "rules": [
                    {
                        "id": rule.code,
                        "shortDescription": {"text": rule.title},
                        "help": {"text": rule.source},
                        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
                    }
                    for rule in rules
                ],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, codes) for finding in findings],
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return printable_json({"$schema": schema, "version": "2.1.0", "runs": [run]})


def _result(finding: Finding, codes: Sequence[str]) -> dict[str, object]:
    place: dict[str, object] = {"artifactLocation": {"uri": _uri(finding.file)}}
    if finding.line:
        place["region"] = {"startLine": finding.line, "startColumn": finding.column}
    location: dict[str, object] = {"physicalLocation": place}
    if finding.hit.passage.place:
        location["message"] = {"text": finding.hit.passage.place}
    fixes = _fixes(finding)
    return {
        "ruleId": finding.rule.code,
        "ruleIndex": codes.index(finding.rule.code),
        "level": _LEVELS[finding.rule.severity],
        "message": {"text": message(finding)},
        "locations": [location],
        **({"fixes": fixes} if fixes else {}),
    }


def _fixes(finding: Finding) -> list[dict[str, object]]:
    """What may stand instead (SARIF 2.1.0, 3.55): the right words, or each that may be meant; none where the place of
    the words in the file is not exact, for a program puts them there as they are."""
    hit, span = finding.hit, finding.span
    wrong = hit.passage.text[hit.start : hit.end]
    is_exact = span is not None and span[1] - span[0] == hit.end - hit.start
    is_line = hit.passage.scalar is None and hit.passage.key.isdecimal() and finding.line > 0  # of a text file
    if not (is_exact or is_line) or "\n" in wrong:
        return []
    deleted = {"startLine": finding.line, "startColumn": finding.column, "endColumn": finding.column + len(wrong)}
    return [
        {
            "description": {"text": f"skriv ”{printable(words)}”"},
            "artifactChanges": [
                {
                    "artifactLocation": {"uri": _uri(finding.file)},
                    "replacements": [{"deletedRegion": deleted, "insertedContent": {"text": words}}],
                }
            ],
        }
        for words in ((hit.right,) if hit.right is not None else hit.alternatives)
    ]


def _uri(path: str) -> str:
    """A path as a URI (SARIF 2.1.0, 3.4.3; RFC 3986): a relative one stays relative, an absolute one names its scheme."""
    pure = PureWindowsPath(path) if re.match(r"[A-Za-z]:[\\/]", path) else PurePosixPath(path)
    return pure.as_uri() if pure.is_absolute() else quote(path.replace("\\", "/"))


def summary(findings: Sequence[Finding]) -> str:
    """`2 fejl, 3 advarsler og 1 tip; 4 kan rettes med --fix`"""
    counts = {severity: sum(finding.rule.severity is severity for finding in findings) for severity in Severity}
    words = [
        f"{counts[Severity.ERROR]} fejl" if counts[Severity.ERROR] else "",
        f"{counts[Severity.WARNING]} {'advarsel' if counts[Severity.WARNING] == 1 else 'advarsler'}"
        if counts[Severity.WARNING]
        else "",
        f"{counts[Severity.HINT]} tip" if counts[Severity.HINT] else "",
    ]
    shown = [word for word in words if word]
    if not shown:
        return "Korrekturen fandt intet."
    fixable = sum(finding.is_safe and finding.hit.passage.scalar is not None for finding in findings)
    listed = shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} og {shown[-1]}"
    return f"Korrektur: {listed}" + (f"; {fixable} kan rettes med --fix." if fixable else ".")


def explain(rule: Rule) -> str:
    """A rule with why it is there, its right and wrong forms and its source."""
    lines = [f"{rule.code} {rule.title} ({rule.severity}{', kan rettes med --fix' if rule.fixable else ''})", ""]
    lines += [f"Hvorfor: {why(rule.code)}", ""]
    for label, examples in (("Rigtigt", rule.right), ("Forkert", rule.wrong)):
        lines += [f"{label}:", *(f"  {' '.join(example.split())[:100]}" for example in examples)] if examples else []
    return "\n".join([*lines, f"Kilde: {rule.source}"])
