"""What the command line says: problems, findings and lengths as lines, as JSON, for GitHub or as SARIF."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen import __version__
from docgen.problems import Problem, printable, printable_json

if TYPE_CHECKING:
    from docgen.build.build_report import BuildReport
    from docgen.commands.check import CheckReport


def length_line(document: str, pages: float, limit: int) -> str:
    """`case/x: 2,4 sider (højst 3)`, and how much is too much."""
    from docgen import danish

    def shown(number: float) -> str:
        return danish.number(f"{number:.4f}", 1)

    over = f"; {shown(pages - limit)} for meget" if pages > limit else ""
    return f"{document}: {shown(pages)} {'side' if pages == 1 else 'sider'} (højst {limit}){over}"


def show(problems: Iterable[Problem], output_format: str) -> None:
    """Shows problems as `text` on standard error, or as `json` or `github` on standard output."""
    problems = tuple(problems)
    if output_format == "json":
        click.echo(printable_json([problem.as_json() for problem in problems]))
        return
    for problem in problems:
        click.echo(problem.as_github() if output_format == "github" else str(problem), err=output_format == "text")
    if problems and output_format == "text":
        click.echo(f"{len(problems)} fejl." if len(problems) > 1 else "1 fejl.", err=True)


def show_elsewhere(problems: Iterable[Problem]) -> None:
    """What is not well beside what was asked for, a line each on standard error; it stops nothing."""
    for problem in problems:
        click.echo(f"Andetsteds: {problem}", err=True)


def show_checked(checked: CheckReport, output_format: str, *, dry_run: bool = False) -> None:
    """Problems first, then what the proof-reader found, and a line that sums it up."""
    from docgen.proofing import registry, report

    problems, findings = checked.problems, list(checked.findings)
    if output_format == "sarif":
        click.echo(report.as_sarif(findings, registry.RULES, __version__))
        return
    if output_format == "json":
        found = [problem.as_json() for problem in problems] + json.loads(report.as_json(findings))
        click.echo(printable_json(found))
        return
    if output_format == "github":
        for line in (*(problem.as_github() for problem in problems), *map(report.as_github, findings)):
            click.echo(line)
        return
    show(problems, "text")
    for finding in findings:
        click.echo(report.as_text(finding), err=True)
    for fix in checked.fixes:
        click.echo(printable(f"{fix.finding.file}:{fix.finding.line}: {fix.before} → {fix.after}"), err=True)
    if checked.fixes:
        done = "Ville blive rettet (--dry-run)" if dry_run else "Rettet"
        click.echo(f"{done}: {len(checked.fixes)}.", err=True)
    for document in checked.left_alone:
        click.echo(f"{document} er udstedt og bliver ikke rettet; hæv versionen først.", err=True)
    if findings:
        click.echo(report.summary(findings), err=True)
    elif not problems:
        click.echo("Ingen fejl.", err=True)


def show_built(report: BuildReport) -> None:
    """What a build did not make, how long it became, and what should be known of it."""
    for sentence in report.issued:
        click.echo(sentence, err=True)
    if count := len(report.unchanged):
        words = "dokument er som før" if count == 1 else "dokumenter er som før"
        click.echo(f"{count} {words} (--force bygger alligevel).", err=True)
    for length in report.lengths:
        click.echo(length_line(length.document, length.pages, length.limit), err=True)
    for remark in chain(report.remarks, report.notices):
        click.echo(f"Bemærk: {remark}", err=True)
    show_elsewhere(report.elsewhere)


def show_bug(error: Exception) -> None:
    """Says that an error is docgen's own, and what to send; never the content, which may be closed."""
    import traceback

    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(last.filename).name}:{last.lineno}"
    shown = printable(f"{type(error).__name__}: {error}")
    click.echo(f"Det her er en fejl i docgen, ikke i dit indhold: {shown} ({place})", err=True)
    click.echo(
        "Send linjen ovenfor og kommandoen til docgens udviklere, men ikke mappen content/: den kan rumme det, der er "
        f"lukket (docgen {__version__}).",
        err=True,
    )
