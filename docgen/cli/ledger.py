"""`docgen ledger`: what happens to versions after they were issued."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from docgen.cli.danish import Command, Group
from docgen.cli.options import folder_options, output_option

_REASON = click.option("--reason", required=True, metavar="GRUND", help="Hvorfor; står i posten for altid.")
_DATE = click.option(
    "--date", required=True, type=click.DateTime(("%Y-%m-%d",)), metavar="DATO", help="Dagen, fx 2026-02-03."
)
_EDITION = click.option(
    "--edition", type=click.Choice(("public", "internal")), default="public", help="public eller internal."
)
_PRINTING = click.option(
    "--printing", type=click.IntRange(1), metavar="N", help="Hvilket tryk; uden er det det seneste."
)
_ISSUER = click.option("--issuer", default="", metavar="NAVN", help="Hvem der skriver posten; står i den.")


@click.group("ledger", cls=Group)
def ledger() -> None:
    """Skriver en post mere i protokollen om det, der er udstedt; ingen post bliver ændret."""


@ledger.command(cls=Command)
@folder_options
@output_option("Hvor issued/ ligger [build].")
@_ISSUER
def migrate(content: Path, templates: Path, output: Path, issuer: str) -> None:
    """Flytter en gammel protokol til den nye form, én gang: lægger det udstedte i arkivet og skriver en post om det."""
    from docgen.commands.ledger import LedgerOptions
    from docgen.commands.ledger import migrate as migrating

    done = migrating(LedgerOptions(content, templates, output, issuer))
    for path in done.missing:
        click.echo(
            f"Bemærk: {path} ligger her ikke og kan ikke laves igen; posten nævner den, arkivet har den ikke.", err=True
        )
    click.echo(f"Protokollen er i form 2 (post {done.record.number}).", err=True)


@ledger.command(cls=Command)
@click.argument("folder", metavar="MAPPE", type=click.Path(path_type=Path))
@folder_options
def public(folder: Path, content: Path, templates: Path) -> None:
    """Skriver den offentlige protokol i MAPPE, som er ny: de offentlige udgaver og alt, hvad der er gemt om dem.

    Den kan gives til enhver og prøves alene: docgen verify --content MAPPE. Af andre poster er kun deres hash med.
    """
    from docgen.commands.ledger import LedgerOptions, write_public

    count, left_out = write_public(folder, LedgerOptions(content, templates))
    click.echo(f"{folder.as_posix()}: {count} poster; af {left_out} kun deres hash.", err=True)


@ledger.command(cls=Command)
@click.argument("name", metavar="DOKUMENT@VERSION")
@_REASON
@_DATE
@_EDITION
@_PRINTING
@_ISSUER
@folder_options
def withdraw(
    name: str,
    reason: str,
    date: datetime,
    edition: str,
    printing: int | None,
    issuer: str,
    content: Path,
    templates: Path,
) -> None:
    """Trækker en udstedt version tilbage: den er stadig det, der blev udstedt, men gælder ikke."""
    from docgen.commands.ledger import LedgerOptions, Reason
    from docgen.commands.ledger import withdraw as withdrawing

    options = LedgerOptions(content, templates, issuer=issuer)
    record = withdrawing(Reason(name, edition, reason, date.date(), printing or 0), options)
    click.echo(f"{name} er trukket tilbage (post {record.number}).", err=True)


@ledger.command(cls=Command)
@click.argument("name", metavar="DOKUMENT@VERSION")
@click.argument("payloads", nargs=-1, metavar="[DEL]...")
@_REASON
@_DATE
@_EDITION
@_PRINTING
@_ISSUER
@folder_options
@output_option("Hvor issued/ ligger [build].")
def erase(
    name: str,
    payloads: tuple[str, ...],
    reason: str,
    date: datetime,
    edition: str,
    printing: int | None,
    issuer: str,
    content: Path,
    templates: Path,
    output: Path,
) -> None:
    """Sletter det, arkivet har om en version, på lovens grund; uden DEL det hele. Kæden er hel bagefter.

    DEL er fx pdf, source eller tree. Versionsstyringens historik og kopier andre steder skal slettes for sig.
    """
    from docgen.commands.ledger import LedgerOptions, Reason
    from docgen.commands.ledger import erase as erasing

    options = LedgerOptions(content, templates, output, issuer)
    record, copies = erasing(Reason(name, edition, reason, date.date(), printing or 0), payloads, options)
    for path in copies:
        click.echo(f"Bemærk: {path} er en kopi, som ikke er slettet.", err=True)
    click.echo(f"{record.note['payloads']} af {name} er slettet (post {record.number}).", err=True)
