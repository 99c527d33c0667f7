"""`docgen init`, `docgen new` and `docgen schema`."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from docgen.cli.completion import complete_document
from docgen.cli.danish import Command, Group
from docgen.cli.options import folder_options
from docgen.cli.output import show_elsewhere
from docgen.problems import Problem, printable

if TYPE_CHECKING:
    from docgen.kinds.kind import Kind


@click.command(cls=Command)
@click.argument("folder", default=".", metavar="[MAPPE]", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Laver et nyt projekt til en kommune: indhold med eksempler, skabeloner og skemaer.

    Uden MAPPE er det den mappe, man står i. Har mappen et projekt i forvejen, bliver intet skrevet.
    """
    from docgen.commands.init import start_project

    for path in start_project(folder):
        click.echo(path.as_posix())
    click.echo(f"Projektet er klar i {folder.as_posix()}. Begynd med README.md.", err=True)


@click.command("version", cls=Command)
@click.argument("document", metavar="DOKUMENT", shell_complete=complete_document)
@click.option("--what", required=True, metavar="HVAD", help="Hvad der er nyt; står i history.")
@click.option(
    "--date", required=True, type=click.DateTime(("%Y-%m-%d",)), metavar="DATO", help="Versionens dag, fx 2026-02-03."
)
@folder_options
def version(document: str, what: str, date: datetime, content: Path, templates: Path) -> None:
    """Hæver versionen af et dokument, som er udstedt, og skriver en linje i history.

    Sager med den gamle version som bilag beholder den.
    """
    from docgen.commands.version import raise_version

    raised = raise_version(document, what, date.date(), content, templates)
    click.echo(raised.path.as_posix())
    click.echo(f"{document} er nu {raised.after}; {raised.before} er som udstedt.", err=True)


class _New(Group):
    """A command for each kind of document that has a skeleton, and one that begins a new version."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*_kinds(), version.name or ""])

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name == version.name:
            return version
        found = _kinds().get(name)
        return None if found is None else _command_of(found)


def _kinds() -> dict[str, Kind]:
    from docgen.kinds.registry import KINDS

    return {name: kind for name, kind in KINDS.items() if kind.skeleton is not None}


def _command_of(kind: Kind) -> click.Command:
    """`docgen new case ID`."""
    skeleton = kind.skeleton
    assert skeleton is not None  # chosen by `_kinds`

    def create(name: str, content: Path, templates: Path, variant: str = "") -> None:
        from docgen.commands.new import create_document

        elsewhere: list[Problem] = []
        click.echo(create_document(kind, name, content, templates, variant, elsewhere.extend).as_posix())
        show_elsewhere(elsewhere)

    command: Callable[..., Any] = create
    if skeleton.variants is not None:
        help = skeleton.variants_help
        command = click.option(skeleton.option, "variant", default="", metavar="ID", help=help)(command)
    argument = click.argument("name", metavar=skeleton.metavar)
    return click.command(kind.name, cls=Command, help=skeleton.help)(argument(folder_options(command)))


@click.group(cls=_New)
def new() -> None:
    """Laver en ny fil med de rigtige felter, klar til at skrive i."""


@click.command(cls=Command)
@folder_options
@click.option("--dry-run", is_flag=True, help="Vis kun, hvad der ville blive ændret.")
def migrate(content: Path, templates: Path, dry_run: bool) -> None:
    """Bringer et ældre projekts indhold og skabeloner til det format, som docgen læser nu.

    Skabeloner, som kommunen selv har ændret, bliver nævnt og ladt i fred.
    """
    from docgen.commands.migrate import migrate_project

    report = migrate_project(content, templates, dry_run=dry_run)
    for path, lines in report.changes:
        click.echo(path.as_posix())
        for line in lines:
            click.echo(f"  {printable(line)}")
    for step in report.steps:
        click.echo(step, err=True)
    for path in report.own_templates:
        click.echo(
            f"Bemærk: {path.as_posix()} er jeres egen; sammenlign den med docgens, som docgen init skriver den",
            err=True,
        )
    done = "Intet er skrevet (--dry-run)." if dry_run else f"Projektet er i format {report.to}."
    click.echo(done if report.changes else f"Projektet er allerede i format {report.to}.", err=True)


@click.command(cls=Command)
@click.argument("name", required=False, metavar="[SLAGS]")
@click.option(
    "--output", type=click.Path(path_type=Path), metavar="MAPPE", help="Skriv alle skemaer som filer i mappen."
)
@click.option(
    "--known",
    is_flag=True,
    help="Skemaer, der også foreslår id'erne i mappen; de kommer i schemas, og git lader dem være. "
    "docgen new holder dem ajour.",
)
@folder_options
def schema(name: str | None, output: Path | None, known: bool, content: Path, templates: Path) -> None:
    """Skriver JSON-skemaer, som editorer bruger til at fuldføre og forklare felter."""
    from docgen.build.folders import read_project
    from docgen.commands import schema as schemas
    from docgen.commands.new import write_schemas

    names = schemas.names()
    if name is not None and name not in names:
        raise click.BadParameter(f"'{name}' kendes ikke; vælg {', '.join(names)}", param_hint="SLAGS")
    if output is not None or known:
        found = read_project(content, templates).content if known else None
        for path in write_schemas(output or content.parent / "schemas", [name] if name else names, found):
            click.echo(path.as_posix())
        return
    shown = schemas.json_schema(name) if name else {one: schemas.json_schema(one) for one in names}
    click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
