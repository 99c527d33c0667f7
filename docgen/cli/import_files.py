"""`docgen import`."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.cli.danish import Command
from docgen.cli.options import folder_options
from docgen.problems import printable


@click.command("import", cls=Command)
@click.argument("file", metavar="FIL", type=click.Path(path_type=Path))
@click.option(
    "--as",
    "name",
    default="",
    metavar="DOKUMENT",
    help="Hvad det skal hedde, fx policy/stoejpolitik-2027. Er FIL en mappe, så kun slagsen, fx case.",
)
@folder_options
@click.option("--dry-run", is_flag=True, help="Vis, hvad der ville blive skrevet; skriv intet.")
@click.option(
    "--jobs",
    type=click.IntRange(min=0),
    default=0,
    metavar="ANTAL",
    help="Filer fra en mappe, der læses ad gangen [kernerne].",
)
@click.option(
    "--report",
    type=click.Path(path_type=Path),
    default=Path("import.html"),
    metavar="FIL",
    help="Rapporten om en hel mappe [import.html].",
)
def import_command(
    file: Path, name: str, content: Path, templates: Path, dry_run: bool, jobs: int, report: Path
) -> None:
    """Laver YAML af et dokument, kommunen har i forvejen, eller af alle i en mappe.

    FIL er en PDF, et Word-dokument, en gemt webside, en tekst eller en mappe med dem. En PDF, som docgen har lavet,
    bærer sin egen kilde og bliver til det samme dokument igen. Af andre filer bliver teksten læst, brudte ord bliver
    samlet, og hvor kilden intet har, er pladsen tom. Ved siden af YAML-filen ligger review.html med hvert sted, der
    skal ses på. Intet, der findes, bliver overskrevet, så en mappe kan hentes igen, hvor det slap.
    """
    from docgen.commands.import_files import ImportOptions, as_lines, import_file

    if file.is_dir():
        from docgen.cli.progress import Progress
        from docgen.commands import import_folder

        progress = Progress()
        options = import_folder.FolderOptions(file, name, content, templates, jobs, dry_run, report)
        try:
            entries = import_folder.import_folder(options, progress.count)
        finally:
            progress.close()
        for line in import_folder.as_lines(entries, report):
            click.echo(printable(line))
        if any(one.outcome == import_folder.REFUSED for one in entries):
            raise SystemExit(1)
        return
    for line in as_lines(import_file(ImportOptions(file, name, content, templates, dry_run))):
        click.echo(printable(line))
