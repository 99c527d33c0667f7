"""A long day in one studio: many edits in one process, its memory and its pace; and a process killed while it saves."""

from __future__ import annotations

import os
import random
import re
import resource
import signal
import sys
import time
from pathlib import Path
from statistics import median

from docgen.kinds.edition import Edition
from docgen.structs import Struct
from docgen.studio.answers import document_answer, finding_answers
from docgen.studio.drafts import Drafts, Typed
from docgen.studio.figures import Figures
from docgen.studio.forms import Steps, shown
from docgen.studio.saving import Saver
from docgen.studio.session import Session, View
from docgen.studio.sheets import SheetStore
from tests.support.studio import CASE, CASE_FILE, FOLLOW_UP, FOLLOW_UP_FILE, POLICY, POLICY_FILE

_PLACES: tuple[tuple[str, str, Steps], ...] = (
    (CASE, CASE_FILE, ("title",)),
    (CASE, CASE_FILE, ("summary",)),
    (CASE, CASE_FILE, ("sections", "@solution", "text")),
    (CASE, CASE_FILE, ("sections", "@problem", "text")),
    (POLICY, POLICY_FILE, ("title",)),
    (FOLLOW_UP, FOLLOW_UP_FILE, ("title",)),
)
_WORDS = ("kommunen", "indkøb", "forvaltningen", "aftalen", "leverandøren", "prisen")
_PAGES_EACH = 10  # edits after which the pages are drawn, too
_UNIT = 2**20


class Day(Struct, frozen=True):
    """What came of some edits: how many MB the process had more at the end than when it was warm, and how long an edit
    took at the beginning and at the end, in seconds of processor time."""

    edits: int
    more: float
    first: float
    last: float

    @property
    def pace(self) -> float:
        """How much slower it was at the end."""
        return self.last / self.first


def long_day(folder: Path, edits: int, warm: int, seed: int = 30) -> Day:
    """Types, saves, shows, proof-reads and draws random words of a folder's documents, as the server does for a page;
    `warm` edits are made before anything is measured."""
    chance = random.Random(seed)
    session = Session(folder / "content", folder / "templates")
    taken: list[float] = []
    start = 0.0
    try:
        session.refresh()
        drafts = Drafts(session)
        saver, figures, sheets = Saver(session, drafts), Figures(), SheetStore()
        for number in range(warm + edits):
            if number == warm:
                start = _memory()
            before = time.process_time()
            view = _edit(session, drafts, saver, figures, chance)
            if number % _PAGES_EACH == 0:
                sheets.answer(view)
            taken.append(time.process_time() - before)
        tenth = max(_PAGES_EACH, edits // 10)
        measured = taken[warm:]
        return Day(edits, _memory() - start, _per_edit(measured[:tenth]), _per_edit(measured[-tenth:]))
    finally:
        session.close()


def _per_edit(seconds: list[float]) -> float:
    """What an edit takes, the median of each ten, so that one that draws pages is in all of them."""
    tens = [seconds[at : at + _PAGES_EACH] for at in range(0, len(seconds), _PAGES_EACH)]
    return median(sum(ten) / len(ten) for ten in tens)


def _edit(session: Session, drafts: Drafts, saver: Saver, figures: Figures, chance: random.Random) -> View:
    document, file, path = chance.choice(_PLACES)
    spot = drafts.spot(f"content/{file}", path)
    before = shown(spot.shape, spot.value)
    words = before.split(" ")
    words[chance.randrange(len(words))] = chance.choice(_WORDS)
    typed = Typed(f"content/{file}", path, before, " ".join(words))
    document_answer(session, drafts.view(document, Edition.PUBLIC, [typed]), figures)
    saver.save(typed)
    session.refresh()
    view = session.view(document, Edition.PUBLIC)
    document_answer(session, view, figures)
    finding_answers(session, view, session.findings(document))
    return view


def _memory() -> float:
    """The MB that the process has; where the system does not say, the most that it ever had."""
    status = Path("/proc/self/status")
    if status.is_file():
        found = re.search(r"^VmRSS:\s*(\d+) kB$", status.read_text("utf-8"), re.MULTILINE)
        if found:
            return int(found[1]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / _UNIT if sys.platform == "darwin" else most / 1024


class Killed(Struct, frozen=True):
    """What came of some saves that were killed: how many had written more by then, and what was not whole after."""

    times: int
    hit: int
    broken: tuple[str, ...]


def kill_saves(folder: Path, times: int, seed: int = 30) -> Killed:
    """Kills a process at random moments, again and again, while it saves one title after the other. To be called in a
    process with one thread. What a killed one leaves must be a title and all else as it was."""
    chance = random.Random(seed)
    session = Session(folder / "content", folder / "templates")
    session.refresh()
    path = folder / "content" / CASE_FILE
    rest = _without_title(path.read_bytes())
    there = {one.relative_to(folder) for one in (folder / "content/cases").rglob("*")}
    hit, broken = 0, []
    for number in range(times):
        session.refresh()
        heard, told = os.pipe()
        child = os.fork()
        if not child:
            _save_for_ever(session, told)
        os.close(told)
        os.read(heard, 1)
        before = path.read_bytes()
        time.sleep(chance.uniform(0.0, 0.08))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(heard)
        after = path.read_bytes()
        hit += after != before
        if _without_title(after) != rest or not re.search(rb"^title: .+$", after, re.MULTILINE):
            broken.append(f"gang {number}: filen er ikke hel")
    session.refresh()
    drafts = Drafts(session)
    last = drafts.spot(f"content/{CASE_FILE}", ("title",))
    saved = Saver(session, drafts).save(Typed(f"content/{CASE_FILE}", ("title",), str(last.value), "Til sidst"))
    left = {one.relative_to(folder) for one in (folder / "content/cases").rglob("*")} - there
    broken += [f"efterladt: {one}" for one in sorted(map(str, left))] + ([] if saved else ["kunne ikke gemme bagefter"])
    session.close()
    return Killed(times, hit, tuple(broken))


def interleave(folder: Path, saves: int, seed: int = 30) -> list[str]:
    """Saves in two studios of one folder, in turn as it happens, and says which fields have not what was saved last."""
    chance = random.Random(seed)
    sessions = [Session(folder / "content", folder / "templates") for _ in range(2)]
    pairs = []
    for session in sessions:
        session.refresh()
        drafts = Drafts(session)
        pairs.append((session, drafts, Saver(session, drafts)))
    said: dict[tuple[str, Steps], str] = {}
    for number in range(saves):
        session, drafts, saver = chance.choice(pairs)
        _, file, path = chance.choice(_PLACES)
        session.refresh()
        spot = drafts.spot(f"content/{file}", path)
        text = f"Gang {number}."
        saver.save(Typed(f"content/{file}", path, shown(spot.shape, spot.value), text))
        said[file, path] = text
    lost = []
    for session, drafts, _ in pairs:
        session.refresh()
        for (file, path), text in said.items():
            spot = drafts.spot(f"content/{file}", path)
            lost += [] if shown(spot.shape, spot.value) == text else [f"{file} {'.'.join(path)}"]
        session.close()
    return lost


def _save_for_ever(session: Session, told: int) -> None:
    """Saves one title after the other, and tells a pipe when the first is saved."""
    drafts = Drafts(session)
    saver = Saver(session, drafts)
    spot = drafts.spot(f"content/{CASE_FILE}", ("title",))
    before = str(spot.value)
    number = 0
    while True:
        number += 1
        saver.save(Typed(f"content/{CASE_FILE}", ("title",), before, f"Titel nummer {number}"))
        before = f"Titel nummer {number}"
        session.refresh()
        os.write(told, b"." if number == 1 else b"")


def _without_title(data: bytes) -> bytes:
    return re.sub(rb"^title: .*$", b"", data, count=1, flags=re.MULTILINE)
