"""Agendas and minutes from Word and web pages: the head, the items, what was decided, and who was away."""

from __future__ import annotations

import datetime
from pathlib import Path

from docgen.build.folders import read_project
from docgen.kinds.meeting.model import Meeting
from tests.importing.test_import_command import docgen, folder, give

__all__ = ["folder"]

NAME = "2031-05-21-oekonomiudvalget"
PAGE = """<!DOCTYPE html><html lang="da"><head><meta charset="utf-8"><title>Referat</title></head><body><main>
<h1>Referat</h1><p>Økonomiudvalget</p>
<p>Mødedato: 21.05.2031, kl. 15:30<br>Mødested: Rådhuset, lokale F</p>
<p>Fraværende: Anna Eksempel (A) og Bo Prøve (V)</p>
<h2>Åbne punkter</h2>
<h3>7. Godkendelse af dagsorden</h3><h4>Beslutning</h4><p>Godkendt.</p>
<h3>8. Ny cykelsti ved åen</h3>
<h4>Indstilling</h4><p>Forvaltningen indstiller,</p><ol><li>at stien bliver anlagt.</li></ol>
<h4>Sagsfremstilling</h4><p>Vejen er smal.</p>
<table><tr><th>År</th><th>Kr.</th></tr><tr><td>2031</td><td>2.000</td></tr></table>
<h4>Beslutning</h4><p>Indstillingen blev godkendt.<br>For stemte: A og B</p>
<h4>Bilag</h4><ul><li>Bilag 1 - Kort</li></ul>
<h3>9. Eventuelt</h3>
<h2>Lukkede punkter</h2>
<h3>10. Køb af en grund</h3><h4>Beslutning</h4><p>Godkendt.</p>
</main></body></html>"""
AGENDA = """Dagsorden for Økonomiudvalgets møde den 21. maj 2031

Tidspunkt: kl. 15.30
Sted: Rådhuset

Punkter

1. Godkendelse af dagsordenen
2. Nye bænke i parken
3. Budget for 2032
"""


def meeting(folder: Path, data: str, name: str) -> Meeting:
    result = docgen(folder, "import", give(folder, data.encode(), name), "--as", f"meeting/{NAME}")
    assert result.exit_code == 0, result.output
    return read_project(folder / "content", folder / "templates").content.all(Meeting)[NAME]


def test_a_page_becomes_a_meeting(folder: Path) -> None:
    found = meeting(folder, PAGE, "referat.html")
    assert (found.committee, found.date) == ("oekonomiudvalget", datetime.date(2031, 5, 21))
    assert (found.time, found.place) == (datetime.time(15, 30), "Rådhuset, lokale F")
    assert found.numbering is not None
    assert found.numbering.first == 7
    path, other, land = found.items
    assert path.title == "Ny cykelsti ved åen"
    text = " ".join(str(path.text).split())
    assert text.startswith("**Indstilling** Forvaltningen indstiller, 1. at stien bliver anlagt. **Sagsfremstilling**")
    assert "| År | Kr. | |---|---| | 2031 | 2.000 |" in text
    assert path.decision == "Indstillingen blev godkendt.\n\nFor stemte: A og B"
    assert (other.title, other.needs_decision) == ("Eventuelt", False)
    assert land.closed is not None, "it is not public until somebody says why it may be"
    assert found.minutes is not None
    assert found.minutes.approval == "Godkendt."
    assert [(one.who, one.what) for one in found.minutes.attendance] == [
        ("Anna Eksempel (A)", "absent"), ("Bo Prøve (V)", "absent")
    ]  # fmt: skip


def test_an_agenda_as_text_becomes_a_meeting(folder: Path) -> None:
    found = meeting(folder, AGENDA, "dagsorden.txt")
    assert [item.title for item in found.items] == ["Nye bænke i parken", "Budget for 2032"]
    assert (found.time, found.place, found.minutes) == (datetime.time(15, 30), "Rådhuset", None)


def test_it_can_be_built_at_once(folder: Path) -> None:
    meeting(folder, PAGE, "referat.html")
    result = docgen(folder, "build", f"meeting/{NAME}", "--output", str(folder / "build"))
    assert result.exit_code == 0, result.output


def test_the_id_must_begin_with_the_day(folder: Path) -> None:
    result = docgen(folder, "import", give(folder, PAGE.encode(), "referat.html"), "--as", "meeting/2031-05-22-oeu")
    assert "mødet er den 2031-05-21, og et mødes id begynder med dets dag" in result.stderr
    assert "skriv --as meeting/2031-05-21-oekonomiudvalget" in result.stderr
    assert not (folder / "content/meetings").exists()
