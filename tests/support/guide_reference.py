"""The parts of the user guide that are made from the program: its commands, the rules of the proof-reader, and what
templates may use."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import click

from docgen.cli.main import main
from docgen.proofing.registry import RULES
from tests.support import template_reference

Section = tuple[str, str, str]
"""Id, title, and text in Markdown."""

PARTS = ("regler", "skabeloner", "kommandoer")

FAMILIES = {
    "DG1": "Opbygning",
    "DG2": "Fakta: tal, datoer og stemmer",
    "DG3": "Sprog og tegn",
    "DG4": "Navne",
    "DG5": "Husets ord",
    "DG6": "Personoplysninger",
    "DG7": "Tilgængelighed",
    "DG8": "Læsbarhed",
    "DG9": "Tilladelser",
}


def commands(command: click.Command = main, path: str = "docgen") -> Iterator[tuple[str, click.Command]]:
    """Every command by the words it is called with, groups before what is in them."""
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in list(command.commands) or command.list_commands(context):
            if (inner := command.get_command(context, name)) is not None:
                yield from commands(inner, f"{path} {name}")


def reference(part: str) -> list[Section]:
    """The sections of one of `PARTS`."""
    if part == "kommandoer":
        return [_command(path, command) for path, command in commands()]
    return list(_rules() if part == "regler" else template_reference.sections())


def as_yaml(sections: list[Section]) -> str:
    """The sections as items of the list they stand in."""
    lines = []
    for id, title, text in sections:
        lines += [f"      - id: {id}", f"        title: {json.dumps(title, ensure_ascii=False)}", "        text: |"]
        lines += [f"          {line}".rstrip() for line in text.split("\n")]
    return "".join(f"{line}\n" for line in lines)


def _command(path: str, command: click.Command) -> Section:
    context = click.Context(command, info_name=path)
    words = " ".join([path, *command.collect_usage_pieces(context)])
    told = [" ".join(_words(paragraph).split()) for paragraph in (command.help or "").split("\n\n")]
    lines = [*told, f"    {words}"]
    options = [item for item in command.params if isinstance(item, click.Option)]
    if options:
        rows = [f"| {_option(item)} | {_values(item, _words(item.help or ''))} |" for item in options]
        lines.append("\n".join(["| Valg | Betydning |", "|:--|:--|", *rows]))
    return path.replace(" ", "-"), path, "\n\n".join(lines)


def _option(option: click.Option) -> str:
    if isinstance(option.type, click.Choice) or option.is_flag:
        return f"`{option.opts[0]}`"
    return f"`{option.opts[0]} {option.metavar}`"


def _values(option: click.Option, text: str) -> str:
    """A help text with the values that can be given as code: they are typed as they stand, and are not Danish."""
    if not isinstance(option.type, click.Choice):
        return text
    values = "|".join(re.escape(str(value)) for value in option.type.choices)
    return re.sub(rf"(?<![\w-])({values})(?![\w-])", r"`\1`", text)


def _words(text: str) -> str:
    """A help text as Markdown: what stands between < and > is not HTML."""
    return re.sub(r"(\S*<\w+>\S*?)([.,;:)]?)(?=\s|$)", r"`\1`\2", text).replace("|", r"\|")


def _rules() -> Iterator[Section]:
    rows = ["| Kode | Regel | Slags | Kan rettes |", "|:--|:--|:--|:--|"]
    for rule in RULES:
        rows.append(f"| {rule.code} | {rule.title} | {rule.severity} | {'ja' if rule.fixable else 'nej'} |")
    families = [f"- {family}: {title}" for family, title in FAMILIES.items()]
    lead = "Koden begynder med reglens familie. `--select` og `--ignore` tager en kode eller en hel familie."
    yield "regler", "Reglerne", "\n\n".join([lead, "\n".join(families), "\n".join(rows)])
