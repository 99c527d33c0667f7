"""The command line: options -> frozen dataclasses, problems -> stderr, results -> stdout, exit codes 0, 1 and 2."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from importlib import import_module
from types import MappingProxyType
from typing import Any

import click

from docgen import __version__
from docgen.cli import completion, danish  # noqa: F401 (completion makes PowerShell known to click)
from docgen.cli.output import show, show_bug
from docgen.problems import DocgenError, Origin, Problem

_NO_ROOM = "failed to map"
"""What the loader of a library says where there is no memory for it."""


_COMMANDS = MappingProxyType(
    {
        "build": ("build", "build_command"),
        "check": ("check", "check"),
        "clean": ("build", "clean_command"),
        "compare": ("compare", "compare_command"),
        "completion": ("completion", "completion"),
        "import": ("import_files", "import_command"),
        "init": ("new", "init"),
        "issue": ("build", "issue"),
        "ledger": ("ledger", "ledger"),
        "list": ("build", "list_command"),
        "migrate": ("new", "migrate"),
        "new": ("new", "new"),
        "preview": ("preview", "preview"),
        "pull": ("pull", "pull_command"),
        "rule": ("check", "rule"),
        "schema": ("new", "schema"),
        "status": ("status", "status"),
        "studio": ("preview", "studio"),
        "verify": ("build", "verify"),
    }
)
"""By name the module of this folder that has the command, and what it is called there."""


class _Commands(MutableMapping[str, click.Command]):
    """The commands by name, each loaded when it is asked for: who calls one should not wait for all."""

    def __init__(self) -> None:
        self._loaded: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._loaded:
            module, variable = _COMMANDS[name]
            self._loaded[name] = getattr(import_module(f"docgen.cli.{module}"), variable)
        return self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys([*_COMMANDS, *self._loaded]))

    def __len__(self) -> int:
        return len({*_COMMANDS, *self._loaded})

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._loaded[name] = command

    def __delitem__(self, name: str) -> None:
        raise TypeError(name)  # a command line loses none


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


@click.group(
    cls=_Group, commands=_Commands(), context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, message="docgen %(version)s", help="Vis version og stop.")
def main() -> None:
    """Laver kommunens dokumenter ud fra YAML: politikker, sager, møder og vejledninger som PDF, DOCX og HTML.

    DOKUMENT er fx policy/<id> eller en slags alene (policy); uden DOKUMENT er det alle.
    policy/<id>@1.0 er en udstedt version.
    Koder ved afslutning: 0 færdig, 1 indholdet eller en fil er forkert, 2 kaldet er forkert.
    """
