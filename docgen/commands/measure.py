"""`docgen check --against`: the proof-reader on papers whose errors are listed, as figures."""

from __future__ import annotations

from pathlib import Path

from docgen import danish
from docgen.commands.check import CheckOptions, known_content
from docgen.files import read_file, reason
from docgen.problems import DocgenError, Origin, OutputError, Problem
from docgen.proofing.measure import Counted, Measured, measure, read_list
from docgen.proofing.proofread import read_paper
from docgen.proofing.registry import find_rule
from docgen.proofing.rule import Finding, Passage


def measure_papers(against: Path, options: CheckOptions) -> Measured:
    """Reads the papers that a list names, beside it, and those that `options` names, and counts what is found in them.

    Raises DocgenError with everything that is wrong in the list, and every paper that cannot be read.
    """
    listed = read_list(against.as_posix(), _read(against))
    known, problems = known_content(options), list[Problem]()
    passages, findings = dict[str, tuple[Passage, ...]](), dict[str, list[Finding]]()
    papers = {name: against.parent / name for name in dict.fromkeys(one.file for one in listed)}
    listed_as = {path.resolve(): name for name, path in papers.items()}
    for name in options.names:
        papers.setdefault(listed_as.get(Path(name).resolve(), name), Path(name))
    for name, path in papers.items():
        try:
            passages[name], findings[name] = read_paper(name, _read(path), known, options.chosen)
        except DocgenError as error:
            problems += error.problems
    if problems:
        raise OutputError(problems)
    return measure(listed, passages, findings)


def _read(path: Path) -> bytes:
    try:
        return read_file(path)
    except OSError as error:
        told = f"filen kan ikke læses ({reason(error)})"
        raise OutputError([Problem(Origin(path.as_posix()), told, "ret stien")]) from None


def report(measured: Measured) -> str:
    """The figures as Markdown in Danish, without a word of the papers."""
    errors = sum(one.every for one in measured.families)
    found = sum(one.found for one in measured.families)
    false = len(measured.false)
    papers = f"{measured.papers} {'papir' if measured.papers == 1 else 'papirer'}"
    told = f"I {papers} på i alt {danish.number(measured.words)} ord er der {danish.number(errors)} fejl."
    told += f" {danish.number(found)} bliver fundet (genkaldelse {_share(measured.recall)}), og"
    told += f" {danish.number(false)} fund er med urette (præcision {_share(measured.precision)})."
    lines = [
        told,
        "",
        "| Familie | Fejl | Fundet | Genkaldelse |",
        "|:--|--:|--:|--:|",
        *(f"| {one.name} | {one.every} | {one.found} | {_share_of(one)} |" for one in measured.families),
        "",
        "| Regel | Med rette | Med urette | Præcision |",
        "|:--|--:|--:|--:|",
        *(
            f"| {_title(one.name)} | {one.found} | {one.every - one.found} | {_share_of(one)} |"
            for one in measured.rules
        ),
    ]
    return "\n".join(lines)


def _title(code: str) -> str:
    rule = find_rule(code)
    return f"{code} {rule.title}" if rule else code


def _share_of(counted: Counted) -> str:
    return _share(counted.found / counted.every)


def _share(number: float) -> str:
    return danish.number(f"{number:.2f}", 2)
