"""`docgen status`."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from docgen.cli.danish import Command
from docgen.cli.options import folder_options
from docgen.problems import printable_json


@click.command(cls=Command)
@folder_options
@click.option("--on", type=click.DateTime(("%Y-%m-%d",)), metavar="DATO", help="Dagen, det gælder; uden er det i dag.")
@click.option("--json", "as_json", is_flag=True, help="Skriv svaret som JSON.")
def status(content: Path, templates: Path, on: datetime.datetime | None, as_json: bool) -> None:
    """Viser, hvad der skal gøres: frister, sager uden dagsorden, det, der ikke er udfyldt, og det, der udløber."""
    from docgen.commands import status as due

    day = on.date() if on else due.system_date()
    found = due.status(content, templates, day)
    if as_json:
        click.echo(printable_json([due.as_json(one) for one in found]))
    else:
        for line in due.as_text(found, day).split("\n"):
            click.echo(line)
