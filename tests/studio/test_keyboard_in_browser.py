"""The whole work without a mouse, in Chromium."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from docgen.commands.check import check_content
from tests.support.contents import ROOT
from tests.support.studio_scenes import Play, played

pytestmark = pytest.mark.judge


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("tastatur")
    for name in ("content", "templates"):
        shutil.copytree(ROOT / name, found / name)
    return found


@pytest.fixture(scope="module")
def play(folder: Path) -> Iterator[Play]:
    """Plays a scene of `judges/studio_keyboard.mjs` on a studio of the repository's content."""
    with played(folder, "studio_keyboard.mjs") as scene:
        yield scene


def test_a_fortnight_needs_no_mouse(play: Play) -> None:
    seen = play("fortnight")
    assert seen["filled"]
    assert seen["date"] == "2027-02-03"
    assert not seen["faults"]
    assert seen["renderings"] == 3
    assert seen["packed"]
    assert seen["minutes"].startswith("Beslutningsprotokol")
    assert seen["free"] == "Intet er i vejen. En udstedt version kan ikke ændres.", seen["why"]
    assert seen["issued"] == "Udstedt."
    assert seen["verified"] == "Protokollen er i orden.", seen["lines"]


def test_a_document_of_every_kind_is_begun_filled_in_and_built(play: Play, folder: Path) -> None:
    seen = play("kinds")
    assert len(seen) == 6
    for kind, told in seen.items():
        assert told["built"].startswith("Bygget"), (kind, told)
        assert told["faults"] == "", (kind, told)
        assert told["schema"], (kind, told)
        assert told["missing"] == [], (kind, told)
    names = [
        f"{kind}/{Path(told['file']).parent.name if kind == 'policy' else Path(told['file']).stem}"
        for kind, told in seen.items()
    ]
    assert check_content(folder / "content", folder / "templates", names) == ()
