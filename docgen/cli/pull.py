"""`docgen pull`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.cli.danish import Command
from docgen.cli.options import folder_options
from docgen.problems import printable, printable_json

if TYPE_CHECKING:
    from docgen.commands.pull import PullOptions
    from docgen.pull.found import Pulled


@click.command("pull", cls=Command)
@click.argument("files", metavar="FIL...", nargs=-1, required=True, type=click.Path(path_type=Path))
@folder_options
@click.option("--dry-run", is_flag=True, help="Vis, hvad der ville blive skrevet; skriv intet.")
@click.option("--json", "as_json", is_flag=True, help="Skriv det som JSON.")
@click.option(
    "--tracked",
    default="accept",
    metavar="VALG",
    help="Sporede ændringer: accept tager alle, reject ingen, og et navn kun dem, som den person har lavet.",
)
@click.option("--author", default="", metavar="NAVN", help="Hvem der har lavet det, som ikke er sporet.")
@click.option("--structural", is_flag=True, help="Hent også nye, slettede, flyttede, delte og samlede afsnit.")
@click.option("--shared", is_flag=True, help="Ret også ord, som er fælles for alle dokumenter.")
@click.option("--all-or-nothing", is_flag=True, help="Skriv intet, hvis bare en rettelse er i konflikt.")
@click.option("--comments", is_flag=True, help="Saml kommentarer og forslag i et høringsnotat; ret intet andet.")
@click.option("--into", default="", metavar="ID", help="Høringsnotatet, som --comments samler i.")
def pull_command(
    files: tuple[Path, ...],
    content: Path,
    templates: Path,
    dry_run: bool,
    as_json: bool,
    tracked: str,
    author: str,
    structural: bool,
    shared: bool,
    all_or_nothing: bool,
    comments: bool,
    into: str,
) -> None:
    """Henter det, kolleger har skrevet i Word, hjem til YAML, hvor det hører til.

    FIL er Word-filer, som docgen build har lavet, og som er kommet tilbage. De bliver hentet en efter en. Hver rettelse
    bliver flettet med det, der er ændret i mappen imens, og bevist ved at lave dokumentet igen, før noget skrives. Det,
    der ikke kan hentes, bliver vist, og alle kommentarer. Slutter med 1, hvis en rettelse er i konflikt.

    Med --comments --into ID bliver kommentarer og forslag fra alle filerne i stedet lagt i content/hearings/ID.yaml.
    """
    from docgen.commands.pull import PullOptions, as_lines, in_conflict, pull_files
    from docgen.pull.home import Wishes
    from docgen.structs import replace, to_builtins

    wishes = Wishes(structural, shared, all_or_nothing, author)
    options = PullOptions(files, content, templates, tracked, wishes, dry_run)
    if comments or into:
        _collect(options, into if comments else "", as_json)
        return
    can_ask = not (structural or dry_run or as_json) and sys.stdin.isatty() and sys.stdout.isatty()
    found = pull_files(options, _ask if can_ask else None)
    if as_json:
        told = [{**to_builtins(replace(one, files={})), "files": sorted(one.files)} for one in found]
        click.echo(printable_json(told))
    else:
        for number, one in enumerate(found):
            if number:
                click.echo()
            for line in as_lines(one, dry_run=dry_run):
                click.echo(printable(line))
    if in_conflict(found):
        raise SystemExit(1)


def _ask(found: Sequence[Pulled]) -> bool:
    """Whether paragraphs are to be written, too, says whoever sits at the terminal; Enter is no."""
    from docgen.commands.pull import waiting_lines

    *lines, question = waiting_lines(found)
    for line in lines:
        click.echo(printable(line))
    answer = str(click.prompt(question.rstrip(), default="", show_default=False, prompt_suffix=" "))
    click.echo()
    return answer.strip().lower() in ("j", "ja")


def _collect(options: PullOptions, into: str, as_json: bool) -> None:
    from docgen.commands.hearing import as_lines, collect_answers
    from docgen.commands.new import local_day
    from docgen.structs import to_builtins

    if not into:
        raise click.UsageError("--comments og --into ID hører sammen; skriv fx --comments --into indkoebspolitik")
    found = collect_answers(options, into, local_day())
    if as_json:
        click.echo(printable_json(to_builtins(found)))
        return
    for line in as_lines(found, into, dry_run=options.dry_run):
        click.echo(printable(line))
