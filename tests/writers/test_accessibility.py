"""Independent judgement of the pages: axe-core and HTML_CodeSniffer in Chromium (EN 301 549 asks for WCAG 2.1 AA), and
the Nu Html Checker (HTML)."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen import pipeline
from docgen.structs import replace
from docgen.tree.document import Alignment, Document, Heading, Table, TableCell, TableRow, Text, Title
from docgen.writers import formats
from tests.support.contents import judged_ids, repository, written
from tests.support.page_judges import nu_problems, page_faults, page_looks
from tests.support.trees import every_node


def _wide_tables() -> Document:
    """A document without cover or contents, but with a long title, long words and two wide tables of the same name."""
    words = ("Beskæftigelses- og Integrationsforvaltningen", "Ansvarlig", "2022", "2023", "2024", "Ændring, pct.")
    row = TableRow(tuple(TableCell((Text(word),)) for word in words))
    table = Table(row, (row, row), (Alignment.LEFT, Alignment.LEFT, *(Alignment.RIGHT,) * 4))
    title = "Afdækning af arbejdet med innovation og leverandørsamarbejdsaftaler i kommunens indkøb"
    blocks = (
        Title((Text(title),), anchor="titel"),
        Heading(1, (Text("Arbejdsmiljøforbedringsforanstaltninger"),), anchor="a"),
        table,
        table,
    )
    return replace(every_node(), title=title, blocks=blocks, notes=(), mark="", header="", footer="")


def _pages(folder: Path) -> list[Path]:
    """Every document as a page, and one with wide tables."""
    pages = {id: written(id, formats.HTML) for id in judged_ids()}
    pages["wide"] = pipeline.write(repository(), _wide_tables(), formats.HTML)
    files = [folder / f"{id.replace('/', '-')}.html" for id in pages]
    for file, data in zip(files, pages.values(), strict=True):
        file.write_bytes(data)
    return files


@pytest.mark.judge
def test_two_judges_find_nothing_and_nothing_reaches_beyond_a_narrow_screen(tmp_path: Path) -> None:
    """At two widths, light and dark."""
    assert page_faults(_pages(tmp_path)) == []


@pytest.mark.judge
def test_every_page_is_html_by_the_standard(tmp_path: Path) -> None:
    assert nu_problems(_pages(tmp_path)) == []


_BROKEN = """\
<!DOCTYPE html>
<html lang="da"><head><meta charset="utf-8"><title>Ødelagt</title><style>
body { background: #fff } p { color: #ccc; width: 2000px }
</style></head>
<body><main><h1>Ødelagt</h1><p>Lys skrift på hvid bund.</p><img src="data:image/png;base64,AAAA">
<a href="#mangler"></a></main></body></html>
"""


@pytest.mark.judge
def test_the_judges_refuse_a_broken_page(tmp_path: Path) -> None:
    file = tmp_path / "ødelagt.html"
    file.write_text(_BROKEN, encoding="utf-8")
    for look in page_looks([file]):
        assert {"color-contrast", "image-alt", "link-name"} <= {violation["id"] for violation in look["violations"]}
        sniffed = (look["width"], look["scheme"]) in ((320, "dark"), (1280, "light"))
        assert not sniffed or all(any(code in error for error in look["errors"]) for code in (".G18.Fail:", ".H37:"))
        assert (len(look["pictures"]), look["overflow"] > 0) == (1, True)
    (tmp_path / "markering.html").write_text("<!DOCTYPE html><html><p><table><li></p>", encoding="utf-8")
    assert [line for line in nu_problems([file, tmp_path / "markering.html"]) if "alt" in line or "table" in line]
