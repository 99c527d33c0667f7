"""What an edit takes in a session (`docgen preview`), beside making the same page anew: ratios, in processor time; and
what a key takes in the browser until it is seen, beside a fixed loop there."""

from __future__ import annotations

import errno
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from docgen.build.folders import read_project
from docgen.kinds.edition import Edition
from docgen.pipeline import Job, theme_of
from docgen.studio.session import Session
from docgen.writers.formats import HTML
from docgen.writers.marks import Marks
from docgen.writers.pdf.sheets import write_sheets
from tests.bench.follow_up import write_follow_up
from tests.bench.parts import tried
from tests.support.contents import ROOT
from tests.support.studio import CASE, FILES, FOLLOW_UP, POLICY, copy_of_repository, running

_ROUNDS = 7
_MOST = {CASE: 0.45, POLICY: 0.45, FOLLOW_UP: 0.15, "60 figurer": 0.06}
"""What an edit may take of making the page anew."""
_PAGES = {POLICY: 2.5}
"""And what the pages may take after that, with where each part stands on them."""


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _ratios(folder: Path, templates: Path, id: str, file: str, rounds: int = _ROUNDS) -> tuple[float, float, float]:
    """Making the page anew in seconds, and what an edit takes of it: until the text is there, and the pages too."""
    path, session = folder / file, Session(folder, templates)
    text = path.read_text("utf-8")
    title = next(line for line in text.split("\n") if line.startswith("title: "))
    try:
        session.refresh()
        shown, pages = [], []

        def show() -> None:
            session.refresh()
            session.view(id, Edition.PUBLIC)

        def draw() -> None:
            view = session.view(id, Edition.PUBLIC)
            assert view.tree is not None
            assert view.project is not None
            project = view.project
            files, fonts = project.template_files, project.font_directories
            write_sheets(view.tree, theme_of(project, view.tree), files, fonts, Marks(view.places))

        show()
        draw()
        for number in range(rounds):
            end = '"' if title.endswith('"') else ""
            path.write_text(text.replace(title, f"{title.removesuffix(end)} {number}{end}", 1), "utf-8")
            shown.append(_seconds(show))
            pages.append(_seconds(draw))
    finally:
        session.close()
        path.write_text(text, "utf-8")
    fresh = [_seconds(lambda: Job(read_project(folder, templates), id).write(HTML)) for _ in range(rounds)]
    return min(fresh), min(shown) / min(fresh), min(pages) / min(fresh)


def _rows() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as temporary:
        folder = copy_of_repository(Path(temporary))
        for id, file in FILES.items():
            yield _row(id, _MOST[id], _ratios(folder / "content", folder / "templates", id, file), _PAGES.get(id))
        big = write_follow_up(Path(temporary) / "stor")
        found = _ratios(big, ROOT / "templates", FOLLOW_UP, FILES[FOLLOW_UP], rounds=1)
        yield _row("opfølgning med 60 figurer", _MOST["60 figurer"], found)


def _row(name: str, most: float, found: tuple[float, float, float], most_pages: float | None = None) -> str:
    fresh, shown, pages = found
    text = f"{_danish(shown, 2)} (højst {_danish(most, 2)})"
    drawn = _danish(pages, 2) + (f" (højst {_danish(most_pages, 1)})" if most_pages else "")
    return f"| {name} | {_danish(fresh * 1000, 0)} ms | {text} | {drawn} |"


GUIDE = "guide/brugervejledning"
_PAINTED = {CASE: (6, 12), POLICY: (12, 20), GUIDE: (25, 60)}
"""What a key and a save may take until they are seen, as many times the fixed loop: of 96 pages a key 250 ms."""


def _typing_rows() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as temporary:
        folder = copy_of_repository(Path(temporary))
        for id in (*FILES, GUIDE):
            yield _typing_row(id, folder, id)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        write_follow_up(folder / "content")
        shutil.copytree(ROOT / "templates", folder / "templates")
        yield _typing_row("opfølgning med 60 figurer", folder, FOLLOW_UP)


def _typed_in(folder: Path, id: str) -> dict[str, float]:
    """Milliseconds until a key and a save are seen in Chromium, and those of the fixed loop in turn with them."""
    node, chromium = shutil.which("node"), shutil.which("chromium")
    if not node or not chromium:
        raise FileNotFoundError(errno.ENOENT, "", "chromium" if node else "node")
    program = str(ROOT / "tests/judges/studio_typing.mjs")
    with running(folder, command="studio") as studio:
        scene = [node, program, chromium, studio.address, str(folder), id]
        told = json.loads(subprocess.run(scene, check=True, capture_output=True, timeout=300).stdout)
    return {name: float(told["seen"][name]) for name in ("key", "save", "loop")}


def _typing_row(name: str, folder: Path, id: str) -> str:
    found, why = tried(name, lambda: _typed_in(folder, id))
    if found is None:
        return f"| {name} | {why} | | |"
    cells, most = [], _PAINTED.get(id) if name == id else None
    for at, what in enumerate(("key", "save")):
        limit = f" (højst {most[at]})" if most else ""
        cells.append(f"{_danish(found[what], 0)} ms, {_danish(found[what] / found['loop'], 1)}{limit}")
    return f"| {name} | {_danish(found['loop'], 1)} ms | {' | '.join(cells)} |"


def _danish(value: float, decimals: int) -> str:
    return f"{value:.{decimals}f}".replace(".", ",")


def edits_report() -> str:
    """A table of what an edit takes, beside making the page anew."""
    head = "| `docgen preview`: en rettelse | Siden lavet på ny | Til teksten vises | Og til siderne |"
    return "\n".join([head, "|:--|--:|--:|--:|", *_rows()]) + "\n"


def typing_report() -> str:
    """A table of what is seen in the browser, beside a fixed loop there."""
    head = "| `docgen studio`: i Chromium | Fast løkke | Fra tast til det ses | Fra Ctrl+S til det er gemt og ses |"
    return "\n".join([head, "|:--|--:|--:|--:|", *_typing_rows()]) + "\n"


if __name__ == "__main__":
    print(edits_report())
    print(typing_report())
