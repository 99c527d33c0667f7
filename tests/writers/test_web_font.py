"""The font of web pages: it is the house's own, it stays what its package has, and it is there where it may be."""

from __future__ import annotations

import base64
import io
import re
from datetime import date
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from docgen.structs import replace
from docgen.tree.document import Document, Emphasis, Inline, Paragraph, Text
from docgen.writers.html import writer as html
from docgen.writers.html.web_font import ITALIC, UPRIGHT
from tests.support.contents import repository
from tests.web_font.__main__ import SOURCES, made_of

_FONT = re.compile(r'font-style: (\w+); [^}]*url\("data:font/woff;base64,([^"]+)"\)')


def fonts_in(page: bytes) -> dict[str, TTFont]:
    return {style: TTFont(io.BytesIO(base64.b64decode(data))) for style, data in _FONT.findall(page.decode())}


def page(*words: Inline, font: str = "Source Sans 3", frame: bytes | None = None) -> bytes:
    project = repository()
    theme = replace(project.theme, fonts=replace(project.theme.fonts, text=font))
    files = project.template_files if frame is None else {**project.template_files, "theme/page.html.j2": frame}
    tree = Document(id="case/x", title="Prøve", date=date(2022, 12, 1), blocks=(Paragraph(children=words),))
    return html.write_document(tree, theme, files)


@pytest.mark.slow
@pytest.mark.parametrize("file", [UPRIGHT, ITALIC])
def test_the_files_are_what_the_package_has(file: Path) -> None:
    """Else: make font."""
    kept, made = TTFont(file), TTFont(io.BytesIO(made_of(SOURCES[file])))
    assert kept.keys() == made.keys()
    tables = [name for name in kept.keys() if name not in ("head", "GlyphOrder")]  # noqa: SIM118 (no mapping)
    assert all(kept.getTableData(name) == made.getTableData(name) for name in tables)
    assert "Open Font License" in kept["name"].getDebugName(13)
    assert kept["name"].getDebugName(0)


def test_a_page_carries_the_letters_that_danish_needs_at_all_weights_of_the_style() -> None:
    found = fonts_in(page(Text("Ærø – ”Åse” og ½ §")))
    assert list(found) == ["normal"]
    assert set(map(ord, "ÆØÅæøåéüöäßłŁ–—’”…§€½₂•")) <= found["normal"].getBestCmap().keys()
    assert [(axis.axisTag, axis.minValue, axis.maxValue) for axis in found["normal"]["fvar"].axes] == [
        ("wght", 400, 700)
    ]


def test_italics_are_there_where_they_are_used() -> None:
    assert list(fonts_in(page(Emphasis((Text("nyt"),))))) == ["normal", "italic"]


def test_a_theme_with_another_font_has_none_and_neither_has_a_page_that_lets_none_in() -> None:
    assert fonts_in(page(Text("ord"), font="DejaVu Sans Mono")) == {}
    frame = repository().template_files["theme/page.html.j2"].replace(b" font-src data:;", b"")
    assert fonts_in(page(Text("ord"), frame=frame)) == {}
