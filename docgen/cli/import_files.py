"""`docgen import`."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.cli.danish import Command
from docgen.cli.options import folder_options
from docgen.problems import printable


@click.command("import", cls=Command)
@click.argument("file", metavar="FIL", type=click.Path(path_type=Path))
@click.option("--as", "name", default="", metavar="DOKUMENT", help="Hvad det skal hedde, fx policy/stoejpolitik-2027.")
@folder_options
@click.option("--dry-run", is_flag=True, help="Vis, hvad der ville blive skrevet; skriv intet.")
def import_command(file: Path, name: str, content: Path, templates: Path, dry_run: bool) -> None:
    """Laver YAML af et dokument, kommunen har i forvejen.

    FIL er en PDF, et Word-dokument, en gemt webside eller en tekst. En PDF, som docgen har lavet, bærer sin egen kilde
    og bliver til det samme dokument igen. Af andre filer bliver teksten læst, brudte ord bliver samlet, og hvor kilden
    intet har, er pladsen tom. Ved siden af YAML-filen ligger review.html med hvert sted, der skal ses på. Intet, der
    findes, bliver overskrevet.
    """
    from docgen.commands.import_files import ImportOptions, as_lines, import_file

    for line in as_lines(import_file(ImportOptions(file, name, content, templates, dry_run))):
        click.echo(printable(line))
