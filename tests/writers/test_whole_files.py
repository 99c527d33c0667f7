"""What the writers write, whole: each part of the document with every node, and of a designed one, as lines to read.

What stands there is what is handed out; a change that is meant is written anew with `make golden`, and read through.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

import msgspec

from docgen import pipeline
from docgen.kinds.prepared import Chart, ChartSeries
from docgen.structs import encode_json, replace
from docgen.tree.document import Document
from docgen.writers import formats
from docgen.writers.charts import draw
from docgen.writers.docx.writer import write_document as write_docx
from docgen.writers.html.chart_colours import on_dark
from docgen.writers.html.writer import write_document as write_html
from docgen.writers.pdf.layout_data import layout_data
from tests.conftest import Golden
from tests.support.contents import POLICY, repository
from tests.support.docx_reading import docx_parts
from tests.support.trees import every_node
from tests.writers.test_designed import NORTH, project, value

PROJECT = repository()
ALONE = {"word/document.xml", "word/styles.xml", "word/numbering.xml"}
"""Parts with a file of their own; the others stand in one."""
UNREAD = (".png", ".svg", "customXml/item1.xml")
"""Pictures, and the list of places, which `small-policy/docx-manifest.txt` shows in words."""


def lines_of(xml: bytes) -> str:
    """XML with a line for each tag, and no pictures."""
    text = re.sub(r">\s*<", ">\n<", xml.decode())
    return re.sub(r"data:[\w/+.-]+;base64,[\w+/=]+", "data:…", text) + "\n"


def designed() -> tuple[Document, Mapping[str, bytes]]:
    """A policy with chapters in colours, a pull quote, cards and a logo; and the files of its theme."""
    extra = "icon: leaf\npull_quote: Vi gør det sammen.\n"
    given = project(NORTH, value("Et afsnit. Vi gør det sammen.\n\nEt til.", 3, extra))
    tree = pipeline.build_tree(given, POLICY)  # its fingerprint follows every change of a template
    return replace(tree, fingerprint="1a2b3c4d"), given.template_files


def compare_docx(golden: Golden, folder: str, data: bytes, alone: set[str]) -> None:
    parts = docx_parts(data)
    for name in sorted(alone):
        golden(f"{folder}/{name.rpartition('/')[2]}", lines_of(parts[name]))
    others = [name for name in parts if name not in ALONE and not name.endswith(UNREAD)]
    golden(f"{folder}/parts.xml", "\n".join(f"## {name}\n{lines_of(parts[name])}" for name in others))


def compare_layout(golden: Golden, name: str, given: object) -> None:
    found = json.loads(msgspec.json.encode(given) if isinstance(given, dict) else encode_json(given))
    golden(name, re.sub(r'"[\w+/=]{200,}"', '"…"', json.dumps(found, ensure_ascii=False, indent=1)) + "\n")


def test_word_files(golden: Golden) -> None:
    theme = PROJECT.theme
    compare_docx(golden, "every-node", write_docx(every_node(), theme, PROJECT.template_files, "byg-1"), ALONE)


def test_a_designed_word_file(golden: Golden) -> None:
    tree, files = designed()
    data = write_docx(tree, project(dict(files)).theme, files, "byg-1")
    compare_docx(golden, "designed", data, {"word/document.xml"})


def test_what_the_layout_program_is_given(golden: Golden) -> None:
    compare_layout(golden, "every-node/layout.json", layout_data(every_node(), PROJECT.theme))


def test_what_the_layout_program_is_given_of_a_designed_document(golden: Golden) -> None:
    tree, files = designed()
    compare_layout(golden, "designed/layout.json", layout_data(tree, project(dict(files)).theme, files=files))


def test_pages(golden: Golden) -> None:
    page = write_html(every_node(), PROJECT.theme, PROJECT.template_files)
    golden("every-node/page.html", lines_of(re.sub(rb"url\([^)]{200,}\)", b"url(skrift)", page)))


def shown(drawing: bytes) -> str:
    """A drawing without the shapes of its letters, in whole points."""
    text = re.sub(r"<defs>\s*<path.*?</defs>", "", drawing.decode(), flags=re.S)
    text = re.sub(r'd="(M [^"Q]*)Q [^"]*"', lambda found: f'd="{found[1].strip()} …"', text)
    return re.sub(r"\d+\.\d+", lambda found: str(round(float(found[0]))), re.sub(r"\n\s*\n", "\n", text))


LINE = Chart(
    *("line", (("2020", 10.0), ("2021", None), ("2022", 30.5), ("2024", 40.0)), ("10", "", "30,5", "40"), "pct.", 45.0),
    "Mål: 45",
    times=(2020.0, 2021.0, 2022.0, 2024.0),
    forecasts=(False, False, False, True),
    stages=((2023.0, 35.0, "Halvvejs"),),
    others=(ChartSeries("Landet", ((2020.0, 20.0), (2022.0, 25.0))), ChartSeries("Andre", ((2021.0, 5.0),))),
)
BARS = Chart(
    *("bars", (("Nord", 66.0), ("Syd", 49.0), ("Et langt navn på et sted", None)), ("66", "49", ""), "pct.", 60.0),
    "Mål: 60",
    mean=53.0,
    mean_label="Samlet: 53",
)


def test_charts(golden: Golden) -> None:
    for name, chart in (("line", LINE), ("bars", BARS)):
        drawing = draw.draw(chart, PROJECT.theme, PROJECT.font_directories)
        golden(f"charts/{name}.svg", shown(on_dark(drawing, PROJECT.theme.colours)))


def test_the_formats_that_there_are() -> None:
    assert [format.name for format in formats.issued_formats()] == ["pdf", "docx", "html"]
