"""`docgen list`, `docgen build`, `docgen clean`, `docgen issue` and `docgen verify`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.cli.completion import complete_document, complete_meeting
from docgen.cli.danish import Command
from docgen.cli.options import (
    EDITIONS,
    FormatChoice,
    FormatOption,
    cluster_of,
    content_option,
    edition_of,
    folder_options,
    formats_of,
    output_option,
    scheduler_options,
)
from docgen.cli.output import show, show_built, show_elsewhere
from docgen.cli.preview import require_studio
from docgen.problems import DocgenError, Problem, printable, printable_json

if TYPE_CHECKING:
    from docgen.build.last_run import LastRun
    from docgen.build.options import BuildOptions


@click.command("list", cls=Command)
@folder_options
@click.option("--json", "as_json", is_flag=True, help="Skriv listen som JSON.")
def list_command(content: Path, templates: Path, as_json: bool) -> None:
    """Viser alle dokumenter: id, titel, version og status."""
    from docgen.commands.build import list_all
    from docgen.structs import to_builtins

    found = list_all(content, templates)
    entries = found.entries
    if as_json:
        click.echo(printable_json([to_builtins(entry) for entry in entries]))
        show_elsewhere(found.elsewhere)
        return
    width = max((len(entry.id) for entry in entries), default=0)
    for entry in entries:
        click.echo(f"{entry.id:<{width}}  {entry.version:<6} {entry.status:<14} {printable(entry.title)}")
    show_elsewhere(found.elsewhere)


@click.command("build", cls=Command)
@click.argument("documents", nargs=-1, metavar="[DOKUMENT]...", shell_complete=complete_document)
@folder_options
@output_option("Hvor filerne lægges [build].")
@click.option(
    "--format",
    "formats",
    cls=FormatOption,
    type=FormatChoice(),
    multiple=True,
)
@click.option(
    "--edition",
    type=EDITIONS,
    default="public",
    help="public eller open (uden det lukkede), internal eller closed (alt).",
)
@click.option(
    "--jobs",
    type=click.IntRange(0, 64),
    default=0,
    metavar="N",
    help="Antal processer; 0 vælger selv efter antal dokumenter.",
)
@click.option("--with-annexes", is_flag=True, help="Lav også én PDF af hver sag med bilag og hvert møde med sager.")
@click.option("--force", is_flag=True, help="Byg også det, der er som sidst.")
@scheduler_options
@click.option("--watch", is_flag=True, help="Bliv ved, og byg igen, hver gang noget bliver gemt.")
def build_command(
    documents: tuple[str, ...],
    content: Path,
    templates: Path,
    output: Path,
    formats: tuple[str, ...],
    edition: str,
    jobs: int,
    with_annexes: bool,
    force: bool,
    watch: bool,
    scheduler: str | None,
    tls_ca: Path | None,
    tls_cert: Path | None,
    tls_key: Path | None,
) -> None:
    """Bygger dokumenter og skriver, hvor filerne ligger."""
    from docgen.build.last_run import Asked, LastRun

    cluster = cluster_of(scheduler, tls_ca, tls_cert, tls_key, jobs)
    last = LastRun(Asked(content, templates, output, documents, formats, edition, with_annexes))
    if not (force or watch) and (report := last.report()) is not None:
        show_built(report)
        return
    from docgen.build.options import BuildOptions

    options = BuildOptions(
        content,
        templates,
        output,
        documents=documents,
        formats=formats_of(formats),
        edition=edition_of(edition),
        with_annexes=with_annexes,
        jobs=jobs,
        proofread=True,
        incremental=True,
        force=force,
        cluster=cluster,
    )
    if watch:
        _build_on_change(options)
    elif problems := _build_once(options, last):
        raise DocgenError(problems)


def _build_once(options: BuildOptions, last: LastRun | None = None) -> Sequence[Problem]:
    """Builds, shows what was built, and returns what is wrong with the rest."""
    from docgen.cli.progress import Progress
    from docgen.commands.build import build

    shown = Progress()
    try:
        report = build(options, lambda path: shown.tell(path.as_posix()), counted=shown.count, last=last)
    finally:
        shown.close()
    show_built(report)
    return report.problems


def _build_on_change(options: BuildOptions) -> None:
    require_studio()
    from docgen.studio.rebuilding import rebuild_on_change

    def build_once() -> None:
        try:
            problems = _build_once(options)
        except DocgenError as error:  # to be mended, and then it goes on
            problems = error.problems
        show(problems, "text")
        click.echo("Følger med. Ctrl+C stopper.", err=True)

    rebuild_on_change(options.content, options.templates, build_once)


@click.command("clean", cls=Command)
@output_option("Mappen, der bliver tømt [build].")
def clean_command(output: Path) -> None:
    """Tømmer build for det, docgen har lavet, og intet andet; udstedte filer bliver liggende."""
    from docgen.commands.clean import clean

    found = clean(output)
    for path in found.removed:
        click.echo(path.as_posix())
    for path in found.left:
        click.echo(f"Bemærk: {path.as_posix()} er ændret, siden docgen lavede den, og bliver liggende.", err=True)


@click.command(cls=Command)
@click.argument("document", metavar="DOKUMENT", shell_complete=complete_document)
@click.option(
    "--meeting", required=True, metavar="MØDE", help="Mødets id, fx 2022-12-01-br.", shell_complete=complete_meeting
)
@folder_options
@output_option("Hvor filerne lægges [build].")
@click.option("--edition", type=click.Choice(("public", "internal")), default="public", help="public eller internal.")
@click.option("--issuer", default="", metavar="NAVN", help="Hvem der udsteder; står i posten.")
@click.option("--confirm", default="", metavar="GRUND", help="Hvorfor ord, der er lukkede andre steder, må stå her.")
@click.option("--new-printing", is_flag=True, help="Udsted en udstedt version igen: samme ord, ny form.")
def issue(
    document: str,
    meeting: str,
    content: Path,
    templates: Path,
    output: Path,
    edition: str,
    issuer: str,
    confirm: str,
    new_printing: bool,
) -> None:
    """Gør en version endelig: skriver filerne i issued/MØDE, arkivet og en post i content/issued."""
    from docgen.commands.issue import IssueOptions, issue_document

    options = IssueOptions(
        *(document, meeting, content, templates, output, edition_of(edition)),
        issuer=issuer,
        confirm=confirm,
        new_printing=new_printing,
    )
    found = issue_document(options)
    for path in found.written:
        click.echo(path.as_posix())
    record = found.record
    for name in record.note.get("unissued", "").split():
        click.echo(f"Bemærk: {name} er med, men er ikke udstedt.", err=True)
    done = "er allerede udstedt" if found.again else "er udstedt"
    click.echo(
        f"{record.document} {record.version} {done} til mødet {record.meeting} (post {record.number}).", err=True
    )
    show_elsewhere(found.elsewhere)
    if found.elsewhere and edition == "public" and not found.again:
        click.echo("Bemærk: det lukkede i filer med fejl er kun efterprøvet, så vidt de kan læses.", err=True)


@click.command(cls=Command)
@click.argument("files", nargs=-1, metavar="[FIL]...", type=click.Path(path_type=Path))
@content_option
@output_option("Hvor issued/ ligger [build].")
@click.option("--json", "as_json", is_flag=True, help="Skriv svaret som JSON.")
def verify(files: tuple[Path, ...], content: Path, output: Path, as_json: bool) -> None:
    """Siger, om en fil er det, der blev udstedt; uden FIL, om alle poster og udstedte filer er hele.

    Koder ved afslutning: 0 udstedt, 1 ikke det, der blev udstedt, 2 kaldet er forkert, 3 i orden i sig selv, men ikke
    bevist, fx fordi her ingen protokol er.
    """
    from docgen.commands import verify as verifying

    try:
        verdicts = verifying.verify(files, content, output)
    except DocgenError as error:
        show(error.problems, "text")
        sys.exit(2)
    if as_json:
        click.echo(verifying.as_json(verdicts))
    else:
        for verdict in verdicts:
            click.echo(verifying.as_text(verdict))
    show_elsewhere(verifying.elsewhere(content))
    sys.exit(verifying.exit_code(verdicts))
