"""A place in a content file as the page is told it: its words, its control, and what it is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from docgen.build.known_ids import NONE_KNOWN
from docgen.content.fields import FieldType, fields_of
from docgen.content.scalar import Scalar
from docgen.content.yaml_reader import read_yaml
from docgen.content.yaml_values import Map, Sequence, Value
from docgen.ledger import records as ledger
from docgen.problems import ContentError, Origin
from docgen.project import Project
from docgen.structs import Struct
from docgen.studio.answers import Answer, place_told
from docgen.studio.controls import Control, Shape, choices_of, help_of, label_of, shape_of
from docgen.studio.drafts import Drafts
from docgen.studio.folding import shown_at
from docgen.studio.forms import NoFieldError, Spot, Steps, shown, spot_at, step_to, words_of
from docgen.studio.new_items import asked_of
from docgen.studio.places import index_of
from docgen.studio.session import Session, View

_SINGULAR = {
    "case": "Sag",
    "follow-up": "Opfølgning",
    "guide": "Vejledning",
    "hearing-note": "Høringsnotat",
    "meeting": "Møde",
    "policy": "Politik",
}
_SHARED = {
    "settings.yaml": "Indstillinger",
    "organisation.yaml": "Organisation",
    "glossary.yaml": "Ordliste",
}
_COUNTED_UP_TO = 2000  # documents; in a larger folder nobody waits for the count


class Clicked(Struct, frozen=True):
    """What was clicked on: a mark of the page, the word, what is shown before it, and how far into the word."""

    mark: int
    word: str = ""
    before: str = ""
    inside: int = 0


def clicked_answer(session: Session, drafts: Drafts, view: View, at: Clicked) -> Answer:
    """The form of what was clicked on. Raises KeyError for a mark that there is not."""
    if not 0 < at.mark <= len(view.places):
        raise KeyError(at.mark)
    origin = view.places[at.mark - 1]
    if not origin.file.startswith("content/"):
        return {"control": "template", **place_told(session, origin)}
    spot = drafts.spot(origin.file, origin.path)
    told = form_answer(session, drafts, spot)
    if spot.is_single and view.project is not None:
        typed = drafts.spot(origin.file, origin.path, view.project)
        found = index_of(str(typed.value), at.word, at.before) if isinstance(typed.value, str) else None
        told["computed"] = found is None and bool(at.word) and at.word not in shown(typed.shape, typed.value)
        if found is not None and isinstance(typed.value, str):
            text = str(typed.value)
            lead = len(text) - len(text.lstrip("\n"))
            told["caret"] = shown_at(text.strip("\n"), found - lead + min(at.inside, len(at.word)))
    else:
        told["computed"] = bool(at.word)
    return told


def form_answer(session: Session, drafts: Drafts, spot: Spot) -> Answer:
    """A place as a form."""
    project, names = session.project, drafts.names
    told: Answer = {
        **place_told(session, _origin(spot)),
        "path": list(spot.path),
        "crumbs": [{"words": words, "path": list(path)} for words, path in _crumbs(project, spot)],
        "label": spot.crumbs[-1][0] if spot.crumbs else _crumbs(project, spot)[0][0],
        "help": help_of(spot.field) if spot.field.key and not spot.is_item else "",
        "control": spot.shape.control.value,
        "required": spot.field.required,
        "is_there": spot.value is not None,
        "is_item": spot.is_item,
        "used": _used_in(project, spot.file),
        "shared": spot.file.partition("/")[2] in _SHARED,
        "issued": _issued(project, spot.file),
    }
    if spot.is_single:
        told["value"] = shown(spot.shape, spot.value)
        told["choices"] = choices_of(spot.field, spot.shape, names)
        told["is_open"] = bool(spot.field.ids)  # other words than those that are offered may be written, too
        if spot.shape.control in (Control.TEXT, Control.LINE):
            told["references"] = _references(project, spot)
    else:
        told["rows"] = list(_rows(spot, names))
    if spot.shape.control is Control.ITEMS:
        told["asked"] = asked_of(shape_of(spot.shape.item), spot.field, names)
    if spot.shape.control is Control.GROUP and spot.value is None:
        told["asked"] = asked_of(spot.shape, spot.field, names)
    return told


def _origin(spot: Spot) -> Origin:
    found = getattr(spot.value, "origin", None)
    return found if isinstance(found, Origin) else Origin(spot.file, 0, 0, spot.path)


def _crumbs(project: Project, spot: Spot) -> list[tuple[str, Steps]]:
    """The way to a place in words, from the document on."""
    inner = spot.file.partition("/")[2]
    document = project.content_kinds.document_of(inner)
    first = _SHARED.get(inner, inner) if document is None else _SINGULAR.get(document.kind, document.kind)
    return [(first, ()), *spot.crumbs]


def field_words(project: Project, origin: Origin) -> str:
    """The field that a place is in, as a secretary reads it: `Sag › Sagens afsnit › Løsning › Teksten`; empty where it
    is in none."""
    try:
        spot = spot_at(project, origin.file, origin.path, NONE_KNOWN)
    except (NoFieldError, ContentError):
        return ""
    return " › ".join(words for words, _ in _crumbs(project, spot)) if spot.path else ""


def _rows(spot: Spot, names: Mapping[str, Mapping[str, str]]) -> Iterator[Answer]:
    """What a group, a list or named entries are made of."""
    control, value = spot.shape.control, spot.value
    if control is Control.GROUP:
        assert spot.shape.model is not None
        for key, field in fields_of(spot.shape.model).items():
            inner = value.get(key) if isinstance(value, Map) else None
            yield _row(spot, key, label_of(field), inner, field, names)
    elif control is Control.ENTRIES and isinstance(value, Map):
        for key, inner in value.items():
            yield {**_row(spot, key, key, inner, spot.field, names, shape_of(spot.shape.item)), "is_item": True}
    elif isinstance(value, Sequence):
        shape = shape_of(spot.shape.item)
        for position, inner in enumerate(value):
            told = _row(spot, step_to(value, position), "", inner, spot.field, names, shape)
            yield {**told, "is_item": True, "position": position, "label": told["words"] or f"Nr. {position + 1}"}


def _row(
    spot: Spot,
    step: str,
    label: str,
    value: Value,
    field: FieldType,
    names: Mapping[str, Mapping[str, str]],
    shape: Shape | None = None,
) -> dict[str, Any]:
    shape = shape or shape_of(field.type)
    is_null = isinstance(value, Scalar) and value.plain and not value
    return {
        "path": [*spot.path, step],
        "label": label,
        "words": words_of(value, shape, field, names),
        "control": shape.control.value,
        "is_there": value is not None and not is_null,
        "required": field.required,
        "is_item": False,
    }


def _used_in(project: Project, file: str) -> int:
    """In how many documents the words of a file are, beside the one that it is of; 0 where that is one alone, or they
    are too many to count."""
    inner = file.partition("/")[2]
    graph = project.graph
    if inner in graph.shared:
        return len(graph.documents)
    if len(graph.documents) > _COUNTED_UP_TO:
        return 0
    count = sum(inner in graph.needed(id) for id in graph.documents)
    return count if count > 1 else 0


def _issued(project: Project, file: str) -> str:
    """The version of a file's document that is issued, where it is the one that the file is of now."""
    document = project.content_kinds.document_of(file.partition("/")[2])
    if document is None:
        return ""
    try:
        version = str(getattr(project.content.documents.get(document), "version", ""))
        names = {str(document), str(project.neutral.get(document, document))}
        found = [one for one in ledger.records(project.content_files) if one.version == version]
    except ContentError:
        return ""
    return version if any("/".join(one.document.split("/")[:2]) in names for one in found) else ""


def _references(project: Project, spot: Spot) -> list[Answer]:
    """What a text can refer to: the annexes and the figures of its file."""
    read = read_yaml(spot.file, project.content_files[spot.file.partition("/")[2]])
    found = []
    for key, word, label in (("annexes", "bilag", "Bilag"), ("indicators", "tal", "Tal")):
        for one in _maps(read.get(key)):
            if "id" in one:
                title = " ".join(str(one.get("title", one["id"])).split())
                found.append({"text": f"{{{word}:{one['id']}}}", "words": f"{label}: {title}"})
    return found


def _maps(value: Value) -> list[Map]:
    return [one for one in value if isinstance(one, Map)] if isinstance(value, Sequence) else []
