"""The studio as it is used, in Chromium: what a person sees, by mouse and by keyboard, and what judges say of it."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.support.contents import ROOT
from tests.support.studio import CASE, FILES, copy_of_repository, running

pytestmark = pytest.mark.judge

_FOLDER = ROOT / "tests" / "judges"
_TIMEOUT_SECONDS = 300

Play = Callable[..., Any]


@pytest.fixture(scope="module")
def play(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Play]:
    """Plays a scene of `judges/studio.mjs` on a studio of the repository's content, and gives what was seen.

    Skips the calling test, with the reason, where Node, Chromium or one of the judges is missing.
    """
    node, chromium = shutil.which("node"), shutil.which("chromium") or shutil.which("chromium-browser")
    if node is None or chromium is None:
        pytest.skip(f"studiet: {'Node' if node is None else 'Chromium'} mangler")
    if not all(
        (_FOLDER / "node_modules" / name).is_dir() for name in ("axe-core", "html_codesniffer", "puppeteer-core")
    ):
        pytest.skip("axe, HTML_CodeSniffer og Puppeteer: ikke hentet; kør `make judges`")
    folder = copy_of_repository(tmp_path_factory.mktemp("studie"))
    files = {file: (folder / "content" / file).read_bytes() for file in FILES.values()}

    def scene(name: str, program: str = "studio.mjs", browser: str = chromium) -> Any:
        result = subprocess.run(
            [node, str(_FOLDER / program), browser, studio.address, str(folder), name],
            capture_output=True,
            timeout=_TIMEOUT_SECONDS,
            check=False,
        )
        for file, data in files.items():
            (folder / "content" / file).write_bytes(data)
        if result.returncode:
            raise RuntimeError(f"{program} ({result.returncode}): {result.stderr.decode(errors='replace')}")
        told = json.loads(result.stdout)
        assert told["complaints"] == []
        assert told.get("foreign", []) == []
        return told["seen"]

    with running(folder) as studio:
        yield scene


def test_every_save_is_shown_in_its_place_once(play: Play) -> None:
    seen = play("follow")
    edits = [one for one in seen if "milliseconds" in one]
    assert len(edits) == 2 * len(FILES)
    assert [one for one in edits if abs(one["moved"]) > 1] == []
    assert [one for one in edits if one["refreshes"] != 1] == []
    assert sorted(one["milliseconds"] for one in edits)[len(edits) // 2] < 3000  # on a busy machine
    in_parts = [one for one in seen if "inParts" in one]
    assert [one["inParts"] for one in in_parts] == [1] * len(FILES)
    assert not any(one["faults"] for one in in_parts)
    (together,) = [one["together"] for one in seen if "together" in one]
    assert together == 1
    (fault,) = [one for one in seen if "fault" in one]
    assert "feltet 'titel' kendes ikke" in fault["fault"]
    assert "linje 9" in fault["fault"]
    assert fault["stillThere"]


def test_a_click_tells_the_file_and_line_and_opens_it(play: Play) -> None:
    seen = play("click")
    texts = [one for one in seen if one["look"] == "text"]
    assert len(texts) >= 12
    for one in texts:
        assert one["link"].startswith("vscode://file/")
        assert "/content/" in one["link"] or "/templates/" in one["link"]
        assert "Linje " in one["told"]
    on_sheets = [one for one in seen if one["look"] == "sheets"]
    assert len(on_sheets) >= 15
    assert sum(all(words in one["told"] for words in one["right"]) for one in on_sheets) >= 0.95 * len(on_sheets)


def test_axe_and_htmlcs_find_nothing_in_any_state(play: Play) -> None:
    seen = play("states")
    assert len(seen) == 2 * 7 + 3 + 1
    told = [one for one in seen if one["violations"] or one["errors"] or one["overflow"] > 0]
    assert told == []


def test_the_whole_work_is_done_by_keyboard(play: Play) -> None:
    steps = play("keyboard")
    assert steps["first"] == "Gå til dokumentet"
    assert 1 <= steps["listed"] < 11
    assert steps["title"].startswith("Vedtagelse")
    assert "Vedtagelsze" in steps["finding"]
    assert "Linje " in steps["place"]
    assert steps["opens"].startswith("vscode://file/")
    assert steps["escape"] == "search"
    assert steps["look"] == "sheets"


def test_a_page_from_elsewhere_can_neither_read_nor_write(play: Play) -> None:
    tried = play("elsewhere")
    assert tried["read"] == "TypeError"
    assert tried["opaque"] in ("TypeError", "opaque")
    assert tried["write"] == "TypeError"
    assert tried["form"] in ("TypeError", "read 0")
    assert tried["script"] == tried["image"] == tried["events"] == "error"
    assert tried["frame"] in ("closed", "SecurityError", "")
    assert tried["opener"] in ("closed", "SecurityError")


def test_nine_tabs_follow(play: Play) -> None:
    assert play("tabs") == {"followed": 9}


def test_it_is_used_in_firefox_too(play: Play) -> None:
    firefox = shutil.which("firefox-esr") or shutil.which("firefox")
    if firefox is None:
        pytest.skip("Firefox mangler")
    seen = play("", "studio_firefox.mjs", firefox)
    assert seen["version"].startswith("firefox/")
    assert seen["title"].startswith("Vedtagelse af")
    assert abs(seen["moved"]) <= 1
    assert seen["underlined"] in (1, None)  # an older Firefox knows no highlights; the list has the finding
    assert "Linje " in seen["place"]
    assert seen["link"].startswith("vscode://file/")
    assert seen["length"].endswith("(højst 3)")
    assert "feltet 'titel' kendes ikke" in seen["fault"]


def test_the_documents_of_the_scenes_are_those_of_the_tests() -> None:
    program = (_FOLDER / "studio.mjs").read_text("utf-8")
    assert CASE in (_FOLDER / "studio_page.mjs").read_text("utf-8")
    assert all(file in program for file in FILES.values())
