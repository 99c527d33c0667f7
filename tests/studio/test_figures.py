"""The pictures of a page by address: the same page, without what the browser has already."""

from __future__ import annotations

import base64
import html
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.studio.figures import Figures
from tests.support.studio import FOLLOW_UP, FOLLOW_UP_FILE, copy_of_repository, running

_ADDRESS = re.compile(r'src="figure/([0-9a-f]{32})"')


def _image(data: bytes, media_type: str = "image/png") -> str:
    return f'<img class="x" src="data:{media_type};base64,{base64.b64encode(data).decode()}" alt="et billede">'


@given(st.lists(st.one_of(st.binary(max_size=3000), st.text(max_size=80)), max_size=6))
def test_put_back_the_pictures_give_the_page_as_it_was(parts: list[bytes | str]) -> None:
    page = "".join(_image(part) if isinstance(part, bytes) else f"<p>{html.escape(part)}</p>" for part in parts)
    figures = Figures()
    made = figures.by_address(page.encode())

    def put_back(found: re.Match[str]) -> str:
        picture = figures.picture(found[1])
        assert picture is not None
        return f'src="data:{picture.media_type};base64,{base64.b64encode(picture.data).decode()}"'

    assert _ADDRESS.sub(put_back, made) == page
    assert len(made) < 2300 * (len(parts) + 1)


def test_what_only_looks_like_a_picture_is_left_alone() -> None:
    words = html.escape(_image(b"x" * 5000), quote=False)
    assert Figures().by_address(f"<p>{words}</p>".encode()) == f"<p>{words}</p>"


def test_no_more_is_kept_than_it_may_be_but_for_the_page_that_is_made() -> None:
    figures, first = Figures(most=10_000), _image(b"a" * 6000).encode()
    (name,) = _ADDRESS.findall(figures.by_address(first))
    assert figures.picture(name) is not None
    both = figures.by_address("".join(_image(letter * 6000) for letter in (b"b", b"c")).encode())
    assert figures.picture(name) is None
    assert all(figures.picture(one) is not None for one in _ADDRESS.findall(both))


@pytest.mark.slow
def test_a_page_with_many_figures_is_sent_without_them_and_an_edit_moves_no_address(tmp_path: Path) -> None:
    folder = copy_of_repository(tmp_path)
    with running(folder) as studio:
        told = studio.ask("document", id=FOLLOW_UP)
        names = set(_ADDRESS.findall(told["html"]))
        assert names
        assert len(told["html"]) < 250_000
        assert "img-src 'self' data:" in told["html"], "the page itself allows them"
        for name in names:
            status, headers, _ = studio.request(f"figure/{name}")
            assert (status, headers["content-type"]) == (200, "image/svg+xml")
        assert studio.request(f"figure/{'0' * 32}")[0] == 404
        path = folder / "content" / FOLLOW_UP_FILE
        path.write_text(path.read_text("utf-8").replace("\ntitle: ", "\ntitle: Ny ", 1), "utf-8")
        again = studio.ask("document", id=FOLLOW_UP)
        while again["print"] == told["print"]:
            again = studio.ask("document", id=FOLLOW_UP)
        assert set(_ADDRESS.findall(again["html"])) == names
