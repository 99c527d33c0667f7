"""`python -m tests.faults.session`: a session that goes on for long; the table goes into docs/robusthed.md.

Two ways in which a process that is never started again can end: it takes more and more memory or time, or it uses up
the 65,535 numbers that Typst has for names of files (typst-py 0.15), which no code of Python can catch.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from docgen.kinds.edition import Edition
from docgen.pipeline import theme_of
from docgen.structs import Struct, replace
from docgen.studio.answers import document_answer, finding_answers
from docgen.studio.figures import Figures
from docgen.studio.session import Session
from docgen.studio.sheets import SheetStore
from docgen.tree.document import Document, Figure, Paragraph, Text, walk
from docgen.writers.marks import Marks
from docgen.writers.pdf.problems import LAYOUT_FILE
from docgen.writers.pdf.sheets import write_sheets
from tests.fuzz.table import write_rows
from tests.support.contents import SVG, repository, tree_of
from tests.support.studio import FILES, FOLLOW_UP, copy_of_repository

_WORD = re.compile(r"(?<=[a-zæøå] )[a-zæøå]{5,}(?= [a-zæøå])")
_SMALL_LAYOUT = b"""#set page(width: 200pt, height: auto)
#for node in json("document.json").document.blocks {
  if node.kind == "figure" { image(node.at("file", default: ""), width: 9pt) } else { node.children.join() }
}
"""
_FIRST = 0.1  # of what is done, the part that the end is held against; what is done once is done by then
MOST_GROWTH_MB, MOST_SLOWER = 50.0, 1.3


class Course(Struct, frozen=True):
    """How it went: memory in MB when the first tenth was done and at the end, and milliseconds of processor time for
    each of the second tenth and of the last (medians)."""

    times: int
    megabytes: tuple[float, float]
    milliseconds: tuple[float, float]

    @property
    def holds(self) -> bool:
        """Whether it grew and slowed down no more than it may."""
        grown = self.megabytes[1] - self.megabytes[0]
        return grown < MOST_GROWTH_MB and self.milliseconds[1] < MOST_SLOWER * self.milliseconds[0]

    def row(self) -> tuple[str, ...]:
        """The cells of the table, after the first."""
        cells = [
            f"{value:.{decimals}f}"
            for pair, decimals in ((self.megabytes, 0), (self.milliseconds, 1))
            for value in pair
        ]
        return (f"{self.times:,}".replace(",", "."), *(cell.replace(".", ",") for cell in cells))


def resident_megabytes() -> float:
    """The memory that this process has now (Linux)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6


def course(times: int, work: Callable[[int], object]) -> Course:
    """Does some work so many times."""
    spent: list[float] = []
    first = 0.0
    tenth = max(1, int(times * _FIRST))
    for number in range(times):
        started = time.process_time()
        work(number)
        spent.append(time.process_time() - started)
        if number == tenth:
            first = resident_megabytes()
    halves = statistics.median(spent[tenth : 2 * tenth]), statistics.median(spent[-tenth:])
    return Course(times, (first, resident_megabytes()), (halves[0] * 1000, halves[1] * 1000))


def edits(folder: Path, times: int, seed: int) -> Course:
    """Edits of three documents in turn, each shown as text and as pages, and proof-read."""
    dice, session, sheets, figures = (
        random.Random(seed),
        Session(folder / "content", folder / "templates"),
        SheetStore(),
        Figures(),
    )
    texts = {id: (folder / "content" / file).read_text("utf-8") for id, file in FILES.items()}
    session.refresh()

    def edit(number: int) -> None:
        id = list(FILES)[number % len(FILES)]
        word = dice.choice(list(_WORD.finditer(texts[id])))
        text = texts[id][: word.start()] + dice.choice(("hverdag", "forår", "stilfærdigt")) + texts[id][word.end() :]
        (folder / "content" / FILES[id]).write_text(text, "utf-8")
        session.refresh()
        view = session.view(id, Edition.PUBLIC)
        document_answer(session, view, figures)
        finding_answers(session, view, session.findings(id))
        sheets.answer(view)

    try:
        return course(times, edit)
    finally:
        session.close()


def small_documents() -> Iterator[Document]:
    """Documents of a few lines and up to sixty figures, no two the same."""
    tree = tree_of(FOLLOW_UP)
    figure = next(node for node in walk(tree) if isinstance(node, Figure))
    figure = replace(figure, data=SVG, media_type="image/svg+xml", caption=None)
    number = 0
    while True:
        shown = (figure,) * (60 if number % 1000 == 0 else number % 2)
        yield replace(tree, blocks=(Paragraph((Text(f"Linje {number}"),)), *shown), notes=())
        number += 1


def compiles(times: int) -> Course:
    """Documents that Typst makes pages of, by a layout program that does hardly more; each is compiled twice."""
    project, documents = repository(), small_documents()
    theme = theme_of(project, tree_of(FOLLOW_UP))
    files, fonts = {**project.template_files, LAYOUT_FILE: _SMALL_LAYOUT}, project.font_directories

    def draw(number: int) -> None:
        write_sheets(next(documents), theme, files, fonts, Marks())

    found = course(times // 2, draw)
    return replace(found, times=times)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.session", description="Prøver en lang session.")
    parser.add_argument("--edits", type=int, default=2000, help="rettelser [2000]")
    parser.add_argument("--compiles", type=int, default=70_000, help="gange, Typst sætter et dokument [70000]")
    parser.add_argument("--seed", type=int, default=1, help="tilfældighedens frø [1]")
    options = parser.parse_args()
    found: dict[str, Course] = {}
    if options.compiles:
        found["Typst sætter små dokumenter med op til 60 figurer"] = compiles(options.compiles)
    if options.edits:
        with tempfile.TemporaryDirectory() as temporary:
            folder = copy_of_repository(Path(temporary))
            name = "rettelser af tre dokumenter, vist som tekst og sider og læst korrektur på"
            found[name] = edits(folder, options.edits, options.seed)
    for name, one in found.items():
        print(name, *one.row(), "" if one.holds else "holdt ikke", flush=True)
    write_rows("session", {name: one.row() for name, one in found.items()})
    sys.exit(0 if all(one.holds for one in found.values()) else 1)


if __name__ == "__main__":
    main()
