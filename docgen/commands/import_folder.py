"""`docgen import FOLDER`: all documents of a folder, each by itself; what was imported before is left alone."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from html import escape
from pathlib import Path

from docgen.build.workers import count
from docgen.commands.import_files import ImportOptions, import_file, look
from docgen.files import is_ignored, read_file, reason, replace_together
from docgen.importing.identifiers import Identifiers
from docgen.importing.review import counted, summary
from docgen.importing.similar import likeness, sample_of
from docgen.problems import DocgenError, Origin, OutputError, Problem
from docgen.structs import Struct

_ENDINGS = (".pdf", ".docx", ".html", ".htm", ".txt", ".md")
_BEST_FIRST = (".docx", ".html", ".htm", ".pdf", ".txt", ".md")
"""Which of several files with the same words is read: the one that says most of its form."""
_SAME, _LIKE = 0.9, 0.5


class FolderOptions(Struct, frozen=True):
    """What to import: a folder, and which kind its files are (empty: each is asked). `jobs` files are read at a time
    (0: as many as there are cores)."""

    folder: Path
    kind: str = ""
    content: Path = Path("content")
    templates: Path = Path("templates")
    jobs: int = 0
    dry_run: bool = False
    report: Path = Path("import.html")


class Entry(Struct, frozen=True):
    """What became of a file: the document that it is (empty: none), in a word what happened, and what is to say."""

    file: str
    document: str
    outcome: str
    words: str


class _Found(Struct, frozen=True):
    """A file that was looked at: its bytes' hash, what it says of itself, a sample of its words, what is wrong, and the
    name that its document should have (empty: the file's)."""

    path: Path
    hash: str
    document: str = ""
    kind: str = ""
    sample: tuple[int, ...] = ()
    problem: str = ""
    name: str = ""


NEW, THERE, TWIN, REFUSED = "hentet", "findes allerede", "samme dokument", "ikke læst"


def import_folder(options: FolderOptions, counted: Callable[[int, int], None]) -> list[Entry]:
    """Imports each file; `counted` is told how many are done. One that cannot be read stops
    no other. Writes the report. Raises OutputError where there is no such folder, or nothing in it to import."""
    paths = sorted(_files(options.folder))
    if not paths:
        hint = f"giv en mappe med filer, der ender på {', '.join(_ENDINGS)}"
        raise OutputError([Problem(Origin(options.folder.as_posix()), "der er intet at hente i mappen", hint)])
    with ThreadPoolExecutor(count(options.jobs, len(paths))) as pool:  # a PDF is read in a process of its own
        looked = list(pool.map(partial(_look, options), paths))
    entries: list[Entry] = []
    taken: list[_Found] = []
    ids = Identifiers()
    order = sorted(looked, key=_rank)
    for number, found in enumerate(order, 1):
        entries.append(_one(options, found, taken, ids))
        counted(number, len(order))
    entries.sort(key=lambda one: one.file)
    if not options.dry_run:
        replace_together([(options.report, _report(options, entries))])
    return entries


def _files(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        raise OutputError([Problem(Origin(folder.as_posix()), "mappen findes ikke", "ret stien")])
    for path in folder.rglob("*"):
        inside = path.relative_to(folder).parts
        wanted = path.suffix.lower() in _ENDINGS and not any(map(is_ignored, inside))
        if wanted and path.is_file() and not path.is_symlink():
            yield path


def _rank(found: _Found) -> tuple[bool, bool, int, int, Path]:
    """What is read first: docgen's own files, then policies, which follow-ups are on, then those that say most of their
    form, then the plainest name."""
    path = found.path
    return not found.document, found.kind == "follow-up", _BEST_FIRST.index(path.suffix.lower()), len(path.name), path


def _look(options: FolderOptions, path: Path) -> _Found:
    try:
        data = read_file(path)
    except OSError as error:
        return _Found(path, "", problem=f"filen kan ikke læses ({reason(error)})")
    digest = hashlib.sha256(data).hexdigest()
    try:
        document, kind, words, name = look(path.as_posix(), data, options.content, options.templates, options.kind)
    except DocgenError as error:
        told = error.problems[0]
        return _Found(path, digest, problem=f"{told.message}; {told.hint}" if told.hint else told.message)
    return _Found(path, digest, document, kind, sample_of(words), name=name)


def _one(options: FolderOptions, found: _Found, taken: list[_Found], ids: Identifiers) -> Entry:
    name = found.path.relative_to(options.folder).as_posix()
    if found.problem:
        return Entry(name, "", REFUSED, found.problem)
    for other in taken:
        same = found.hash == other.hash or likeness(found.sample, other.sample) >= _SAME
        if same and (not found.document or found.document == other.document):
            return Entry(name, "", TWIN, f"det samme står i {other.path.relative_to(options.folder).as_posix()}")
    like = [other for other in taken if likeness(found.sample, other.sample) >= _LIKE]
    taken.append(found)
    own = found.name or _plain_name(found.path.stem)
    id = found.document or f"{found.kind}/{ids.give(own, few=False, otherwise='dokument')}"
    try:
        made = import_file(ImportOptions(found.path, id, options.content, options.templates, options.dry_run))
    except DocgenError as error:
        told = error.problems[0]
        outcome = THERE if "findes allerede" in told.message else REFUSED
        return Entry(name, id, outcome, "" if outcome == THERE else f"{told.message}; {told.hint}")
    said = "filen bar sin egen kilde" if made.exact else summary(made.draft)
    if like:
        said += f"; ligner {like[0].path.relative_to(options.folder).as_posix()}, måske en anden version"
    return Entry(name, made.document, NEW, said)


def _plain_name(stem: str) -> str:
    """A file's name without what only tells its versions apart."""
    return re.sub(r"[\s_-]*(?:kopi|copy|final|endelig|\(\d+\))$", "", stem, flags=re.IGNORECASE) or stem


def as_lines(entries: Sequence[Entry], report: Path) -> Iterator[str]:
    """What became of all files, as lines for a terminal."""
    for one in entries:
        where = f" → {one.document}" if one.document else ""
        yield f"{one.file}{where}: {one.outcome}" + (f" ({one.words})" if one.words else "")
    yield f"{_totals(entries)}. Det hele står i {report.as_posix()}"


def _totals(entries: Sequence[Entry]) -> str:
    shown = [(outcome, sum(one.outcome == outcome for one in entries)) for outcome in (NEW, THERE, TWIN, REFUSED)]
    files = counted(len(entries), "fil", "filer")
    return f"{files}: " + ", ".join(f"{number} {outcome}" for outcome, number in shown if number)


def _report(options: FolderOptions, entries: Sequence[Entry]) -> bytes:
    """The report as a page, with a row for each file."""
    rows = [
        f'<tr><th scope="row">{escape(one.file)}</th><td>{escape(one.document)}</td><td>{escape(one.outcome)}</td>'
        f"<td>{escape(one.words)}</td></tr>"
        for one in entries
    ]
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Fil", "Dokument", "Hvad der skete", "Om det"))
    title = f"Hentet fra {escape(options.folder.name)}"
    lines = [
        "<!DOCTYPE html>",
        '<html lang="da"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>",
        "<style>body{font:1.05rem/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}",
        "table{border-collapse:collapse;width:100%}th,td{border:1px solid #767676;padding:.4rem .6rem;text-align:left;",
        "vertical-align:top;overflow-wrap:anywhere}</style></head>",
        f"<body><main><h1>{title}</h1><p>{escape(_totals(entries))}.</p>",
        f"<table><thead><tr>{heads}</tr></thead><tbody>",
        *rows,
        "</tbody></table></main></body></html>",
        "",
    ]
    return "\n".join(lines).encode()
