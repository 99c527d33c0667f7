"""Writing in the page, in Chromium, by mouse and by keyboard: what a secretary sees, and what is in the file then."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.support.contents import ROOT
from tests.support.studio import CASE, CASE_FILE, copy_of_repository, running

pytestmark = pytest.mark.judge

_FOLDER = ROOT / "tests" / "judges"
_TIMEOUT_SECONDS = 300

Play = Callable[[str], Any]


@pytest.fixture(scope="module")
def play(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Play]:
    """Plays a scene of `judges/studio_writing.mjs` on a studio of the repository's content, and gives what was seen.

    Skips the calling test, with the reason, where Node, Chromium or one of the judges is missing.
    """
    node, chromium = shutil.which("node"), shutil.which("chromium") or shutil.which("chromium-browser")
    if node is None or chromium is None:
        pytest.skip(f"studiet: {'Node' if node is None else 'Chromium'} mangler")
    if not all((_FOLDER / "node_modules" / name).is_dir() for name in ("axe-core", "html_codesniffer")):
        pytest.skip("axe og HTML_CodeSniffer: ikke hentet; kør `make judges`")
    folder = copy_of_repository(tmp_path_factory.mktemp("studie"))
    before = {path: path.read_bytes() for path in (folder / "content").rglob("*.yaml")}

    def scene(name: str) -> Any:
        result = subprocess.run(
            [node, str(_FOLDER / "studio_writing.mjs"), chromium, studio.address, str(folder), name],
            capture_output=True,
            timeout=_TIMEOUT_SECONDS,
            check=False,
        )
        for path, data in before.items():
            path.write_bytes(data)
        if result.returncode:
            raise RuntimeError(f"studio_writing.mjs {name}: {result.stderr.decode(errors='replace')}")
        told = json.loads(result.stdout)
        assert told["complaints"] == []
        assert told["foreign"] == []
        return told["seen"]

    with running(folder, command="studio") as studio:
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


def test_axe_and_htmlcs_find_nothing_while_writing(play: Play) -> None:
    seen = play("states")
    assert len(seen) == 2 * 6
    assert [one for one in seen if one["violations"] or one["errors"] or one["overflow"] > 0] == []


def test_the_documents_of_the_scenes_are_those_of_the_tests() -> None:
    program = (_FOLDER / "studio_writing.mjs").read_text("utf-8")
    assert CASE in program
    assert CASE_FILE in program
