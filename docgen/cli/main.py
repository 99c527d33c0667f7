"""The command line: options -> frozen dataclasses, problems -> stderr, results -> stdout, exit codes 0, 1 and 2."""

from __future__ import annotations

from typing import Any

import click

from docgen import __version__
from docgen.cli import build, check, compare, completion, danish, import_files, ledger, new, preview, pull, status
from docgen.cli.output import show, show_bug
from docgen.problems import DocgenError, Origin, Problem

_NO_ROOM = "failed to map"
"""What the loader of a library says where there is no memory for it."""


class _Group(danish.Group):
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
            if isinstance(error, MemoryError) or (isinstance(error, ImportError) and _NO_ROOM in str(error)):
                message = "der er ikke hukommelse nok; det, der er skrevet, er helt"
                hint = "luk andre programmer, eller byg færre dokumenter ad gangen"
                show([Problem(Origin("docgen"), message, hint)], "text")
            else:
                show_bug(error)
            ctx.exit(1)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="docgen %(version)s", help="Vis version og stop.")
def main() -> None:
    """Laver kommunens dokumenter ud fra YAML: politikker, sager, møder og vejledninger som PDF, DOCX og HTML.

    DOKUMENT er fx policy/<id> eller en slags alene (policy); uden DOKUMENT er det alle.
    policy/<id>@1.0 er en udstedt version.
    Koder ved afslutning: 0 færdig, 1 indholdet eller en fil er forkert, 2 kaldet er forkert.
    """


_COMMANDS: tuple[click.Command, ...] = (
    new.init,
    *(build.list_command, status.status),
    preview.preview,
    preview.studio,
    *(check.check, check.rule),
    *(compare.compare_command, pull.pull_command, import_files.import_command),
    *(build.build_command, build.clean_command, build.issue, build.verify, ledger.ledger),
    *(new.new, new.migrate, new.schema, completion.completion),
)
for _command in _COMMANDS:
    main.add_command(_command)
