"""The skeleton of a new guide."""

from __future__ import annotations

import datetime

from docgen.content.unfilled import UNWRITTEN


def new_guide(day: datetime.date) -> str:
    """The YAML of a new guide with one chapter, dated `day`; what is still to be written says so."""
    lines = [
        "# yaml-language-server: $schema=../../schemas/guide.json",
        f"# Skriv teksterne, og slet {UNWRITTEN}. `docgen check` viser, hvad der mangler.",
        "",
        f"title: {UNWRITTEN} vejledningens titel",
        f"summary: {UNWRITTEN} vejledningen i en eller to sætninger.",
        'version: "0.1"',
        "status: udkast",
        f"date: {day.isoformat()}",
        "chapters:",
        "  - id: kapitel-1",
        f"    title: {UNWRITTEN} kapitlets overskrift",
        "    text: |",
        f"      {UNWRITTEN} kapitlets tekst i Markdown.",
        "    # sections:",
        "    #   - id: afsnit-1",
        "    #     title: Afsnittets overskrift",
        "    #     text: |",
        "    #       …",
    ]
    return "\n".join(lines) + "\n"
