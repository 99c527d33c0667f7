"""Follow-ups from Word and web pages: the tables say where each focus area stands, and what each indicator is."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from docgen.build.folders import read_project
from docgen.importing.figures import figure_in, period_in
from docgen.kinds.follow_up.model import AreaStatus, FollowUp
from tests.importing.test_import_command import docgen, folder, give
from tests.support.contents import REAL_POLICY, ROOT

__all__ = ["folder"]

PAGE = """<!DOCTYPE html><html lang="da"><head><meta charset="utf-8"><title>Status</title></head><body><main>
<h1>Opfølgning på indkøbspolitikken for 2025</h1>
<h2>Resumé</h2><p>To mål ud af tre er nået. Det tredje er på vej.</p>
<h2>Baggrund</h2><p>Udvalget bad om en opfølgning hvert år.</p>
<h2>Mål</h2>
<table><caption>Tabel 1. Målene i 2025</caption>
<tr><th>Målsætning</th><th>Mål</th><th>Baseline (2021)</th><th>Status (2025)</th><th>Målopfyldelse</th></tr>
<tr><td>Genbrugte møbler*</td><td>Mindst 60 pct. i 2026</td><td>41 pct.</td><td>62,5 pct.</td><td>Nået</td></tr>
<tr><td>Kørsel</td><td>Højst 1.200 km</td><td>1.400 km</td><td>ikke opgjort</td><td>-</td></tr></table>
<p>* Opgjort på en ny måde.</p>
<h2>Indsatserne</h2>
<table><tr><th>Indsatsområde</th><th>Status</th><th>Fremdrift</th><th>Bemærkning</th></tr>
<tr><td colspan="4">Effektiv indkøbsorganisation</td></tr>
<tr><td>Blive ved med at effektivisere</td><td>Nået</td><td>Fremgang</td><td>Der er sparet på papir.</td></tr>
<tr><td>Styrke information og dialog</td><td>Delvist opfyldt</td><td>Uændret</td><td></td></tr></table>
<h2>Reduceret klimaaftryk</h2><p>Køkkenerne har fået en ny kogebog.</p>
<h3>Nedbringe klimaaftrykket fra fødevarer</h3><p>Der er købt mindre kød.</p>
<h3>Genbrugte møbler efter forvaltning</h3>
<table><tr><th>Forvaltning</th><th>2024</th><th>2025</th></tr>
<tr><td>Socialforvaltningen</td><td>41</td><td>55,5</td></tr>
<tr><td>Økonomiforvaltningen</td><td>66</td><td>80</td></tr></table>
<p>Kilde: 2025: Lagerets egen liste</p>
<h2>Handlinger</h2>
<table><tr><th>Handling</th><th>Ansvarlig</th><th>Frist</th><th>Status</th></tr>
<tr><td>Lave en aftale om stole</td><td>Økonomiforvaltningen</td><td>1. juni 2026</td><td>I gang</td></tr></table>
<h2>Risici</h2>
<table><tr><th>Risiko</th><th>Sandsynlighed</th><th>Konsekvens</th><th>Håndtering</th></tr>
<tr><td>Priserne stiger</td><td>Mellem</td><td>Høj</td><td>Faste priser</td></tr></table>
<h2>Økonomi</h2><p>Arbejdet holdt budgettet.</p>
<table><tr><th>1.000 kr., 2025 p/l</th><th>Budget</th><th>Forbrug</th></tr>
<tr><td>Kurser</td><td>1.200</td><td>1.050</td></tr><tr><td>I alt</td><td>1.200</td><td>1.050</td></tr></table>
<h2>Videre proces</h2><p>Næste opfølgning kommer i 2027.</p>
</main></body></html>"""


@pytest.fixture
def with_policy(folder: Path) -> Path:
    """A project with a policy to follow up on."""
    name = REAL_POLICY.partition("/")[2]
    shutil.copytree(ROOT / "content/policies" / name, folder / "content/policies" / name)
    return folder


def report(folder: Path, data: str = PAGE, name: str = "2025") -> FollowUp:
    result = docgen(folder, "import", give(folder, data.encode(), "status.html"), "--as", f"follow-up/{name}")
    assert result.exit_code == 0, result.output
    return read_project(folder / "content", folder / "templates").content.all(FollowUp)[name]


def test_a_page_becomes_a_follow_up(with_policy: Path) -> None:
    found = report(with_policy)
    assert (found.title, found.year) == ("Opfølgning på indkøbspolitikken for 2025", 2025)
    assert (found.verdict, found.summary) == ("To mål ud af tre er nået.", "Det tredje er på vej.")
    assert found.mandate == "Udvalget bad om en opfølgning hvert år."
    assert (found.finance, found.next_steps) == ("Arbejdet holdt budgettet.", "Næste opfølgning kommer i 2027.")


def test_each_focus_area_has_the_status_that_a_table_gives(with_policy: Path) -> None:
    areas = {str(one.area): one for one in report(with_policy).areas}
    assert len(areas) == 30, "all of the policy's"
    first = areas["effektiviseringer"]
    assert (first.status, first.progress, first.done) == (AreaStatus.REACHED, "frem", "Der er sparet på papir.")
    assert areas["information-og-leverandoerdialog"].status == AreaStatus.ON_THE_WAY
    assert areas["klimaaftryk-fra-foedevarer"].done == "Der er købt mindre kød."
    assert areas["klimaaftryk-fra-foedevarer"].status == AreaStatus.UNFILLED, "the page does not say it"


@pytest.mark.slow
def test_tables_become_series(with_policy: Path) -> None:
    furniture, driving = report(with_policy).indicators
    assert (furniture.title, furniture.unit, furniture.baseline_year) == ("Genbrugte møbler", "pct.", 2021)
    assert [(one.year, one.value) for one in furniture.series] == [(2021, 41), (2024, None), (2025, Decimal("62.5"))]
    assert [str(one.body) for one in furniture.series[-1].by_administration] == [
        "socialforvaltningen", "oekonomiforvaltningen"
    ]  # fmt: skip
    assert furniture.series[-1].source == "Lagerets egen liste"
    assert furniture.note == "Opgjort på en ny måde."
    assert furniture.target is not None
    assert (furniture.target.value, furniture.target.year) == (Decimal(60), 2026)
    assert driving.target is not None
    assert (driving.target.value, driving.target.direction) == (Decimal(1200), "at-most")
    assert [one.value for one in driving.series] == [1400, None]


def test_registers_are_read_of_their_tables(with_policy: Path) -> None:
    found = report(with_policy)
    (action,) = found.actions
    assert (action.text, str(action.responsible), action.status) == (
        "Lave en aftale om stole", "oekonomiforvaltningen", "i gang"
    )  # fmt: skip
    (risk,) = found.risks
    assert (risk.likelihood, risk.consequence, risk.response) == ("middel", "høj", "Faste priser")
    assert found.economy is not None
    assert [(row.label, row.budget, row.spent) for row in found.economy.rows] == [
        ("Kurser", Decimal(1200), Decimal(1050))
    ]
    assert (found.economy.unit, found.economy.price_level) == ("1.000 kr.", "2025 p/l")
    assert [(box.title, box.text) for box in found.boxes] == [("Om året", "Køkkenerne har fået en ny kogebog.")]


@pytest.mark.slow
def test_it_can_be_built_at_once(with_policy: Path) -> None:
    report(with_policy)
    result = docgen(with_policy, "build", "follow-up/2025", "--output", str(with_policy / "build"))
    assert result.exit_code == 0, result.output


def test_without_a_policy_or_a_period_it_is_refused(folder: Path) -> None:
    path = give(folder, PAGE.encode(), "status.html")
    refused = docgen(folder, "import", path, "--as", "follow-up/2025")
    assert "der er ingen politik at følge op på; hent politikken først" in refused.stderr
    assert "'status' er ikke en periode" in docgen(folder, "import", path, "--as", "follow-up/status").stderr
    assert not (folder / "content/follow_ups").exists()


@pytest.mark.parametrize(
    ("cell", "value", "unit", "period"),
    [
        ("13,8 mia. kr. (2021)", "13.8", "mia. kr.", 2021),
        ("−25", "-25", "", None),
        ("1.234.567", "1234567", "", None),
        ("62,5 %", "62.5", "%", None),
        ("✓ 12", "12", "", None),
        ("12*", "12", "", None),
    ],
)
def test_a_cell_is_a_number(cell: str, value: str, unit: str, period: int | None) -> None:
    found = figure_in(cell)
    assert found is not None
    assert (found.value, found.unit, found.period) == (Decimal(value), unit, period)


@pytest.mark.parametrize("cell", ["", "–", "ikke opgjort", "Målet er nået", "se tabel 2"])
def test_a_cell_is_no_number(cell: str) -> None:
    assert figure_in(cell) is None


@pytest.mark.parametrize(
    ("text", "period"),
    [("Status 2024", 2024), ("1. halvår 2026", "2026-H1"), ("3. kvartal 2025", "2025-Q3"), ("2026-Q1", "2026-Q1")],
)
def test_a_head_names_a_period(text: str, period: int | str) -> None:
    assert period_in(text) == period
