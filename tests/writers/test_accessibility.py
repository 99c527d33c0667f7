"""Independent judgement of the pages by axe-core in Chromium (EN 301 549 asks for WCAG 2.1 AA)."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from docgen import pipeline
from docgen.structs import replace
from docgen.tree.document import Alignment, Document, Heading, Table, TableCell, TableRow, Text, Title
from docgen.writers import formats
from tests.support.contents import ROOT, judged_ids, repository, written
from tests.support.trees import every_node

_JUDGES = ROOT / "tests/judges"
_TIMEOUT_SECONDS = 300
_AT_ONCE = 12
"""Files for one browser: the guide alone takes half a minute on a busy machine."""


def axe(files: list[Path]) -> list[dict[str, Any]]:
    """What axe says of HTML files, each at 320 and 1280 CSS px, light and dark (see `judges/axe.mjs` for the keys).

    Skips the calling test, with the reason, where Node, Chromium or axe is missing.
    """
    node, chromium = shutil.which("node"), shutil.which("chromium") or shutil.which("chromium-browser")
    if node is None or chromium is None:
        pytest.skip(f"axe: {'Node' if node is None else 'Chromium'} mangler")
    if not (_JUDGES / "node_modules" / "axe-core").is_dir():
        pytest.skip("axe: ikke hentet; kør `make judges`")
    looks: list[dict[str, Any]] = []
    for start in range(0, len(files), _AT_ONCE):
        result = subprocess.run(
            [node, str(_JUDGES / "axe.mjs"), chromium, *map(str, files[start : start + _AT_ONCE])],
            capture_output=True,
            timeout=_TIMEOUT_SECONDS,
            check=False,
        )
        if result.returncode:
            raise RuntimeError(f"axe.mjs ({result.returncode}): {result.stderr.decode(errors='replace')}")
        looks += json.loads(result.stdout)
    return looks


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


@pytest.mark.judge
def test_axe_finds_nothing_and_nothing_reaches_beyond_a_narrow_screen(tmp_path: Path) -> None:
    """Every document, and one with wide tables, at two widths, light and dark, in one browser."""
    project = repository()
    pages = {id: written(id, formats.HTML) for id in judged_ids()}
    pages["wide"] = pipeline.write(project, _wide_tables(), formats.HTML)
    files = [tmp_path / f"{id.replace('/', '-')}.html" for id in pages]
    for file, data in zip(files, pages.values(), strict=True):
        file.write_bytes(data)
    looks = axe(files)
    seen = [(look["width"], look["scheme"]) for look in looks]
    assert seen == [(320, "light"), (320, "dark"), (1280, "light"), (1280, "dark")] * len(files)
    for look in looks:
        found = {key: look[key] for key in ("violations", "overflow", "requests")}
        assert found == {"violations": [], "overflow": 0, "requests": []}, look
