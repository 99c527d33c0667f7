"""Writing in the page, in Chromium, by mouse and by keyboard: what a secretary sees, and what is in the file then."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from tests.support.contents import ROOT
from tests.support.studio import CASE, CASE_FILE
from tests.support.studio_scenes import PROGRAMS, Play, played

pytestmark = pytest.mark.judge


@pytest.fixture(scope="module")
def play(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Play]:
    """Plays a scene of `judges/studio_writing.mjs` on a studio of the repository's content, and gives what was seen."""
    folder = tmp_path_factory.mktemp("studie")
    for name in ("content", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    with played(folder, "studio_writing.mjs") as scene:
        yield scene


def test_a_word_is_clicked_typed_and_saved(play: Play) -> None:
    seen = play("write")
    assert seen["crumbs"].split("\n") == ["Sag", "Resumé"]
    assert seen["caret"] == "ner i fem li|gestille"
    assert seen["typedOnly"]
    assert seen["saved"] == 1
    assert [line[0] for line in seen["diff"].split("\n")] == ["-", "+"]
    assert "er ikke et versionsnummer" in seen["refused"]
    assert seen["merged"]
    assert [words.endswith(end) for words, end in zip(seen["sides"], ("Igen.", "Deres."), strict=True)] == [True, True]
    assert seen["notWritten"]
    assert seen["kept"]
    assert seen["undone"]
    assert seen["offered"] == "Skrevet og ikke gemt."
    assert seen["onDisk"] is False


def test_who_saves_in_haste_is_nobody_elses_colleague_and_an_emoji_is_refused_at_its_field(play: Play) -> None:
    seen = play("hasty")
    assert seen["written"]
    assert not seen["conflict"]
    assert "kan ikke vises i et dokument" in seen["refused"]
    assert seen["field"] == ["true", True, True]
    assert seen["unwritten"]
    assert seen["kept"]
    assert seen["mended"]


def test_findings_are_fixed_chosen_and_let_pass(play: Play) -> None:
    seen = play("findings")
    assert (seen["first"], seen["second"], seen["third"]) == (2, 1, 0)
    assert seen["chosen"]
    assert seen["allowed"]


def test_at_points_are_added_moved_and_taken_out(play: Play) -> None:
    assert play("structure") == {"id": "forvaltningen-foelger-op-hvert-aar", "movedUp": True, "gone": True}


def test_the_keyboard_is_enough(play: Play) -> None:
    seen = play("keyboard")
    assert seen.pop("field") == "Resumé"
    assert seen.pop("left") == "frame"
    assert set(seen.values()) == {True}


def test_meeting_day_needs_no_mouse(play: Play) -> None:
    seen = play("meeting")
    assert seen["treatment"].startswith("Økonomiudvalget")
    assert seen["focus"] == "point"
    assert seen["sum"] == "For: A · Imod: B · Undlod: ingen"
    assert seen["written"]
    assert seen["judged"] == [[], 0]
    assert seen["back"] == "decide"


def test_axe_and_htmlcs_find_nothing_while_writing(play: Play) -> None:
    seen = play("states")
    assert len(seen) == 2 * 6
    assert [one for one in seen if one["violations"] or one["errors"] or one["overflow"] > 0] == []


def test_a_fortnight_is_done_in_the_page_alone(play: Play) -> None:
    """Last, for it leaves a case and a meeting behind."""
    seen = play("fortnight")
    assert seen["filled"]
    assert not seen["faults"]
    assert seen["renderings"] == 3
    assert seen["packed"]
    assert seen["treatment"].startswith("Økonomiudvalget")
    assert seen["hindered"] == "Det er i vejen:"
    assert seen["minutes"].startswith("Beslutningsprotokol")
    assert seen["free"] == "Intet er i vejen. En udstedt version kan ikke ændres.", seen["why"]
    assert seen["issued"] == "Udstedt."
    assert seen["verified"] == "Protokollen er i orden.", seen["lines"]


def test_it_is_written_in_firefox_too(play: Play) -> None:
    firefox = shutil.which("firefox-esr") or shutil.which("firefox")
    if firefox is None:
        pytest.skip("Firefox mangler")
    if not (PROGRAMS / "node_modules/puppeteer-core").is_dir():
        pytest.skip("Puppeteer: ikke hentet; kør `make judges`")
    seen = play("write", "studio_firefox.mjs", firefox)
    assert seen["crumbs"].startswith("Sag")
    assert seen["caret"] > 0
    assert seen["unsaved"]
    assert seen["saved"]
    assert seen["table"].strip() == "| År | Antal |\n| --: | --: |\n| 2026 | 1.234,5 |"


def test_the_documents_of_the_scenes_are_those_of_the_tests() -> None:
    assert CASE in (PROGRAMS / "studio_page.mjs").read_text("utf-8")
    assert CASE_FILE in (PROGRAMS / "studio_writing.mjs").read_text("utf-8")
