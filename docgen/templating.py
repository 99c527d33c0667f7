"""Model -> Markdown with placeholders: Jinja in a sandbox.

A template is Markdown. What it prints with `{{ … }}` never becomes Markdown: `finalize` keeps the value aside and
leaves a placeholder, which `docgen.tree.builder` replaces by the value's own tree. So no content can open a heading,
break a table or inject a template. Reachable from a template: fields of the content's types, the filters of
`docgen.danish`, and the functions in its context.

What is printed knows where it was written: a field that is no text gets its place when it is read, and what a filter
makes of it keeps that.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from types import NoneType
from typing import Any

from jinja2 import (
    Environment,
    FunctionLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateSyntaxError,
    pass_context,
)
from jinja2.exceptions import SecurityError, TemplateNotFound, UndefinedError
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from markupsafe import Markup

from docgen import danish, problems
from docgen.content.computed import computed, lacks_place, with_place
from docgen.content.fields import Model
from docgen.content.scalar import Scalar
from docgen.problems import Origin, Problem
from docgen.template_code import KeptCode
from docgen.template_values import CLOSE, OPEN, Rendered, View

_STORE = "docgen_values"


def render(name: str, files: Mapping[str, bytes], context: View, folder: str = "templates") -> Rendered:
    """The template `name` (`policy.md.j2`) filled with a context, whose fields are the names that it may use.

    `files` is the templates folder, `folder` its name in messages. Functions made by `template_function` may be called.
    Raises TemplateError with the problem at its line.
    """
    sources = {path: data for path, data in files.items() if path.endswith(".j2")}
    names = {field: getattr(context, field) for field in context.__struct_fields__}
    values: list[object] = []
    try:
        template = _template(name, tuple(sorted(sources.items())))
        text = template.render({**names, _STORE: values})
    except UnicodeDecodeError:
        hint = "gem skabelonen som UTF-8"
        raise problems.TemplateError(
            [Problem(Origin(f"{folder}/{name}"), "skabelonen er ikke gemt som UTF-8", hint)]
        ) from None
    except Exception as error:
        raise problems.TemplateError([_problem(name, folder, error, sources, names)]) from None
    return Rendered(text, tuple(values), f"{folder}/{name}", sources[name].decode())


def compile_templates(files: Mapping[str, bytes]) -> None:
    """Compiles the templates of a templates folder that can be, so that the first document of each need not wait for
    that."""
    sources = tuple(sorted((path, data) for path, data in files.items() if path.endswith(".j2") and "/" not in path))
    for name, _ in sources:
        with suppress(TemplateError, UnicodeDecodeError, RecursionError):
            _template(name, sources)


@lru_cache(maxsize=32)
def _template(name: str, sources: tuple[tuple[str, bytes], ...]) -> Template:
    texts = dict(sources)

    def load(path: str) -> tuple[str, str, Callable[[], bool]] | None:
        data = texts.get(path)
        if data is None:
            return None
        text = data.decode("utf-8")
        if OPEN in text or CLOSE in text:
            raise TemplateSyntaxError(
                "private", text[: min(i for i in (text.find(OPEN), text.find(CLOSE)) if i >= 0)].count("\n") + 1
            )
        return text, path, lambda: True

    return _environment(load).get_template(name)


def _environment(load: Callable[[str], tuple[str, str, Callable[[], bool]] | None]) -> Environment:
    environment = _Sandbox(
        loader=FunctionLoader(load),
        undefined=_Missing,
        finalize=_finalize,
        autoescape=True,  # so that what a macro returns is Markup and is told apart from content
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        optimized=False,  # it takes longer than it saves
        bytecode_cache=KeptCode(),
    )
    environment.globals.clear()
    environment.filters.clear()
    environment.filters.update({name: _keeping_place(made) for name, made in danish.FILTERS.items()})
    return environment


class _UnknownNameError(UndefinedError):
    """A template uses a name that is not there: alone, or as an attribute of something."""

    def __init__(self, owner: object, name: str, message: str = "") -> None:
        super().__init__(message)
        self.owner, self.name = owner, name


class _Missing(StrictUndefined):
    """What stands for a name that is not there, and knows of what it is no attribute: any use of it is an error."""

    __slots__ = ()

    def __init__(
        self, hint: str | None = None, obj: Any = missing, name: str | None = None, exc: Any = UndefinedError
    ) -> None:
        unknown: Any = partial(_UnknownNameError, obj, str(name))
        super().__init__(hint, obj, name, exc if hint else unknown)


class _NotPrintableError(Exception):
    """A template prints something that is neither text nor a number: what that is, in Danish."""


_SOMETHING = "noget, der ikke er tekst eller tal"
_UNPRINTABLE = ((NoneType, "et tomt felt"), (date, "en dato"), (bool, "ja/nej"), ((tuple, list), "en liste"))


class _Sandbox(ImmutableSandboxedEnvironment):
    """Only fields of content types are attributes, and only macros, loops and what the context offers can be called.

    Two signs can make much of little, a power and a text times a number, and no document needs them.
    """

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if operator == "**" or not (isinstance(left, int | Decimal) and isinstance(right, int | Decimal)):
            raise SecurityError(f"{operator} is refused")
        return super().call_binop(context, operator, left, right)

    def getattr(self, obj: Any, attribute: str) -> Any:
        value = super().getattr(obj, attribute)
        if type(value) is not Scalar and isinstance(obj, Model) and lacks_place(value):
            return with_place(value, obj.origin_of(attribute))
        return value

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if isinstance(obj, Model | View):
            return attr in obj.__struct_fields__ and not attr.startswith("_")
        return isinstance(obj, LoopContext) and not attr.startswith("_")

    def is_safe_callable(self, obj: Any) -> bool:
        return isinstance(obj, Macro | LoopContext) or getattr(obj, "docgen_template_function", False) is True


def _keeping_place(function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter whose text has the place of what it was made of."""

    def filled(value: Any, *arguments: Any, **named: Any) -> Any:
        made = function(value, *arguments, **named)
        return computed(made, value, *arguments) if type(made) is str else made

    return filled


@pass_context
def _finalize(context: Context, value: object) -> Markup:
    if isinstance(value, Markup):
        return value
    if isinstance(value, StrictUndefined):
        str(value)  # raises
    if isinstance(value, Decimal):
        value = computed(danish.number(value), value)
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise _NotPrintableError(next((name for kind, name in _UNPRINTABLE if isinstance(value, kind)), _SOMETHING))
    store: list[object] = context[_STORE]
    store.append(value)
    return Markup(f"{OPEN}{len(store) - 1}{CLOSE}")


def _problem(
    name: str, folder: str, error: Exception, sources: Mapping[str, bytes], context: Mapping[str, object]
) -> Problem:
    file, line = name, 0
    if isinstance(error, TemplateSyntaxError):
        file, line = error.name or name, error.lineno
    else:
        trace = error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code.co_filename in sources:
                file, line = trace.tb_frame.f_code.co_filename, trace.tb_lineno
            trace = trace.tb_next
    message, hint = _explain(error, sources, {**_given(sources.get(file, b"")), **context})
    return Problem(Origin(f"{folder}/{file if file in sources else name}", line), message, hint)


def _explain(error: Exception, sources: Mapping[str, bytes], context: Mapping[str, object]) -> tuple[str, str]:
    text = str(error)
    if isinstance(error, TemplateSyntaxError) and text.startswith("private"):
        return "skabelonen indeholder et usynligt tegn (U+E000 eller U+E001)", "slet det"
    if isinstance(error, TemplateSyntaxError | TemplateError) and (
        match := re.search(r"No filter named '([^']*)'", text)
    ):
        return f"filteret '{match[1]}' findes ikke", _near(match[1], danish.FILTERS)
    if isinstance(error, _NotPrintableError):
        hint = "brug et filter som date, eller en betingelse ({% if … %}) om et felt, der kan mangle"
        return f"skabelonen skriver {text}", hint
    if isinstance(error, RecursionError):
        return "skabelonen kalder sig selv", "fjern kaldet"
    if isinstance(error, TemplateNotFound):
        return f"skabelonen '{text}' findes ikke", _near(text, sources)
    if isinstance(error, SecurityError):
        return "skabelonen prøver at nå noget, som den ikke må", "brug kun felter fra indholdet og docgens filtre"
    if isinstance(error, _UnknownNameError):
        if error.owner is missing:
            return f"'{error.name}' findes ikke", _near(error.name, context)
        return f"feltet '{error.name}' findes ikke", _near(error.name, _attributes(error.owner))
    if match := re.search(r"the template '([^']*)' .*does not export the requested name '([^']*)'", text):
        return f"'{match[2]}' findes ikke i {match[1]}", _near(match[2], _given(sources[match[1]]))
    if match := re.search(r"No test named '([^']*)'", text):
        return f"prøven '{match[1]}' findes ikke", _near(match[1], _environment(lambda path: None).tests)
    if match := re.search(r"looking for the following tags: '(end\w+)'", text):
        return "skabelonen slutter, før en blok er lukket", f"skriv {{% {match[1]} %}}"
    if match := re.search(r"Encountered unknown tag '([^']*)'", text):
        return f"'{match[1]}' kan ikke stå her", "brug if, for, set eller include, og luk dem med endif eller endfor"
    if isinstance(error, TemplateSyntaxError):
        return "skabelonen kan ikke læses: noget mangler på linjen, eller er for meget", "ret linjen"
    wrong = "der divideres med nul" if isinstance(error, ZeroDivisionError) else "en udregning går ikke op"
    return f"skabelonen kan ikke udfyldes: {wrong}", "ret linjen"


def _attributes(owner: object) -> Mapping[str, object]:
    """The names that a template may use of something: a view's or model's fields, a loop's numbers."""
    if isinstance(owner, Model | View):
        names = owner.__struct_fields__
    else:
        names = tuple(dir(owner)) if isinstance(owner, LoopContext) else ()
    return {name: None for name in names if not name.startswith("_")}


_GIVEN = re.compile(rb"\{%-?\s*(?:macro|for|set)\s+(\w+)|\bimport\s+(\w+(?:\s*,\s*\w+)*)")


def _given(source: bytes) -> Mapping[str, object]:
    """The names that a template gives something itself: macros, also of others, what loops go through, what is set."""
    found = b",".join(name for names in _GIVEN.findall(source) for name in names if name)
    return {name.strip().decode(): None for name in found.split(b",")}


def _near(word: str, known: Mapping[str, object]) -> str:
    if not known:
        return "en tekst, et tal eller en liste har ingen felter"
    found = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return f"mente du '{found[0]}'?" if found else f"brug {danish.enumerate(sorted(known), 'eller')}"
