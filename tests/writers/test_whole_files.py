"""What the writers write, whole: each part of the document with every node, and of a designed one, as lines to read.

What stands there is what is handed out; a change that is meant is written anew with `make golden`, and read through.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache

import msgspec
import pytest

from docgen import pipeline
from docgen.compare.redline import Sides, redline
from docgen.compare.trees import compare
from docgen.kinds.prepared import Chart, ChartSeries
from docgen.structs import encode_json, replace
from docgen.tree.document import Document
from docgen.tree.text import dump
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
from tests.writers.test_faults_tables import built
from tests.writers.test_table_shapes import GRANT, PARTS

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


FIGURES = """\
| | 2025 | 2026 |
|---|--:|--:|
| Løn | 1.000 | 1.100 |
| Drift | 20,5 | -3 |
| **I alt** | **1.020,5** | **1.097** |
"""
TABLES = f"""\
{GRANT}
Kilde: Regnskabet.

{PARTS}
# Søskende

Tabel: Den første

{FIGURES}
{FIGURES.replace("Løn", "Et langt navn på en udgift, som fylder mere end en linje, og så lidt til")}
Tabel: Ord alene

| Navn | Hvad | Hvor |
|:--|:-:|--:|
| Jordbærgrødsfabrikationsvirksomhed | *Ja*, **nej** og `kode` | [her](https://www.kk.dk) |
| Kort | 1. et<br>2. to<br>3. tre | |

| A | B | C | D | E | F | G | H | I | J |
|===|---|---|---|---|---|---|---|---|---|
| en | to | tre | fire | fem | seks | syv | otte | ni | ti |
| 1.000.000 | 2.000.000 | 3.000.000 | 4.000.000 | 5.000.000 | 6.000.000 | 7 | 8 | 9 | 10 |

| Alene |
|---|
| Et ord |

9. ni
10. ti
    - et
        1. inderst

> Et citat

```
kode
```
"""
EARLIER = re.sub(r"\| A \| B .*?\n\n", "", TABLES[TABLES.index("# Søskende") :], flags=re.S)
LATER = (
    EARLIER.replace("| Drift | 20,5 | -3 |\n", "", 1)
    .replace("| Kort |", "| Længere |")
    .replace("# Søskende", "# Søskende og andre")
    .replace("10. ti", "10. ti og lidt til")
    .replace("> Et citat", "> Et andet citat\n\nEt nyt afsnit med **fed** og [link](https://a.dk).")
    .replace("| Alene |\n|---|\n| Et ord |\n", "")
)


@cache
def of_text(text: str) -> Document:
    """A document of a text of content."""
    return replace(built(text), fingerprint="1a2b3c4d")


@cache
def compared() -> Document:
    """What is new and what is gone between two texts, marked."""
    return redline(compare(of_text(EARLIER), of_text(LATER)), Sides("version 1.0", "mappens tekst"))


@pytest.mark.parametrize("name", ["tables", "compared"])
def test_tables_and_changes_in_every_format(name: str, golden: Golden) -> None:
    document = of_text(TABLES) if name == "tables" else compared()
    golden(f"{name}/tree.txt", dump(document))
    compare_layout(golden, f"{name}/layout.json", layout_data(document, PROJECT.theme.without_cover()))
    parts = docx_parts(write_docx(document, PROJECT.theme.without_cover(), PROJECT.template_files, "byg-1"))
    golden(f"{name}/document.xml", lines_of(parts["word/document.xml"]))
    page = write_html(document, PROJECT.theme, PROJECT.template_files)
    golden(f"{name}/page.html", lines_of(re.sub(rb"<style>.*?</style>", b"", page, flags=re.S)))


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


BELOW = Chart("bars", (("Nord", -6.5), ("Syd", 4.0)), ("-6,5", "4"), "mio. kr.", None, "")


def test_charts(golden: Golden) -> None:
    for name, chart in (("line", LINE), ("bars", BARS), ("below", BELOW)):
        drawing = draw.draw(chart, PROJECT.theme, PROJECT.font_directories)
        golden(f"charts/{name}.svg", shown(on_dark(drawing, PROJECT.theme.colours)))


def test_the_formats_that_there_are() -> None:
    assert [format.name for format in formats.issued_formats()] == ["pdf", "docx", "html"]
