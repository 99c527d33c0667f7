"""A place in a content file as a form: what it is called, what it is filled in with, and what stands there now."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, get_args

from docgen.content.documents import ContentFile
from docgen.content.fields import FieldType, fields_of
from docgen.content.load import SHARED_FILES
from docgen.content.yaml_editor import AddField, Edit, Remove, SetValue
from docgen.content.yaml_reader import read_yaml
from docgen.content.yaml_style import Value as Written
from docgen.content.yaml_style import Word
from docgen.content.yaml_values import NAMING_FIELDS, NULLS, Map, Sequence, Value
from docgen.project import Project
from docgen.structs import Struct
from docgen.studio.controls import Control, Shape, label_of, shape_of
from docgen.studio.folding import refold, unfold

Steps = tuple[str, ...]
_ROOT = FieldType("", "", None, None, "")
_NAMED_BY = ("title", "short_title", "heading", "name", "label", "who", "lead", "text", "short", "preferred", "verb")
_SINGLES = {Control.TEXT, Control.LINE, Control.CHOICE, Control.DATE, Control.TIME, Control.NUMBER, Control.YES_NO}
_SHORT = 60


class Spot(Struct, frozen=True):
    """A place in a file of the content folder (`file` is `content/…`): the field that it is of, its shape, what stands
    there (None: nothing), and the places on the way to it, each with its words. `is_item` = it is one of a list."""

    file: str
    path: Steps
    field: FieldType
    shape: Shape
    value: Value
    crumbs: tuple[tuple[str, Steps], ...]
    is_item: bool = False
    is_null: bool = False  # the file says that there is nothing

    @property
    def is_single(self) -> bool:
        """Whether one control fills it in."""
        return self.shape.control in _SINGLES or self.shape.control is Control.LINES


class NoFieldError(KeyError):
    """There is no such place, or it is none that is filled in."""


def spot_at(project: Project, file: str, path: Steps, names: Mapping[str, Mapping[str, str]]) -> Spot:
    """The place that a path leads to, or the innermost one on the way that is filled in as one. `names` are what the
    registers hold. Raises NoFieldError for a file that is none of the content, ContentError for one that is no YAML."""
    folder, _, inner = file.partition("/")
    kind = file_kind(project, inner) if folder == "content" else None
    if kind is None or inner not in project.content_files:
        raise NoFieldError(file)
    value: Value = read_yaml(file, project.content_files[inner])
    spot = Spot(file, (), _ROOT, Shape(Control.GROUP, model=kind.model), value, ())
    for step in path:
        if spot.shape.control not in (Control.GROUP, Control.ITEMS, Control.ENTRIES):
            break
        spot = _inside(spot, step, names)
    return spot


def file_kind(project: Project, path: str) -> ContentFile | None:
    """Which sort of content file a path is of; None for another."""
    folder, _, rest = path.partition("/")
    kind = next((one for one in project.kinds.values() if one.folder == folder), None)
    return next((one for one in (kind.files if kind else SHARED_FILES) if one.match(rest if kind else path)), None)


def _inside(spot: Spot, step: str, names: Mapping[str, Mapping[str, str]]) -> Spot:
    control, value = spot.shape.control, spot.value
    path = (*spot.path, step)
    if control is Control.GROUP:
        assert spot.shape.model is not None
        field = fields_of(spot.shape.model).get(step)
        if field is None:
            raise NoFieldError(step)
        inner = value.get(step) if isinstance(value, Map) else None
        crumbs = (*spot.crumbs, (label_of(field), path))
        found = _or_none(inner)
        is_null = found is None and isinstance(value, Map) and step in value
        return Spot(spot.file, path, field, shape_of(field.type), found, crumbs, is_null=is_null)
    shape = shape_of(spot.shape.item)
    if control is Control.ENTRIES:
        inner = value.get(step) if isinstance(value, Map) else None
        return Spot(spot.file, path, spot.field, shape, _or_none(inner), (*spot.crumbs, (step, path)), is_item=True)
    inner = item_of(value, step)
    if inner is None:
        raise NoFieldError(step)
    words = words_of(inner, shape, spot.field, names)
    return Spot(spot.file, path, spot.field, shape, inner, (*spot.crumbs, (words, path)), is_item=True)


def item_of(items: Value, step: str) -> Value:
    """The item of a list that a step of a path names: `@id`, or its position (from 0). None for no or several such."""
    if not isinstance(items, Sequence):
        return None
    if step.startswith("@"):
        found = [one for one in items if isinstance(one, Map) and name_of(one) == step[1:]]
        return found[0] if len(found) == 1 else None
    return items[int(step)] if step.isdigit() and int(step) < len(items) else None


def name_of(item: Value) -> str:
    """What a path calls an item; empty where it has no name."""
    if not isinstance(item, Map):
        return ""
    return next((str(item[field]) for field in NAMING_FIELDS if field in item), "")


def step_to(items: Value, position: int) -> str:
    """The step of a path to an item: by its name where only it has that."""
    assert isinstance(items, Sequence)
    name = name_of(items[position])
    is_alone = name and sum(name_of(one) == name for one in items) == 1
    return f"@{name}" if is_alone else str(position)


def words_of(value: Value, shape: Shape, field: FieldType, names: Mapping[str, Mapping[str, str]]) -> str:
    """A value in a few words: an item's title or first words, or what a register calls it."""
    if isinstance(value, Map) and shape.model is not None:
        fields = fields_of(shape.model)
        registered = (names.get(fields[key].ids, {}).get(str(value[key])) for key in value if key in fields)
        told = next((str(value[key]) for key in _NAMED_BY if isinstance(value.get(key), str)), "")
        return _cut(next(filter(None, registered), "") or told or name_of(value) or _first_words(value, shape, names))
    if isinstance(value, Map | Sequence):
        count = len(value)
        return f"{count} {'punkt' if count == 1 else 'punkter'}" if isinstance(value, Sequence) else ""
    if value is None:
        return ""
    return _cut(names.get(field.ids, {}).get(str(value), "") or shown(shape, value))


def _first_words(value: Map, shape: Shape, names: Mapping[str, Mapping[str, str]]) -> str:
    """What the first thing that can be told of an item says."""
    for key, inner in value.items():
        field = fields_of(shape.model).get(key) if shape.model is not None else None
        if field is None:
            continue
        inner_shape = shape_of(field.type)
        first = inner[0] if isinstance(inner, Sequence) and inner and inner_shape.item is not None else None
        told = words_of(inner, inner_shape, field, names) if first is None else ""
        if first is not None:
            told = words_of(first, shape_of(inner_shape.item), field, names)
        if told:
            return told
    return ""


def _cut(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHORT else words[:_SHORT].rsplit(" ", 1)[0] + " …"


def _or_none(value: Value) -> Value:
    is_null = isinstance(value, str) and str(value) in NULLS and getattr(value, "plain", False)
    return None if is_null else value


# -- values ------------------------------------------------------------------------------------------------------------


def shown(shape: Shape, value: Value) -> str:
    """What stands in a control: a text without its soft line breaks, a number with its comma, a yes or no as true."""
    if value is None:
        return ""
    if isinstance(value, Sequence):
        return "\n".join(str(one) for one in value)
    text = str(value).strip("\n")
    if shape.control is Control.TEXT:
        return unfold(text)
    if shape.control is Control.NUMBER:
        return text.replace(".", ",")
    return text.replace("\n", " ") if shape.control is not Control.LINES else text


def meant(shape: Shape, text: str, before: Value) -> Written:
    """What is to be written for what was filled in; what is no such value is written as it is, for the schema to
    refuse."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    control = shape.control
    if control is Control.TEXT:
        return refold(str(before).strip("\n"), text.strip("\n")) if isinstance(before, str) else text.strip("\n")
    if control is Control.LINES:
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        return lines if len(lines) > 1 or isinstance(before, Sequence) else "".join(lines)
    text = " ".join(text.split()) if "\n" in text else text.strip()
    if control is Control.YES_NO:
        return {"true": True, "false": False}.get(text, text)
    if control is Control.NUMBER:
        return _number(text)
    if control is Control.DATE and re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return _date(text)
    if control is Control.TIME and re.fullmatch(r"\d{1,2}[:.]\d{2}", text):
        return Word(text)
    if shape.is_free and text.isdigit():
        return Word(text)
    return text


def _number(text: str) -> Written:
    bare = text.replace("\N{MINUS SIGN}", "-").replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d+)?|-?\d+(,\d+)?", bare):
        bare = bare.replace(".", "").replace(",", ".")
        return Decimal(bare) if "." in bare else int(bare)
    return text


def _date(text: str) -> Written:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return text


def edits_for(spot: Spot, holder: Spot | None, text: str) -> Iterator[Edit]:
    """The edits of a file that fill in a place. An empty control takes the field out. `holder` is what it stands in."""
    value = meant(spot.shape, text, spot.value)
    is_empty = value in ("", [])
    if spot.value is None and not spot.is_null:
        if not is_empty:
            yield AddField(spot.path[:-1], spot.path[-1], value, position_of(spot, holder))
    elif is_empty and (not spot.field.required or spot.is_item):
        yield Remove(spot.path)
    elif is_empty and type(None) in get_args(spot.field.type):
        yield SetValue(spot.path, None)
    else:
        yield SetValue(spot.path, value)


def position_of(spot: Spot, holder: Spot | None) -> int | None:
    """Where a field that is new stands among those that are there: in the order of the schema."""
    if holder is None or holder.shape.model is None or not isinstance(holder.value, Map):
        return None
    order = list(fields_of(holder.shape.model))
    own = order.index(spot.path[-1]) if spot.path[-1] in order else len(order)
    there: list[Any] = list(holder.value)
    after = [at for at, key in enumerate(there) if key in order and order.index(key) < own]
    return after[-1] + 1 if after else 0
