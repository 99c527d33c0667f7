"""Every field has a control, and words that a secretary reads."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from docgen import remembering
from docgen.build.folders import read_project
from docgen.build.known_ids import known_ids
from docgen.content.fields import FieldType, Model, fields_of
from docgen.content.load import SHARED_FILES
from docgen.content.yaml_reader import read_yaml
from docgen.content.yaml_values import Map, Sequence, Value
from docgen.kinds.registry import KINDS
from docgen.project import Project
from docgen.studio.controls import Control, choices_of, help_of, label_of, shape_of
from docgen.studio.forms import NoFieldError, meant, shown, spot_at, step_to
from tests.support.contents import ROOT

_FILES = (*SHARED_FILES, *(file for kind in KINDS.values() for file in kind.files))


@pytest.fixture(scope="module")
def project() -> Iterator[Project]:
    remembering.begin()
    yield read_project(ROOT / "content", ROOT / "templates")
    remembering.end()


def _fields() -> dict[str, FieldType]:
    found: dict[str, FieldType] = {}
    waiting: list[type[Model]] = [file.model for file in _FILES]
    seen: set[type[Model]] = set()
    while waiting:
        model = waiting.pop()
        if model in seen:
            continue
        seen.add(model)
        for key, field in fields_of(model).items():
            found[f"{model.__name__}.{key}"] = field
            shape = shape_of(field.type)
            while shape.item is not None:
                shape = shape_of(shape.item)
            waiting += [shape.model] if shape.model is not None else []
    return found


def test_every_field_of_every_file_has_a_control_and_a_danish_label() -> None:
    fields = _fields()
    assert len(fields) > 300
    controls = {shape_of(field.type).control for field in fields.values()}
    assert controls == set(Control)
    labels = {name: label_of(field) for name, field in fields.items()}
    assert [name for name, label in labels.items() if not re.match(r"[A-ZÆØÅ0-9]", label) or len(label) > 110] == []


def test_nobody_is_told_of_yaml() -> None:
    technical = re.compile(r"\.yaml|\byaml\b|anførselstegn|\btrue\b|\bfalse\b", re.IGNORECASE)
    of_documents = {name: field for name, field in _fields().items() if "Settings" not in name}
    told = {name: f"{label_of(field)} {help_of(field)}" for name, field in of_documents.items()}
    assert [f"{name}: {words}" for name, words in told.items() if technical.search(words)] == []


def test_a_choice_is_told_in_words(project: Project) -> None:
    fields = _fields()
    role = fields["Treatment.role"]
    told = {one["value"]: one["words"] for one in choices_of(role, shape_of(role.type), {})}
    assert told["recommends"] == "anbefaler den til de næste"
    body = fields["Treatment.body"]
    offered = choices_of(body, shape_of(body.type), known_ids(project.content))
    assert {"value": "oekonomiudvalget", "words": "Økonomiudvalget"} in offered


def _paths(value: Value, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    if isinstance(value, Map):
        return [path, *(found for key, inner in value.items() for found in _paths(inner, (*path, key)))]
    if isinstance(value, Sequence):
        inner = ((*path, step_to(value, at)) for at in range(len(value)))
        return [path, *(found for step, one in zip(inner, value, strict=True) for found in _paths(one, step))]
    return [path]


@pytest.mark.slow
@pytest.mark.parametrize(
    "file", sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "content").rglob("*.yaml"))
)
def test_every_place_of_the_content_is_found_and_unchanged_is_what_it_was(project: Project, file: str) -> None:
    names = known_ids(project.content)
    paths = _paths(read_yaml(file, (ROOT / file).read_bytes()))
    for path in paths:
        spot = spot_at(project, file, path, names)
        assert spot.path == path[: len(spot.path)]
        assert len(spot.crumbs) == len(spot.path)
        assert all(words for words, _ in spot.crumbs), path
        if spot.is_single and spot.path == path:
            written = meant(spot.shape, shown(spot.shape, spot.value), spot.value)
            assert _as_text(written) == _as_text(spot.value if spot.value is not None else ""), path


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value).strip("\n").replace("\n", " ")


@pytest.mark.parametrize(
    "file", ["content/nothing.yaml", "templates/case.md.j2", "content/issued/head.json", "", "/etc"]
)
def test_a_file_that_is_none_of_the_content_has_no_form(project: Project, file: str) -> None:
    with pytest.raises(NoFieldError):
        spot_at(project, file, ("title",), {})


def test_numbers_are_typed_as_they_are_written_in_danish(project: Project) -> None:
    shape = shape_of(fields_of(KINDS["policy"].files[0].model)["purchases"].type)
    assert shape.model is not None
    total = shape_of(fields_of(shape.model)["total"].type)
    typed = {"13,8": "13.8", "1.250,5": "1250.5", "12": "12", "−3": "-3", "1.250": "1250", "tolv": "tolv"}
    assert {text: str(meant(total, text, None)) for text in typed} == typed
