"""Options that several commands have."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from docgen.problems import printable

if TYPE_CHECKING:
    from docgen.build.options import ClusterAddress
    from docgen.kinds.edition import Edition
    from docgen.writers.formats import Format

_Command = Callable[..., Any]
_FOLDER = click.Path(path_type=Path)
_EDITIONS = {"public": "public", "internal": "internal", "open": "public", "closed": "internal"}


def content_option(command: _Command) -> _Command:
    """`--content`"""
    return click.option(
        "--content", type=_FOLDER, default=Path("content"), metavar="MAPPE", help="Indholdets mappe [content]."
    )(command)


def folder_options(command: _Command) -> _Command:
    """`--content` and `--templates`"""
    command = click.option(
        "--templates",
        type=_FOLDER,
        default=Path("templates"),
        metavar="MAPPE",
        help="Skabelonernes mappe [templates].",
    )(command)
    return content_option(command)


def output_option(help: str) -> Callable[[_Command], _Command]:
    """`--output`"""
    return click.option("--output", type=_FOLDER, default=Path("build"), metavar="MAPPE", help=help)


class FormatChoice(click.Choice[str]):
    """The names of the formats there are, looked up when they are asked for."""

    def __init__(self) -> None:
        self.case_sensitive = True

    @property
    def choices(self) -> Sequence[str]:  # type: ignore[override]
        """All of them, in order."""
        from docgen.writers.formats import FORMATS

        return tuple(FORMATS)


class FormatOption(click.Option):
    """`--format`, whose help says which formats are made without it, and what one is where its name does not say it."""

    @property
    def help(self) -> str | None:
        """Made when it is asked for, as the choices are."""
        from docgen import danish
        from docgen.writers.formats import FORMATS, default_formats

        says = [f"Format; kan gentages. Uden: {danish.enumerate(format.name for format in default_formats())}."]
        return " ".join([*says, *(f"{format.name} {format.help}." for format in FORMATS.values() if format.help)])

    @help.setter
    def help(self, words: str | None) -> None:
        """click sets it to none."""


def formats_of(names: Sequence[str]) -> tuple[Format, ...]:
    """The formats with these names, each once; those made by default where none is named."""
    from docgen.writers.formats import FORMATS, default_formats

    return tuple(FORMATS[name] for name in dict.fromkeys(names)) or default_formats()


EDITIONS = click.Choice(tuple(_EDITIONS))


def edition_of(name: str) -> Edition:
    """The edition that a word on the command line means."""
    from docgen.kinds.edition import Edition

    return Edition(_EDITIONS[name])


_ADDRESS = re.compile(r"(?:tcp|tls)://(?:[^\s/:\[\]]+|\[[0-9A-Fa-f:.%]+\]):\d{1,5}")


def scheduler_options(command: _Command) -> _Command:
    """`--scheduler`, and the files of TLS."""
    for name, file, what in (
        ("--tls-key", "tls_key", "Egen nøgle til --scheduler, hvis den ikke står i certifikatet."),
        ("--tls-cert", "tls_cert", "Eget certifikat til --scheduler."),
        ("--tls-ca", "tls_ca", "Certifikatet for den, der står inde for klyngen; uden valgene gælder Dasks egne."),
    ):
        command = click.option(name, file, type=_FOLDER, metavar="FIL", help=what)(command)
    help = "Byg på en Dask-klynge, der kører: tcp://VÆRT:PORT, eller tls://VÆRT:PORT."
    return click.option("--scheduler", metavar="ADRESSE", help=help)(command)


def cluster_of(
    address: str | None, authority: Path | None, certificate: Path | None, key: Path | None, jobs: int
) -> ClusterAddress | None:
    """The cluster that the options name; None where none does. Raises click.UsageError where they do not fit."""
    files = authority or certificate or key
    if address is None:
        if files:
            raise click.UsageError("--tls-ca, --tls-cert og --tls-key hører sammen med --scheduler tls://VÆRT:PORT")
        return None
    from docgen.build.options import ClusterAddress

    if not _ADDRESS.fullmatch(address):
        shown = printable(address)
        raise click.UsageError(
            f"'{shown}' er ingen adresse; skriv tcp://VÆRT:PORT, fx tcp://10.0.0.5:8786, eller tls://"
        )
    if files and address.startswith("tcp:"):
        raise click.UsageError("--tls-ca, --tls-cert og --tls-key kræver, at adressen begynder med tls://")
    if jobs:
        raise click.UsageError("--jobs gælder processer her; med --scheduler bestemmer klyngen, hvor mange der er")
    return ClusterAddress(address, authority, certificate, key)
