"""JSON Schemas of the content files, with Danish descriptions, for editors such as VS Code."""

from __future__ import annotations

from typing import Any

from docgen.content.load import KINDS
from docgen.writers.theme import Theme

_TITLES = {
    "settings": "Indstillinger (settings.yaml)",
    "organisation": "Organisation (organisation.yaml)",
    "glossary": "Ordliste (glossary.yaml)",
    "policy": "Politik (policy.yaml)",
    "value": "Værdi (values/N-navn.yaml)",
    "responsibilities": "Ansvar (responsibilities.yaml)",
    "case": "Sag (cases/navn.yaml)",
    "meeting": "Møde (meetings/dato-udvalg.yaml)",
    "follow-up": "Opfølgning (follow_ups/ÅR.yaml)",
    "guide": "Vejledning (guides/navn.yaml)",
    "theme": "Udseende (theme.yaml)",
}


def kinds() -> tuple[str, ...]:
    """The kinds of file that have a schema."""
    return tuple(_TITLES)


def schema(kind: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one kind of file. Raises KeyError for an unknown kind."""
    model = Theme if kind == "theme" else KINDS[kind]
    found = _without_titles(model.model_json_schema(by_alias=True))
    for definition in (found, *found.get("$defs", {}).values()):
        definition.pop("description", None)  # the class's docstring, which is for developers
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found, "title": _TITLES[kind]}


def _without_titles(value: Any) -> Any:
    """Drops the titles that pydantic makes of the English names; a field called `title` stays."""
    if isinstance(value, list):
        return [_without_titles(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: _without_titles(item) for key, item in value.items() if key != "title" or not isinstance(item, str)}
