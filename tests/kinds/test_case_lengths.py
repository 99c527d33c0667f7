"""A case in Word is as long as its PDF, by LibreOffice: the limit on pages that a committee sets holds for both."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from docgen import pipeline
from docgen.project import Project
from docgen.writers import formats
from tests.support.contents import document_ids, repository, written
from tests.support.examples_project import example_bytes, renderings
from tests.support.judges import require_soffice, soffice_all

pytestmark = pytest.mark.judge

_GENERATED = 50
_TOLERANCE = 0.2
_MOVED, _MOST = 2, 0.35
"""So many of those at random may differ by so much: a heading or a short table at the foot of a page is on the next one
as a whole, and may just have had room in the other."""
_POINTS = 72 / 25.4
_WORDS = (
    "Udvalget tager stilling til, hvordan kommunen køber ind af varer og tjenesteydelser de næste fire år.",
    "Forvaltningen har drøftet forslaget med de virksomheder, der leverer i dag.",
    "Det koster 1.250 t.kr. om året og bliver holdt inden for rammen.",
    "Klimaaftrykket falder, når der bliver købt mindre, og når det, der bliver købt, holder længere.",
    "Beskæftigelses- og Integrationsforvaltningen er hørt.",
    "Sagen har ingen økonomiske konsekvenser.",
)
_CASE = """\
title: {title}
kind: decision
version: "1.0"
status: til behandling
date: 2024-05-21
administrations: [oekonomiforvaltningen]
summary: {summary}
recommendation:
  - points:
{points}
sections:
{sections}
treatments:
  - {{body: oekonomiudvalget, role: decides, date: 2024-06-11}}
"""


def _case(seed: int) -> bytes:
    """A case at random: its sections have paragraphs, headings, lists and tables, as many as the seed says."""
    chance = random.Random(seed)
    points = [f"      - {{id: p{n}, text: der følges op på forslag {n}}}" for n in range(chance.randint(1, 6))]
    sections = [
        f"  - id: {id}\n    text: |\n" + "".join(f"      {line}\n" if line else "\n" for line in _section(chance))
        for id in ("problem", "solution", "finance")
    ]
    return _CASE.format(
        title=f"Eksempel nummer {seed}" + " om indkøb af varer og tjenesteydelser" * chance.randint(0, 2),
        summary=_sentences(chance, 2),
        points="\n".join(points),
        sections="".join(sections).rstrip(),
    ).encode()


def _section(chance: random.Random) -> Iterator[str]:
    for number in range(chance.randint(1, 5)):
        if number and chance.random() < 0.4:
            yield from (f"# Del {number}", "")
        yield from (_sentences(chance, chance.randint(1, 7)), "")
        if chance.random() < 0.3:
            yield from (*(f"- {_sentences(chance, 1)}" for _ in range(chance.randint(2, 5))), "")
        if chance.random() < 0.3:
            rows = [f"| Område {row} | {chance.randint(1, 999)},{row} |" for row in range(chance.randint(2, 8))]
            yield from ("| Område | Mio. kr. |", "|:--|--:|", *rows, "")


def _sentences(chance: random.Random, count: int) -> str:
    return " ".join(chance.choice(_WORDS) for _ in range(count))


@cache
def _generated() -> Project:
    real = repository()
    own = ("cases/", "meetings/", "follow_ups/", "issued/")
    files = {path: data for path, data in real.content_files.items() if not path.startswith(own)}
    files |= {f"cases/eksempel-{seed}.yaml": _case(seed) for seed in range(_GENERATED)}
    return Project(files, real.template_files, real.font_directories)


def _laid_out(file: Path) -> float:
    """How many pages LibreOffice fills, the last one by the part of its text area that is filled."""
    page_theme = repository().theme.page
    top, bottom = page_theme.margin_top_mm * _POINTS, page_theme.margin_bottom_mm * _POINTS
    pdf = pypdfium2.PdfDocument(file)
    page = pdf[len(pdf) - 1]
    words, height = page.get_textpage(), page.get_height()
    edges = [words.get_rect(number)[1] for number in range(words.count_rects())]
    lowest = min((edge for edge in edges if bottom - 6 < edge < height - top), default=height - top)
    return float(len(pdf) - 1 + (height - top - lowest) / (height - top - bottom))


def _differences(made: dict[str, tuple[bytes, bytes]], folder: Path) -> dict[str, float]:
    """How many pages longer Word is than the PDF, of those where it is too much; `made` is name -> Word, PDF."""
    files = [folder / f"{name}.docx" for name in made]
    for file, (word, _) in zip(files, made.values(), strict=True):
        file.write_bytes(word)
    found = {
        name: round(_laid_out(laid) - formats.pdf_pages(pdf), 2)
        for (name, (_, pdf)), laid in zip(made.items(), soffice_all(files, "pdf", folder), strict=True)
    }
    return {name: difference for name, difference in found.items() if abs(difference) > _TOLERANCE}


def test_cases_of_the_repository_and_the_examples(tmp_path: Path) -> None:
    require_soffice()
    made = {
        id.replace("/", "-"): (written(id, formats.DOCX), written(id, formats.PDF))
        for id in document_ids()
        if id.startswith("case/")
    }
    made |= {
        name: (example_bytes(name, formats.DOCX), example_bytes(name, formats.PDF))
        for name, (id, edition) in renderings().items()
        if id.startswith("case/") and edition.value == "public"
    }
    assert len(made) > 20
    assert _differences(made, tmp_path) == {}


def test_cases_at_random(tmp_path: Path) -> None:
    require_soffice()
    project = _generated()
    made = {}
    for seed in range(_GENERATED):
        tree = pipeline.build_tree(project, f"case/eksempel-{seed}")
        made[str(seed)] = (
            pipeline.write(project, tree, formats.DOCX),
            pipeline.write(project, tree, formats.PDF),
        )
    found = _differences(made, tmp_path)
    assert len(found) <= _MOVED, found
    assert all(abs(difference) <= _MOST for difference in found.values()), found
