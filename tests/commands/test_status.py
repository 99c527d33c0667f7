"""`docgen status`: what is due on a day, and nothing that is done."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from docgen.cli.main import main
from docgen.commands.status import Due, Sort, status
from tests.support.contents import ROOT, write_content
from tests.support.examples_project import example_files


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = example_files()
    files["guides/ny.yaml"] = (
        b'title: UDFYLD titlen\nsummary: Kort.\nversion: "0.1"\nstatus: udkast\ndate: 2024-05-01\n'
        b"chapters: [{id: a, title: A, text: UDFYLD}]\n"
    )
    return write_content(tmp_path_factory.mktemp("status") / "content", files)


def due(content: Path, day: str, sort: Sort) -> dict[str, Due]:
    found = status(content, ROOT / "templates", datetime.date.fromisoformat(day))
    return {one.document: one for one in found if one.sort is sort}


@pytest.mark.slow
def test_a_meeting_has_its_deadline_until_it_is_held(content: Path) -> None:
    name = "meeting/2024-09-17-oeu"
    before, late, after = (due(content, day, Sort.MEETINGS) for day in ("2024-08-01", "2024-09-16", "2024-09-18"))
    text = (content / "meetings/2024-09-17-oeu.yaml").read_text(encoding="utf-8")
    assert "mødet er den 17. september 2024" in before[name].says
    if "\nsent:" not in text:
        assert "skal sendes senest" in before[name].says
        assert "skulle være sendt senest" in late[name].says
    assert (name in after) == ("\nminutes:" not in text)


@pytest.mark.slow
def test_places_that_are_not_filled_in_are_counted(content: Path) -> None:
    found = due(content, "2024-05-02", Sort.UNFILLED)
    assert {name: one.says for name, one in found.items()} == {"guide/ny": "2 steder, det første i linje 1"}


@pytest.mark.slow
def test_a_draft_is_told_when_its_date_has_passed(content: Path) -> None:
    assert "guide/ny" not in due(content, "2024-05-01", Sort.DRAFTS)
    assert due(content, "2024-05-02", Sort.DRAFTS)["guide/ny"].day == datetime.date(2024, 5, 1)


@pytest.mark.slow
def test_a_policy_expires_half_a_year_ahead(content: Path) -> None:
    name = "policy/indkoebspolitik-2023-2026"
    assert name not in due(content, "2026-06-01", Sort.EXPIRING)
    assert due(content, "2026-07-15", Sort.EXPIRING)[name].says == "udløber den 31. december 2026"
    assert due(content, "2027-01-01", Sort.EXPIRING)[name].says == "udløb den 31. december 2026"


@pytest.mark.slow
def test_a_case_waits_until_it_is_on_an_agenda(content: Path) -> None:
    waiting = due(content, "2024-05-01", Sort.CASES)
    assert waiting
    agendas = "\n".join(path.read_text(encoding="utf-8") for path in (content / "meetings").glob("*.yaml"))
    assert any(f"case: {name.removeprefix('case/')}" not in agendas for name in waiting)
    assert all(one.says.startswith("skal for ") for one in waiting.values())


@pytest.mark.slow
def test_an_action_is_told_when_its_deadline_has_passed_and_it_is_not_done(tmp_path: Path) -> None:
    files = {
        path.relative_to(ROOT / "content").as_posix(): path.read_bytes()
        for path in (ROOT / "content").rglob("*.yaml")
        if path.parent.name not in ("issued", "guides")
    }
    older, latest = sorted(name for name in files if name.startswith("follow_ups/"))
    actions = (
        "\nactions:\n"
        "  - {id: krav, text: Nye krav, responsible: oekonomiforvaltningen, due: 2025-03-01, status: i gang}\n"
        "  - {id: kursus, text: Kursus, responsible: oekonomiforvaltningen, due: 2025-02-01, status: gennemført}\n"
    )
    files[latest] += actions.encode()
    files[older] += actions.replace("krav, text: Nye krav", "gammelt, text: Noget andet").encode()
    content = write_content(tmp_path / "content", files)
    assert due(content, "2025-03-01", Sort.ACTIONS) == {}
    ((name, late),) = due(content, "2025-03-02", Sort.ACTIONS).items()
    assert name == latest.removesuffix(".yaml").replace("follow_ups", "follow-up")
    assert late.says == "fristen for ”Nye krav” var den 1. marts 2025; den er i gang"
    assert late.origin.line > 0


@pytest.mark.slow
def test_the_same_as_text_and_as_json(content: Path) -> None:
    places = ["--content", str(content), "--templates", str(ROOT / "templates"), "--on", "2026-07-15"]
    text, data = (CliRunner().invoke(main, ["status", *places, *more]) for more in ([], ["--json"]))
    assert (text.exit_code, data.exit_code) == (0, 0)
    found = json.loads(data.stdout)
    assert {one["sort"] for one in found} >= {"unfilled", "drafts", "expiring"}
    assert set(found[0]) == {"sort", "document", "date", "message", "file", "line"}
    assert all(one["message"] in text.stdout for one in found)
    assert all(one["file"].startswith(content.as_posix()) for one in found)
