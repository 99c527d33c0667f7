"""glossary.yaml as types: abbreviations, preferred terms, and words that no dictionary has."""

from __future__ import annotations

from docgen.content.fields import OPEN, UNPRINTED, Field, Model
from docgen.content.types import Identifier, Line, Text


class Abbreviation(Model):
    """An abbreviation and what it stands for."""

    id: Identifier = Field(OPEN, description="Fast id")
    short: Line = Field(OPEN, description="Forkortelsen, fx OPP")
    plural: Line | None = Field(OPEN, default=None, description="Forkortelsen i flertal, fx OPP’er")
    long: Line = Field(OPEN, description="Skrevet ud, fx offentlig-privat partnerskab")
    note: Text | None = Field(UNPRINTED, default=None, description="Bemærkning, der ikke trykkes")


class Term(Model):
    """A word to prefer, and those to avoid."""

    id: Identifier = Field(OPEN, description="Fast id")
    preferred: Line = Field(OPEN, description="Ordet, der skal bruges")
    avoid: tuple[Line, ...] = Field(UNPRINTED, default=(), description="Ord, der ikke skal bruges")
    note: Text | None = Field(UNPRINTED, default=None, description="Bemærkning, der ikke trykkes")


class Glossary(Model):
    """glossary.yaml"""

    abbreviations: tuple[Abbreviation, ...] = Field(OPEN, default=(), description="Forkortelser og deres fulde form")
    terms: tuple[Term, ...] = Field(OPEN, default=(), description="Foretrukne ord og ord, der skal undgås")
    words: tuple[Line, ...] = Field(
        UNPRINTED,
        default=(),
        description="Ord, der er rigtige, men ikke står i en dansk ordliste: egne navne og fagord",
    )
