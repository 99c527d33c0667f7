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
    "theme": "Udseende (theme.yaml)",
}


def kinds() -> tuple[str, ...]:
    """The kinds of file that have a schema."""
    return tuple(_TITLES)


def schema(kind: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one kind of file. Raises KeyError for an unknown kind."""
    model = Theme if kind == "theme" else KINDS[kind]
    found = _without_english(model.model_json_schema(by_alias=True))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found, "title": _TITLES[kind]}


def _without_english(value: Any) -> Any:
    """Drops the titles and class docstrings that pydantic adds, which are English; descriptions of fields stay."""
    if isinstance(value, list):
        return [_without_english(item) for item in value]
    if not isinstance(value, dict):
        return value
    dropped = {"title"} | ({"description"} if "properties" in value or "enum" in value else set())
    is_schema = not isinstance(value.get("title"), dict)
    return {
        key: {name: _without_english(field) for name, field in item.items()}
        if key in ("properties", "$defs")
        else _without_english(item)
        for key, item in value.items()
        if not (is_schema and key in dropped)
    }
