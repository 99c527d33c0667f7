"""The pictures of the policy's pages in `docs/sider` are of the pages as they are drawn today."""

from __future__ import annotations

from tests.support.page_pictures import FOLDER, MADE_OF, made_of


def test_the_pictures_are_of_todays_pages() -> None:
    assert MADE_OF.read_text(encoding="utf-8").strip() == made_of(), "kør `make pages`, og se ændringerne igennem"
    assert [path.name for path in sorted(FOLDER.glob("*.png"))] == [f"{number:02d}.png" for number in range(1, 13)]
