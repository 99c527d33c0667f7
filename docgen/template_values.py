"""What a template is given and what it leaves: views, marks and functions, and text with placeholders. Without Jinja,
so that who prepares a document or reads its tree need not load it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Self, TypeVar

from markupsafe import Markup

from docgen.content.computed import Computed, lacks_place, with_place
from docgen.content.fields import Model
from docgen.problems import Origin
from docgen.structs import Struct, replace

OPEN, CLOSE = "\ue000", "\ue001"
PLACEHOLDER = re.compile(f"{OPEN}([0-9]+){CLOSE}")


class Rendered(Struct, frozen=True):
    """What a template gave: Markdown whose placeholder n stands for `values[n]`, and the template it came from."""

    markdown: str
    values: tuple[object, ...]
    template: str
    source: str


class View(Struct, frozen=True):
    """The base of what a kind of document shows its template; fields without an underscore can be read there."""


_View = TypeVar("_View", bound=View)


def placed(view: _View, of: Model) -> _View:
    """A view of a model, where each value without a place has that of the model's field of the same name, or of the
    model itself."""
    fields = of.__struct_fields__
    changed = {}
    for name in view.__struct_fields__:
        value = getattr(view, name)
        if lacks_place(value):
            changed[name] = with_place(value, of.origin_of(name) if name in fields else of.origin)
    return replace(view, **changed) if changed else view


class Mark(Computed):
    """Words with a tone (`good`, `warning`, `bad` or `neutral`), which the tree has as a badge."""

    __slots__ = ("tone",)
    tone: str

    def __new__(cls, words: str, tone: str, origin: Origin = Origin("")) -> Self:  # noqa: B008 (a value, never changed)
        """The words with their tone and their place."""
        mark = super().__new__(cls, words, origin)
        mark.tone = tone
        return mark


def literal_digits(number: int) -> Markup:
    """A number as template text, not as content: the number that a list item begins with."""
    return Markup(f"{int(number):d}")


Function = Callable[..., object]
"""A function that a template may call; see `template_function`."""


def template_function(function: Callable[..., Any]) -> Callable[..., Any]:
    """Marks a function in a render context as one that templates may call."""
    function.docgen_template_function = True  # type: ignore[attr-defined]
    return function
