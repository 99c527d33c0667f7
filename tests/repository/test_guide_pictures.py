"""The guide's pictures of the page: each is shown and told in words, small, and as the page looks by now."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from tests.support.contents import ROOT
from tests.support.guide_pictures import FOLDER, take, tools

GUIDE = (ROOT / "content" / "guides" / "brugervejledning.yaml").read_text("utf-8")
SHOWN = {path: " ".join(told.split()) for told, path in re.findall(r"!\[([^\]]+)\]\(images/([\w-]+\.png) ", GUIDE)}
_ALIKE = 12.0  # of 255: how far the parts of two pictures may be from each other
_PARTS = (48, 28)


def test_every_picture_is_shown_and_told_in_words() -> None:
    assert sorted(SHOWN) == sorted(path.name for path in FOLDER.iterdir())
    assert {path: told for path, told in SHOWN.items() if len(told) < 50} == {}
    assert len(set(SHOWN.values())) == len(SHOWN)


def test_every_picture_is_small_and_wide_enough_to_be_read() -> None:
    for path in FOLDER.iterdir():
        with Image.open(path) as picture:
            assert picture.mode == "P", path
            assert 1200 <= picture.width <= 1800, path
        assert path.stat().st_size < 130_000, path


@pytest.mark.judge
def test_the_page_still_looks_so(tmp_path: Path) -> None:
    """In rough, for letters are drawn otherwise on another machine; what is another is told by `make pictures`."""
    found = tools()
    if isinstance(found, str):
        pytest.skip(found)
    for path in take(tmp_path, *found):
        with Image.open(path) as made, Image.open(FOLDER / path.name) as kept:
            assert made.size == kept.size, path.name
            small = [picture.convert("RGB").resize(_PARTS) for picture in (made, kept)]
        far = max(ImageStat.Stat(ImageChops.difference(*small)).mean)
        assert far < _ALIKE, f"{path.name} viser ikke siden, som den er: kør `make pictures`, og se billederne igennem"
