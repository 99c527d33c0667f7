"""`docgen compare`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from docgen.cli.completion import complete_document
from docgen.cli.danish import Command
from docgen.cli.options import EDITIONS, FormatChoice, edition_of, folder_options, output_option
from docgen.problems import printable, printable_json

_LIST = "list"


class _Choice(FormatChoice):
    """The formats, and the list of changes as a document of its own."""

    @property
    def choices(self) -> Sequence[str]:  # type: ignore[override]
        """All of them, in order."""
        return (*super().choices, _LIST)


@click.command("compare", cls=Command)
@click.argument("old", metavar="FØR", shell_complete=complete_document)
@click.argument("new", metavar="[NU]", default="", shell_complete=complete_document)
@click.option("--old", "earlier", default="", metavar="UDGAVE", help="FØR, som det var: i git eller en mappe.")
@folder_options
@output_option("Hvor filerne lægges, i compare/ [build].")
@click.option(
    "--format",
    "formats",
    type=_Choice(),
    multiple=True,
    help="Format; kan gentages. Uden: docx, pdf og html. list er listen over ændringer som et dokument for sig.",
)
@click.option("--edition", type=EDITIONS, default="public", help="public eller open, internal eller closed.")
@click.option("--summary", is_flag=True, help="Skriv kun ændringerne her; lav ingen filer.")
@click.option("--json", "as_json", is_flag=True, help="Skriv ændringerne her som JSON; lav ingen filer.")
def compare_command(
    old: str,
    new: str,
    earlier: str,
    content: Path,
    templates: Path,
    output: Path,
    formats: tuple[str, ...],
    edition: str,
    summary: bool,
    as_json: bool,
) -> None:
    """Viser, hvad der er ændret fra FØR til NU: i Word som sporede ændringer, som PDF og som webside.

    FØR og NU er hver et dokument (policy/x), en udstedt version (policy/x@1.0) eller en PDF fra docgen. Uden NU er det
    dokumentet, som det er i mappen; uden version i FØR er det den sidst udstedte. Intet skrives i content.
    To Word-filer udefra (a.docx b.docx) sammenlignes efter deres ord.
    """
    from docgen.cli.options import formats_of
    from docgen.commands.compare import CompareOptions, as_lines, compare_documents, write_comparison
    from docgen.compare.entries import Entry, Sort
    from docgen.compare.redline import summary as told
    from docgen.structs import replace, to_builtins

    options = CompareOptions(old, new, earlier, content, templates, output, edition=edition_of(edition))
    if summary or as_json:
        found = compare_documents(options)
        if as_json:
            unread = [Entry(0, Sort.UNREAD, "", one, "", "") for one in found.sides.unread]
            click.echo(printable_json([to_builtins(entry) for entry in (*found.entries, *unread)]))
            return
        click.echo(printable(f"Fra {found.sides.old} til {found.sides.new}. {told(found.entries, found.sides)}"))
        for line in as_lines(found.entries):
            click.echo(printable(line))
        return
    named = [name for name in formats if name != _LIST]
    listed = _LIST in formats
    options = replace(options, formats=formats_of(named), marked=bool(named) or not listed, listed=listed)
    found, paths = write_comparison(options)
    for path in paths:
        click.echo(path.as_posix())
    click.echo(printable(told(found.entries, found.sides)), err=True)
