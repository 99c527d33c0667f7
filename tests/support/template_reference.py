"""The reference of templates in the user guide: what each may use, made from the types of its kind, and the filters."""

from __future__ import annotations

import collections.abc
import datetime
import inspect
import re
import types
from collections.abc import Callable, Collection, Iterator, Sequence
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from docgen import danish, templating
from docgen.content.fields import Model, fields_of
from docgen.kinds.prepared import Context
from docgen.kinds.registry import KINDS
from docgen.structs import Struct
from docgen.template_values import View

_WORDS: dict[Any, str] = {
    str: "tekst",
    int: "helt tal",
    float: "tal",
    Decimal: "tal",
    datetime.date: "dato",
    datetime.time: "klokkeslæt",
    bool: "ja/nej",
}
_Described = tuple[str, Any, str]
"""A name, its type, and its description."""

FILTERS = {
    "date": ("dag | date('full')", "En dato; formen er long, full eller short"),
    "period": ("foerste | period(sidste)", "År fra og til"),
    "time": ("klokken | time", "Et klokkeslæt"),
    "number": ("tal | number(1)", "Et tal med komma og punktum, eventuelt afrundet"),
    "amount": ("tal | amount('mia. kr.')", "Et beløb med sin enhed"),
    "percent": ("tal | percent", "Et tal i procent"),
    "genitive": ("navn | genitive", "Et navn i ejefald"),
    "enumerate": ("navne | enumerate", "En liste som en opregning"),
    "sort": ("navne | sort | enumerate", "En liste i dansk alfabetisk orden, eventuelt efter et af dens felter"),
}
"""By filter an example, and what it does."""


class _Sample(View, frozen=True):
    """What the examples of filters are about."""

    dag: datetime.date = datetime.date(2022, 12, 1)
    klokken: datetime.time = datetime.time(14, 30)
    foerste: int = 2023
    sidste: int = 2026
    tal: Decimal = Decimal("13.75")
    navn: str = "Aarhus"
    navne: tuple[str, ...] = ("Ærø", "Aarhus", "Odense")


def sections() -> Iterator[tuple[str, str, str]]:
    """Id, title and Markdown of each section."""
    yield "skabelon-faelles", "Navne i alle skabeloner", "\n\n".join(_tables(Context))
    seen: dict[type[Context], list[str]] = {}
    for kind in KINDS.values():
        for template, context in kind.templates.items():
            seen.setdefault(context, []).append(template)
    for context, templates in seen.items():
        shared = {name for name, _, _ in _described(Context)}
        names = danish.enumerate(f"`{name}`" for name in templates)
        title = f"Navne i {danish.enumerate(templates)}"
        lead = f"Ud over navnene i alle skabeloner kan {names} bruge:"
        yield (
            f"skabelon-{templates[0].split('.')[0].replace('_', '-')}",
            title,
            "\n\n".join([lead, *_tables(context, shared)]),
        )
    yield "skabelon-filtre", "Filtre", _filters()


def _tables(context: type[Context], without: Collection[str] = ()) -> Iterator[str]:
    """A table of the names themselves, and one for each type that has fields, by all paths that lead to it."""
    paths: dict[type[Struct], list[str]] = {}
    waiting: list[tuple[type[Struct], str]] = []

    def rows(owner: type[Struct], before: str) -> list[str]:
        found = []
        for name, hint, words in _described(owner):
            if before or name not in without:
                found.append(_row(name, hint, words))
                waiting.extend((inner, f"{before}{name}{steps}") for inner, steps in _inside(hint))
        return found

    def table(lines: Sequence[str]) -> str:
        return "\n".join(["| Navn | Slags | Betydning |", "|:--|:--|:--|", *lines])

    yield table(rows(context, ""))
    made: dict[type[Struct], list[str]] = {}
    while waiting:
        owner, path = waiting.pop(0)
        paths.setdefault(owner, []).append(path)
        if owner not in made:
            made[owner] = rows(owner, f"{path}.")
    for owner, lines in made.items():
        yield f"I {danish.enumerate(f'`{path}`' for path in dict.fromkeys(paths[owner]))}:"
        yield table(lines)


def _row(name: str, hint: Any, words: str) -> str:
    """A row of a table: what is typed is code, the call of a function and the words that a value may be, too."""
    if _type(hint) == "funktion":
        name, _, words = words.partition(": ")
    if choices := get_args(_bare(hint)) if get_origin(_bare(hint)) is Literal else ():
        words = re.sub(rf"(?<![\w-])({'|'.join(map(re.escape, choices))})(?![\w-])", r"`\1`", words)
    return f"| `{name}` | {_type(hint)} | {words} |"


def _described(owner: type[Struct]) -> list[_Described]:
    if issubclass(owner, Model):
        return [(field.name, field.type, field.description) for field in fields_of(owner).values()]
    hints = get_type_hints(owner, include_extras=True)
    return [(name, get_args(hint)[0], get_args(hint)[1]) for name, hint in hints.items()]


def _bare(hint: Any) -> Any:
    """A type without what is said of it, and without None."""
    if get_origin(hint) is Annotated:
        return _bare(get_args(hint)[0])
    if get_origin(hint) in (Union, types.UnionType):
        return _bare(next(inner for inner in get_args(hint) if inner is not types.NoneType))
    return hint


def _type(hint: Any) -> str:
    bare = _bare(hint)
    origin = get_origin(bare)
    if _may_be_none(hint):
        return f"{_type(bare)} eller tomt"
    if origin is collections.abc.Callable:
        return "funktion"
    if origin is tuple:
        return "liste af tekster" if _bare(get_args(bare)[0]) is str else "liste"
    if origin is Literal:
        return "ord"
    return "felter" if issubclass(bare, Struct) else "ord" if issubclass(bare, Enum) else _WORDS[bare]


def _may_be_none(hint: Any) -> bool:
    while get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    return types.NoneType in get_args(hint)


def _inside(hint: Any) -> Iterator[tuple[type[Struct], str]]:
    """The types with fields that a value leads to, each with the steps to it: `[]` is each item of a list."""
    bare = _bare(hint)
    if get_origin(bare) is collections.abc.Callable:
        yield from ((inner, f"(…){steps}") for inner, steps in _inside(get_args(bare)[1]))
    elif get_origin(bare) is tuple:
        yield from ((inner, f"[]{steps}") for inner, steps in _inside(get_args(bare)[0]))
    elif isinstance(bare, type) and issubclass(bare, Struct):
        yield bare, ""


def _filters() -> str:
    rows = ["| Filter | Eksempel | Giver | Betydning |", "|:--|:--|:--|:--|"]
    for name, function in danish.FILTERS.items():
        example, words = FILTERS[name]
        source = f"{{{{ {example} }}}}".encode()
        filled = templating.render("eksempel.md.j2", {"eksempel.md.j2": source}, _Sample())
        cell = example.replace("|", "\\|")
        rows.append(f"| `{name}{_arguments(function)}` | `{cell}` | {filled.values[0]} | {words} |")
    lead = (
        "Et filter skrives efter en lodret streg og sætter en værdi op efter danske regler. I eksemplerne er `dag` den "
        "1. december 2022, `klokken` 14.30, `foerste` 2023, `sidste` 2026, `tal` 13,75, `navn` Aarhus og `navne` Ærø, "
        "Aarhus og Odense."
    )
    return "\n\n".join([lead, "\n".join(rows)])


def _arguments(function: Callable[..., Any]) -> str:
    """What a filter takes beside the value: `(style='long')`."""
    _, *others = inspect.signature(function).parameters.values()
    shown = [name.name if name.default is name.empty else f"{name.name}={name.default!r}" for name in others]
    return f"({', '.join(shown)})" if shown else ""
