"""`docgen pull --comments`: what was answered in a hearing, collected from Word files into a hearing note."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence

from docgen.build.bases import read_base
from docgen.build.folders import folder_names, read_project
from docgen.commands.pull import PullOptions, document_of, read_sent
from docgen.content.types import IDENTIFIER_PATTERN
from docgen.files import replace_together
from docgen.kinds.edition import Edition
from docgen.pipeline import Job
from docgen.problems import ContentError, Origin, OutputError, Problem
from docgen.project import Project
from docgen.pull.draft import Place
from docgen.pull.hearing import Asked, Given, answers_in, with_answers
from docgen.pull.home import bring_home
from docgen.readers.docx.document import WordFile
from docgen.structs import Struct
from docgen.writers.docx.base_text import Base


class Collected(Struct, frozen=True):
    """What was collected: by name of a file how many answers it has, how many of all are new, how many are about what
    is closed and so left out, and the file that they are in."""

    files: tuple[tuple[str, int], ...]
    new: int
    closed: int
    path: str


def collect_answers(options: PullOptions, into: str, day: datetime.date) -> Collected:
    """Puts the comments and proposals of Word files into `hearings/<into>.yaml`, which is made where there is none
    and then dated `day`; in a dry run nothing is written.

    Raises DocgenError, with nothing written, where a file cannot be read or is of no document of the folder.
    """
    if not re.fullmatch(IDENTIFIER_PATTERN, into):
        hint = "brug a-z, 0-9 og bindestreg, fx --into indkoebspolitik"
        raise OutputError([Problem(Origin("--into"), f"'{into}' kan ikke være et navn", hint)])
    name = f"hearings/{into}.yaml"
    with folder_names(options.content, options.templates):
        project = read_project(options.content, options.templates)
        if problems := project.shared_problems():
            raise ContentError(problems)
        asked: Asked | None = None
        given: list[Given] = []
        told, closed = [], 0
        for path in options.files:
            word = read_sent(path, options.tracked)
            job = Job(project, document_of(project, word, path), Edition(word.edition))
            if asked is None:
                asked = Asked(job.id.document, job.prepared.title, day.isoformat())
            found = list(_answers(options, project, job, word, options.wishes.author or path.stem))
            own = [one for one in found if one is not None]
            closed += len(found) - len(own)
            told.append((path.as_posix(), len(own)))
            given += own
        assert asked is not None
        before = project.content_files.get(name)
        data, new = with_answers(f"content/{name}", before, asked, given)
        if new and not options.dry_run:
            replace_together(
                [(options.content / name, data)], {} if before is None else {options.content / name: before}
            )
    return Collected(tuple(told), new, closed, f"{options.content.as_posix()}/{name}")


def _answers(options: PullOptions, project: Project, job: Job, word: WordFile, name: str) -> Iterator[Given | None]:
    kept = read_base(options.content, word.build)
    pulled = bring_home(project, str(job.id), word, kept, options.wishes)
    base = kept or Job(project, job.id, job.edition, draws=False).base
    yield from answers_in(word, pulled, base, name, _open_places(project, job, base))


def _open_places(project: Project, job: Job, base: Base) -> set[Place] | None:
    """The places that show the same in the public edition; None for a file that is public itself."""
    if job.edition is Edition.PUBLIC:
        return None
    public = _shown(Job(project, job.id, Edition.PUBLIC, draws=False).base)
    return {place for place, words in _shown(base).items() if words <= public.get(place, set())}


def _shown(base: Base) -> dict[Place, set[str]]:
    """By place what stands in the lines that show it."""
    found: dict[Place, set[str]] = {}
    for line in base.lines:
        for part in line.entry.spans:
            found.setdefault((part.file, part.path), set()).add(line.text[part.start : part.end])
    return found


def as_lines(found: Collected, into: str, *, dry_run: bool = False) -> Sequence[str]:
    """What was collected, as lines for a terminal."""
    total = sum(count for _, count in found.files)
    lines = [f"{name}: {count} svar" for name, count in found.files]
    lines.append(f"{found.new} svar {'ville blive lagt' if dry_run else 'er lagt'} i {found.path}.")
    if known := total - found.new:
        lines.append(f"{known} stod der allerede eller er ens.")
    if found.closed:
        lines.append(f"{found.closed} om lukkede passager er ikke taget med; læs dem med docgen pull.")
    if found.new:
        lines.append("Navnene står kun i den interne udgave; skriv private: false ved organisationer og myndigheder.")
        lines.append(f"Skriv answer ved hvert svar, og kør: docgen build hearing-note/{into}")
    return lines
