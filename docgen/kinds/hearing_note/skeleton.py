"""The skeleton of a new hearing note."""

from __future__ import annotations

import datetime

from docgen.content.unfilled import UNWRITTEN


def new_hearing_note(day: datetime.date) -> str:
    """The YAML of a new hearing note with one answer, dated `day`; what is still to be written says so."""
    lines = [
        "# yaml-language-server: $schema=../../schemas/hearing-note.json",
        f"# Skriv teksterne, og slet {UNWRITTEN}. `docgen pull --comments` henter svar fra Word-filer.",
        "",
        f"title: {UNWRITTEN} hvad der var i høring",
        f"summary: {UNWRITTEN} notatet i en eller to sætninger.",
        'version: "0.1"',
        "status: udkast",
        f"date: {day.isoformat()}",
        "answers:",
        "  - id: svar-1",
        f"    who: {UNWRITTEN} hvem der har svaret",
        "    private: true  # false for en organisation eller myndighed",
        f"    place: {UNWRITTEN} hvor i dokumentet",
        f"    words: {UNWRITTEN} hvad der bliver sagt eller foreslået.",
        "    # answer: Kommunens svar.",
    ]
    return "\n".join(lines) + "\n"
