"""The command line: options -> frozen dataclasses, problems -> stderr, results -> stdout, exit codes 0, 1 and 2."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from docgen import __version__
from docgen.cli import danish as danish_click
from docgen.cli.output import length_line, show, show_bug, show_checked
from docgen.problems import DocgenError, Problem, printable, printable_json

if TYPE_CHECKING:
    from docgen.kinds.prepared import Edition
    from docgen.proofing.rule import Finding

_FORMATS = ("pdf", "docx", "html", "tree")


class _Group(danish_click.Group):
    """Shows problems in the content as lines on stderr, and anything unexpected as a bug with what to send."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except DocgenError as error:
            show(error.problems, "text")
            ctx.exit(1)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            show_bug(error)
            ctx.exit(1)


def _content_option(command: Callable[..., Any]) -> Callable[..., Any]:
    kind = click.Path(path_type=Path)
    return click.option(
        "--content", type=kind, default=Path("content"), metavar="MAPPE", help="Indholdets mappe [content]."
    )(command)


def _folder_options(command: Callable[..., Any]) -> Callable[..., Any]:
    kind = click.Path(path_type=Path)
    command = click.option(
        "--templates", type=kind, default=Path("templates"), metavar="MAPPE", help="Skabelonernes mappe [templates]."
    )(command)
    return _content_option(command)


def _output_option(help: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    kind = click.Path(path_type=Path)
    return click.option("--output", type=kind, default=Path("build"), metavar="MAPPE", help=help)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="docgen %(version)s", help="Vis version og stop.")
def main() -> None:
    """Laver kommunens dokumenter ud fra YAML: politikker, sager, møder og vejledninger som PDF, DOCX og HTML.

    DOKUMENT er fx policy/<id> eller en slags alene (policy); uden DOKUMENT er det alle.
    policy/<id>@1.0 er en udstedt version.
    Koder ved afslutning: 0 færdig, 1 indholdet eller en fil er forkert, 2 kaldet er forkert.
    """


@main.command()
@click.argument("folder", default=".", metavar="[MAPPE]", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Laver et nyt projekt til en kommune: indhold med eksempler, skabeloner og skemaer.

    Uden MAPPE er det den mappe, man står i. Har mappen et projekt i forvejen, bliver intet skrevet.
    """
    from docgen.commands import init as starting

    for path in starting.start_project(folder):
        click.echo(path.as_posix())
    click.echo(f"Projektet er klar i {folder.as_posix()}. Begynd med README.md.", err=True)


@main.command("list")
@_folder_options
@click.option("--json", "as_json", is_flag=True, help="Skriv listen som JSON.")
def list_command(content: Path, templates: Path, as_json: bool) -> None:
    """Viser alle dokumenter: id, titel, version og status."""
    from docgen.commands import build
    from docgen.structs import to_builtins

    entries = build.list_documents(content, templates)
    if as_json:
        click.echo(printable_json([to_builtins(entry) for entry in entries]))
        return
    width = max((len(entry.id) for entry in entries), default=0)
    for entry in entries:
        click.echo(f"{entry.id:<{width}}  {entry.version:<6} {entry.status:<14} {printable(entry.title)}")


@main.command()
@click.argument("names", nargs=-1, metavar="[DOKUMENT|FIL]...")
@_folder_options
@click.option(
    "--output-format",
    type=click.Choice(("text", "json", "github", "sarif")),
    default="text",
    help="Hvordan svaret skrives: text, json, github eller sarif.",
)
@click.option("--fix", is_flag=True, help="Ret det, der er sikkert, i YAML-filerne.")
@click.option("--hints", is_flag=True, help="Vis også tip.")
@click.option("--select", multiple=True, metavar="KODE", help="Kun denne regel eller familie, fx DG301 eller DG3.")
@click.option("--ignore", multiple=True, metavar="KODE", help="Alle andre regler end denne.")
def check(
    names: tuple[str, ...],
    content: Path,
    templates: Path,
    output_format: str,
    fix: bool,
    hints: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
) -> None:
    """Finder fejl i indholdet og læser korrektur, også på en fil udefra: .docx, .pdf, .txt eller .md."""
    from docgen import pipeline
    from docgen.commands import check as checking
    from docgen.proofing.proofread import Chosen
    from docgen.proofing.rule import Severity

    chosen = Chosen(hints, select, ignore)
    files = tuple(Path(name) for name in names if checking.is_file(name))
    documents = tuple(name for name in names if not checking.is_file(name))
    problems: tuple[Problem, ...] = ()
    findings: list[Finding] = []
    mended = 0
    if documents or not files:
        found, own = checking.check_project(content, templates, documents), pipeline.own_files(documents)
        if found.content is not None:
            findings = checking.proofread_content(found.content, content, chosen, own)
            mended = checking.mend_content(found.content, content, findings) if fix else 0
        if mended and (found := checking.check_project(content, templates, documents)).content is not None:
            findings = checking.proofread_content(found.content, content, chosen, own)
        problems = found.problems
    if files:
        findings += checking.proofread_files(files, content, templates, chosen)
    show_checked(problems, findings, mended, output_format)
    if problems or any(finding.rule.severity is Severity.ERROR for finding in findings):
        sys.exit(1)


@main.command()
@click.argument("code", required=False, metavar="[KODE]")
def rule(code: str | None) -> None:
    """Forklarer en regel med rigtigt, forkert og kilde; uden KODE vises alle."""
    from docgen.proofing import registry as rules
    from docgen.proofing import report

    if code is None:
        for known in rules.RULES:
            click.echo(f"{known.code}  {known.severity:<8}  {known.title}")
        return
    found = rules.find_rule(code)
    if found is None:
        raise click.BadParameter(f"'{code}' kendes ikke; se dem med docgen rule", param_hint="KODE")
    click.echo(report.explain(found))


@main.command("build")
@click.argument("documents", nargs=-1, metavar="[DOKUMENT]...")
@_folder_options
@_output_option("Hvor filerne lægges [build].")
@click.option(
    "--format",
    "formats",
    type=click.Choice(_FORMATS),
    multiple=True,
    help="Format; kan gentages. Uden: pdf, docx og html. tree viser dokumenttræet.",
)
@click.option(
    "--edition",
    type=click.Choice(("public", "internal", "open", "closed")),
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
) -> None:
    """Bygger dokumenter og skriver, hvor filerne ligger."""
    from docgen.cli.progress import Progress
    from docgen.commands import build
    from docgen.pipeline import Format

    chosen = tuple(dict.fromkeys(Format(name) for name in formats)) or (Format.PDF, Format.DOCX, Format.HTML)
    issued = tuple(name for name in documents if "@" in name)
    named = tuple(name for name in documents if name not in issued)
    options = build.BuildOptions(
        content,
        templates,
        output,
        documents=named,
        formats=chosen,
        edition=_edition(edition),
        with_annexes=with_annexes,
        jobs=jobs,
        proofread=True,
        incremental=True,
        force=force,
    )
    if issued:
        from docgen.commands import verify as verifying

        for name in issued:
            paths, sentence = verifying.build_issued(name, options)
            for path in paths:
                click.echo(path.as_posix())
            click.echo(sentence, err=True)
        if not named:
            return
    shown = Progress()
    try:
        report = build.build_documents(options, lambda path: shown.tell(path.as_posix()), counted=shown.count)
    finally:
        shown.close()
    if count := len(report.unchanged):
        words = "dokument er som før" if count == 1 else "dokumenter er som før"
        click.echo(f"{count} {words} (--force bygger alligevel).", err=True)
    for length in report.lengths:
        click.echo(length_line(length.document, length.pages, length.limit), err=True)
    for remark in report.remarks:
        click.echo(f"Bemærk: {remark}", err=True)
    for notice in report.notices:
        click.echo(f"Bemærk: {notice}", err=True)
    if report.problems:
        raise DocgenError(report.problems)


@main.command()
@click.argument("document", metavar="DOKUMENT")
@click.option("--meeting", required=True, metavar="MØDE", help="Mødets id, fx 2022-12-01-br.")
@_folder_options
@_output_option("Hvor filerne lægges [build].")
@click.option("--edition", type=click.Choice(("public", "internal")), default="public", help="public eller internal.")
def issue(document: str, meeting: str, content: Path, templates: Path, output: Path, edition: str) -> None:
    """Gør en version endelig: skriver filerne i issued/MØDE og en post i content/issued."""
    from docgen.commands.issue import IssueOptions, issue_document
    from docgen.kinds.prepared import Edition

    found = issue_document(IssueOptions(document, meeting, content, templates, output, Edition(edition)))
    for path in found.written:
        click.echo(path.as_posix())
    record = found.record
    done = "er allerede udstedt" if found.again else "er udstedt"
    click.echo(
        f"{record.document} {record.version} {done} til mødet {record.meeting} (post {record.number}).", err=True
    )


@main.command()
@click.argument("files", nargs=-1, metavar="[FIL]...", type=click.Path(path_type=Path))
@_content_option
@_output_option("Hvor issued/ ligger [build].")
@click.option("--json", "as_json", is_flag=True, help="Skriv svaret som JSON.")
def verify(files: tuple[Path, ...], content: Path, output: Path, as_json: bool) -> None:
    """Siger, om en fil er det, der blev udstedt; uden FIL, om alle poster og udstedte filer er hele."""
    from docgen.commands import verify as verifying

    verdicts = verifying.verify(files, content, output)
    if as_json:
        click.echo(verifying.as_json(verdicts))
    else:
        for verdict in verdicts:
            click.echo(verifying.as_text(verdict))
    if not all(verdict.holds for verdict in verdicts):
        sys.exit(1)


@main.group(cls=danish_click.Group)
def new() -> None:
    """Laver en ny fil med de rigtige felter, klar til at skrive i."""


@new.command("case")
@click.argument("id", metavar="ID")
@_folder_options
@click.option(
    "--kind",
    type=click.Choice(("decision", "briefing", "discussion", "tabled-briefing", "declaration")),
    default="decision",
    help="Slagsen: decision (beslutning), briefing (orientering), discussion, tabled-briefing eller declaration.",
)
def new_case(id: str, content: Path, templates: Path, kind: str) -> None:
    """Laver content/cases/ID.yaml."""
    from docgen.commands import new as creating
    from docgen.kinds.case.model import CaseKind

    click.echo(creating.create_case(content, templates, id, CaseKind(kind)).as_posix())


@new.command("meeting")
@click.argument("id", metavar="ID")
@_folder_options
def new_meeting(id: str, content: Path, templates: Path) -> None:
    """Laver content/meetings/ID.yaml med dagens sager; ID er mødets dato og udvalg, fx 2026-12-01-oeu."""
    from docgen.commands import new as creating

    click.echo(creating.create_meeting(content, templates, id).as_posix())


@new.command("follow-up")
@click.argument("year", metavar="ÅR")
@_folder_options
def new_follow_up(year: str, content: Path, templates: Path) -> None:
    """Laver content/follow_ups/ÅR.yaml med alle indsatsområder og sidste års status ved siden af."""
    from docgen.commands import new as creating

    click.echo(creating.create_follow_up(content, templates, year).as_posix())


@new.command("guide")
@click.argument("id", metavar="ID")
@_folder_options
def new_guide(id: str, content: Path, templates: Path) -> None:
    """Laver content/guides/ID.yaml, en vejledning med ét kapitel."""
    from docgen.commands import new as creating

    click.echo(creating.create_guide(content, templates, id).as_posix())


@main.command()
@click.argument("kind", required=False, metavar="[SLAGS]")
@click.option(
    "--output", type=click.Path(path_type=Path), metavar="MAPPE", help="Skriv alle skemaer som filer i mappen."
)
def schema(kind: str | None, output: Path | None) -> None:
    """Skriver JSON-skemaer, som editorer bruger til at fuldføre og forklare felter."""
    from docgen.commands import new as creating
    from docgen.commands import schema as schemas

    known = schemas.kinds()
    if kind is not None and kind not in known:
        raise click.BadParameter(f"'{kind}' kendes ikke; vælg {', '.join(known)}", param_hint="SLAGS")
    if output is not None:
        for path in creating.write_schemas(output, [kind] if kind else known):
            click.echo(path.as_posix())
        return
    shown = schemas.schema(kind) if kind else {name: schemas.schema(name) for name in known}
    click.echo(json.dumps(shown, ensure_ascii=False, indent=2))


def _edition(name: str) -> Edition:
    from docgen.kinds.prepared import Edition

    return Edition({"open": "public", "closed": "internal"}.get(name, name))
