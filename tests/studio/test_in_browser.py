"""The studio as it is used, in Chromium: what a person sees, by mouse and by keyboard, and what judges say of it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from tests.support.contents import ROOT
from tests.support.effort import slowed, tries
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

    def scene(name: str, program: str = "studio.mjs", browser: str = chromium, more: str = "") -> Any:
        result = subprocess.run(
            [node, str(_FOLDER / program), browser, studio.address, str(folder), name, more],
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
    each, slow = tries(14), slowed()
    seen = play("follow", more=str(each))
    slow = max(slow, slowed())
    edits = [one for one in seen if "moved" in one]
    assert Counter(one["id"] for one in edits) == dict.fromkeys(FILES, each)  # 42 of them with all of the tries
    assert [one for one in edits if abs(one["moved"]) > 1] == []
    assert [one for one in edits if one["refreshes"] != 1] == []
    assert sorted(one["milliseconds"] for one in edits)[len(edits) // 2] < 1000 * slow
    in_parts = [one for one in seen if "inParts" in one]
    assert [one["inParts"] for one in in_parts] == [1] * len(FILES)
    assert not any(one["faults"] for one in in_parts)
    (together,) = [one["together"] for one in seen if "together" in one]
    assert together == 1
    (fault,) = [one for one in seen if "fault" in one]
    assert "feltet 'titel' kendes ikke" in fault["fault"]
    assert "linje 9" in fault["fault"]
    assert fault["stillThere"]
    (sheets,) = [one for one in seen if "sheets" in one]
    assert (sheets["sheets"], sheets["another"]) == (2, 1)


def test_a_click_tells_the_file_and_line_and_opens_it(play: Play) -> None:
    seen = play("click")
    texts = [one for one in seen if one["look"] == "text"]
    assert len(texts) == 60
    computed = 0
    for one in texts:
        found = re.fullmatch(r"vscode://file/(.+?):(\d+):(\d+)", one["link"])
        assert found is not None, one
        if "regnet ud" in one["told"] or "/templates/" in found[1]:
            computed += 1
            continue
        told = re.search(rf"Linje {found[2]}, tegn {found[3]} \(([^)]*)\)", one["told"])
        assert told is not None, one
        assert one["word"] in told[1], one
        line = Path("/" + unquote(found[1])).read_text("utf-8").split("\n")[int(found[2]) - 1]
        assert line[int(found[3]) - 1 :].startswith(told[1]), (one, line)
    assert computed < 30
    on_sheets = [one for one in seen if one["look"] == "sheets"]
    assert len(on_sheets) >= 60
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
    program = (_FOLDER / "studio_page.mjs").read_text("utf-8")
    assert CASE in program
    assert all(file in program for file in FILES.values())
