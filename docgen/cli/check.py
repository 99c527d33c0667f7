"""`docgen check` and `docgen rule`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen import danish
from docgen.cli.completion import complete_document, complete_rule
from docgen.cli.danish import Command
from docgen.cli.options import folder_options
from docgen.cli.output import show_checked, show_elsewhere

if TYPE_CHECKING:
    from docgen.commands.check import CheckOptions


@click.command(cls=Command)
@click.argument("names", nargs=-1, metavar="[DOKUMENT|FIL]...", shell_complete=complete_document)
@folder_options
@click.option(
    "--output-format",
    type=click.Choice(("text", "json", "github", "sarif")),
    default="text",
    help="Hvordan svaret skrives: text, json, github eller sarif.",
)
@click.option("--fix", is_flag=True, help="Ret det, der er sikkert, i YAML-filerne.")
@click.option("--dry-run", is_flag=True, help="Sammen med --fix: vis kun, hvad der ville blive rettet.")
@click.option("--hints", is_flag=True, help="Vis også tip.")
@click.option(
    "--select",
    multiple=True,
    metavar="KODE",
    shell_complete=complete_rule,
    help="Kun denne regel eller familie, fx DG301 eller DG3.",
)
@click.option(
    "--ignore", multiple=True, metavar="KODE", shell_complete=complete_rule, help="Alle andre regler end denne."
)
@click.option(
    "--against",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="LISTE",
    help="Mål korrekturen på papirer, hvis fejl står i LISTE; skriver kun tal.",
)
def check(
    names: tuple[str, ...],
    content: Path,
    templates: Path,
    output_format: str,
    fix: bool,
    dry_run: bool,
    hints: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    against: Path | None,
) -> None:
    """Finder fejl i indholdet og læser korrektur, også på en fil udefra: .docx, .pdf, .txt eller .md."""
    from docgen.cli.progress import Progress
    from docgen.commands.check import CheckOptions
    from docgen.commands.check import check as check_all
    from docgen.proofing.proofread import Chosen

    if dry_run and not fix:
        raise click.UsageError("--dry-run hører sammen med --fix")
    known_codes("--select", select)
    known_codes("--ignore", ignore)
    if against is not None:
        _measure(against, CheckOptions(names, content, templates, Chosen(hints, select, ignore)), fix=fix)
        return
    shown = Progress()
    try:
        report = check_all(
            CheckOptions(names, content, templates, Chosen(hints, select, ignore), fix, dry_run), shown.count
        )
    finally:
        shown.close()
    show_checked(report, output_format, dry_run=dry_run)
    show_elsewhere(report.elsewhere)
    for notice in report.notices:
        click.echo(f"Bemærk: {notice}", err=True)
    if not report.passed:
        sys.exit(1)


def _measure(against: Path, options: CheckOptions, *, fix: bool) -> None:
    """Shows the figures on standard output; on standard error where something was missed or found wrongly."""
    from docgen.commands.check import is_file
    from docgen.commands.measure import measure_papers, report

    if fix or not all(map(is_file, options.names)):
        raise click.UsageError("--against måler på filer; nævn dem, eller lad listen gøre det, og uden --fix")
    measured = measure_papers(against, options)
    for place in measured.missed:
        click.echo(f"overset: {place}", err=True)
    for place in measured.false:
        click.echo(f"med urette: {place}", err=True)
    click.echo(report(measured))


def known_codes(option: str, codes: Sequence[str]) -> None:
    """Refuses codes that no rule and no family of rules has, with the nearest. Raises click.BadParameter."""
    from docgen.proofing.registry import unknown_codes

    for code, found in unknown_codes(codes).items():
        guess = f"mente du {danish.enumerate(found, 'eller')}?" if found else "se dem med docgen rule"
        raise click.BadParameter(f"'{code}' i {option} er ingen regel; {guess}")


@click.command(cls=Command)
@click.argument("code", required=False, metavar="[KODE]", shell_complete=complete_rule)
def rule(code: str | None) -> None:
    """Forklarer en regel med rigtigt, forkert og kilde; uden KODE vises alle."""
    from docgen.proofing import registry, report

    if code is None:
        for known in registry.RULES:
            click.echo(f"{known.code}  {known.severity:<8}  {known.title}")
        return
    found = registry.find_rule(code)
    if found is None:
        known_codes("KODE", [code])
        raise click.BadParameter(f"{code} er en familie af regler; se dem med docgen rule", param_hint="KODE")
    click.echo(report.explain(found))
