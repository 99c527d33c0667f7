"""`docgen compare`: what changed from one version of a document to another, as documents and as a list."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from pathlib import Path

from docgen import __version__
from docgen.build.bases import base_files, keep_bases, prune_bases
from docgen.build.cache import BuildCache
from docgen.build.folders import folder_names, read_project, with_folder_names
from docgen.build.names import issued_name
from docgen.build.revisions import read_revision
from docgen.build.selection import find_document
from docgen.commands.compare_files import Show, compare_files, is_word, write_files
from docgen.compare.entries import Entry, entries
from docgen.compare.redline import Sides, list_of_changes, redline
from docgen.compare.trees import Comparison, compare
from docgen.content.migrations import migrated_source
from docgen.document_id import DocumentId, parse_id
from docgen.files import read_file, replace_together
from docgen.kinds.edition import Edition
from docgen.ledger import records
from docgen.ledger.confined import tree_confined
from docgen.ledger.rebuild import issued_tree
from docgen.ledger.record import ISSUE
from docgen.pipeline import Job, base_of, theme_of
from docgen.problems import ContentError, DocgenError, Origin, Problem, WriterError
from docgen.project import Project
from docgen.structs import Struct, field, replace
from docgen.tree.document import Document
from docgen.writers.docx.carriers import Line, WayHome
from docgen.writers.formats import PDF, Format, Writing, default_formats

FOLDER = "compare"
"""Where comparisons lie in the output folder."""
_EDITIONS = {Edition.PUBLIC: "den åbne udgave", Edition.INTERNAL: "den interne udgave"}


class CompareOptions(Struct, frozen=True):
    """What to compare, from where, to where.

    `old` and `new` are each a document (`policy/x`: as the content folder has it), an issued version (`policy/x@1.0`)
    or a PDF that docgen made; or both are Word files from outside. Where `new` is empty it is the document of `old`,
    and `old`, where it names no version, the last one issued. `earlier` is a git revision or a folder: then `old` alone
    is compared, as it was there.
    `marked` says that the document is written with its changes marked, `listed` that the list of them is, as a document
    of its own.
    """

    old: str
    new: str = ""
    earlier: str = ""
    content: Path = Path("content")
    templates: Path = Path("templates")
    output: Path = Path("build")
    formats: tuple[Format, ...] = field(default_factory=default_formats)
    edition: Edition = Edition.PUBLIC
    marked: bool = True
    listed: bool = False


class Compared(Struct, frozen=True):
    """A comparison, what its two sides are called, and every change."""

    comparison: Comparison
    sides: Sides
    entries: tuple[Entry, ...]


class _Side(Struct, frozen=True):
    """One of the two documents: its tree, what it is called in a sentence and in a file's name, and its edition."""

    tree: Document
    shown: str
    short: str
    edition: Edition
    job: Job | None = None
    """What makes it, where it is the folder's own: its Word file may come back."""


def compare_documents(options: CompareOptions) -> Compared:
    """Compares two documents; nothing is written. Raises DocgenError where one of them is not there or is invalid, or
    they are two renderings of one document."""
    if files := _word_files(options):
        found = compare_files(*files, _project_of(options))
        return Compared(found.comparison, found.sides, entries(found.comparison))
    return _compared(*_sides(options))


def write_comparison(options: CompareOptions) -> tuple[Compared, list[Path]]:
    """Compares two documents and writes what changed: the new one with its changes marked, the list of them, or both.

    Returns the comparison and the files. Raises as `compare_documents`, and WriterError where a format cannot show it.
    """
    shown: list[tuple[Show, str]] = [(redline, "")] if options.marked else []
    shown += [(list_of_changes, "_changes")] if options.listed else []
    if files := _word_files(options):
        found, outputs = write_files(*files, _project_of(options), options.output, options.formats, shown)
        _put(outputs, options)
        compared = Compared(found.comparison, found.sides, entries(found.comparison))
        return compared, [path for path, _ in outputs]
    old, new, project = _sides(options)
    compared = _compared(old, new, project)
    source = _source(compared, options.edition)
    build = hashlib.sha256(source).hexdigest()[:8]
    stem = f"{FOLDER}/{new.tree.id}_{_file_part(old, new)}_{new.short}"
    outputs = []
    problems: list[Problem] = []
    bases: dict[str, bytes] = {}
    for show, ending in shown:
        document = show(compared.comparison, compared.sides, build)
        theme = theme_of(project, document)
        kept: list[Line] = []
        way_home = new.job.way_home(kept.extend) if new.job is not None and show is redline else WayHome()
        writing = Writing(document, theme, project.template_files, lambda: source, project.font_directories, way_home)
        for format in options.formats:
            path = options.output / f"{stem}{ending}{options.edition.suffix}.{format.name}"
            try:
                outputs.append((path, format.begin(writing)()))
            except WriterError as error:
                problems += error.problems
        if new.job is not None and kept:
            bases |= base_files(base_of(new.job, tuple(kept), document.fingerprint))
    if problems:
        raise WriterError(with_folder_names(problems, options.content, options.templates))
    _put(outputs, options)
    keep_bases(options.content, bases)
    prune_bases(options.content, len(bases))
    return compared, [path for path, _ in outputs]


def _put(outputs: list[tuple[Path, bytes]], options: CompareOptions) -> None:
    known = BuildCache(options.output)
    known.add_other(outputs)
    replace_together([*outputs, *known.files()])


def _word_files(options: CompareOptions) -> tuple[Path, Path] | None:
    """The two Word files that are to be compared; None where neither is one. Raises ContentError where one is."""
    if not (is_word(options.old) or is_word(options.new)):
        return None
    if options.earlier or not (is_word(options.old) and is_word(options.new)):
        name = options.old if is_word(options.old) else options.new
        hint = "skriv to Word-filer: docgen compare før.docx nu.docx"
        raise ContentError([Problem(Origin(name), "en Word-fil sammenlignes kun med en anden Word-fil", hint)])
    return Path(options.old), Path(options.new)


def _project_of(options: CompareOptions) -> Project:
    with folder_names(options.content, options.templates):
        project = read_project(options.content, options.templates)
        if problems := project.shared_problems():
            raise ContentError(problems)
        return project


def _compared(old: _Side, new: _Side, project: Project) -> Compared:
    own, other = parse_id(new.tree.id), parse_id(old.tree.id)
    if own.document == other.document and own.rendering != other.rendering:
        message = f"{old.tree.id} og {new.tree.id} er den samme sag til to udvalg"
        raise ContentError([Problem(Origin(old.tree.id), message, "sammenlign det samme udvalgs papir i to versioner")])
    comparison = compare(old.tree, new.tree)
    same = own.document == other.document
    names = [side.shown if same else f"{side.tree.running_title} ({side.shown})" for side in (old, new)]
    return Compared(comparison, Sides(names[0], names[1]), entries(comparison))


def _file_part(old: _Side, new: _Side) -> str:
    """What the old side is called in a file's name, with its own name where it is another document."""
    before, now = parse_id(old.tree.id), parse_id(new.tree.id)
    return old.short if before.document == now.document else f"{_slug(before.name)}-{old.short}"


def _source(compared: Compared, edition: Edition) -> bytes:
    """What a comparison was made of; it carries no content, for it is no version of a document."""
    trees = {"old": compared.comparison.old, "new": compared.comparison.new}
    made_of = {side: {"document": tree.id, "build": tree.fingerprint} for side, tree in trees.items()}
    found = {"docgen": __version__, "edition": edition.value, "comparison": made_of}
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


# -- the two sides --------------------------------------------------------------------------------------------------


def _sides(options: CompareOptions) -> tuple[_Side, _Side, Project]:
    with folder_names(options.content, options.templates):
        project = read_project(options.content, options.templates)
        if problems := project.shared_problems():
            raise ContentError(problems)
        if options.earlier:
            id = find_document(project, options.new or options.old)
            return _earlier(id, options, project), _side(str(id), project, options), project
        given = options.old
        if not options.new and "@" not in given and not _is_file(given):
            given = _last_issued(given, project, options)
        old = _side(given, project, options)
        new = _side(options.new or (old.tree.id if _is_file(given) else given.partition("@")[0]), project, options)
        for name, side in ((given, old), (options.new, new)):
            if side.edition is not options.edition:  # what is closed in one would come back as deleted in the other
                message = f"{side.shown} er {_EDITIONS[side.edition]}, og to udgaver sammenlignes ikke"
                raise ContentError([Problem(Origin(name), message, f"skriv --edition {side.edition}")])
        return old, new, project


def _is_file(name: str) -> bool:
    return name.lower().endswith(".pdf")


def _side(name: str, project: Project, options: CompareOptions) -> _Side:
    if _is_file(name):
        tree, edition = _tree_of_pdf(Path(name), project)
        return _Side(tree, f"filen {Path(name).name}", _slug(Path(name).stem), edition)
    if "@" in name:
        full = issued_name(project, name, options.content)
        version = full.partition("@")[2]
        tree = issued_tree(project, full, options.edition)
        return _Side(tree, f"version {version}", f"v{_slug(version)}", options.edition)
    job = Job(project, find_document(project, name), options.edition)
    return _Side(job.tree, "mappens tekst", "now", options.edition, job)


def _last_issued(name: str, project: Project, options: CompareOptions) -> str:
    id = str(find_document(project, name))
    found = [one for one in records.records(project.content_files) if one.type == ISSUE and one.document == id]
    found = [one for one in found if one.edition == options.edition.value]
    if not found:
        hint = "skriv to dokumenter, eller en tidligere udgave i git: --old HEAD~1"
        raise ContentError([Problem(Origin(name), "ingen version af dokumentet er udstedt", hint)])
    return f"{id}@{found[-1].version}"


def _tree_of_pdf(path: Path, project: Project) -> tuple[Document, Edition]:
    """The tree of a PDF, and its edition: as it was issued, where the ledger has that file, else made of the source
    that it carries."""
    try:
        data = read_file(path)
    except OSError:
        raise ContentError([Problem(Origin(str(path)), "filen kan ikke læses", "tjek navnet")]) from None
    own = hashlib.sha256(data).hexdigest()
    for record in records.records(project.content_files):
        if record.type == ISSUE and any(file.sha256 == own for file in record.files.values()):
            edition = Edition(record.edition)
            return issued_tree(project, f"{record.document}@{record.version}", edition), edition
    inside = PDF.look_inside(data)
    if inside is None or inside.source is None:
        hint = "brug en PDF, som docgen har lavet"
        why = inside.unreadable if inside is not None else ""
        raise ContentError([Problem(Origin(str(path)), why or "filen har ingen kilde", hint)])
    return tree_confined(inside.source, project.font_directories)


def _earlier(id: DocumentId, options: CompareOptions, project: Project) -> _Side:
    """A document as it was in another folder or at a git revision."""
    name = options.earlier
    folder = Path(name)
    try:
        if folder.is_dir():
            inside = folder / "content"
            content = inside if inside.is_dir() else folder
            templates = folder / "templates" if (folder / "templates").is_dir() else options.templates
            before = read_project(content, templates)
        else:
            before = _at_revision(name, options, project)
        tree = Job(before, id, options.edition).tree
    except KeyError:
        raise ContentError([Problem(Origin(name), f"{id} er der ikke", "vælg en senere udgave")]) from None
    except DocgenError as error:
        moved = [
            one
            if one.origin.file == name
            else replace(one, origin=replace(one.origin, file=f"{name}:{one.origin.file}"))
            for one in error.problems
        ]
        raise ContentError(moved) from None
    return _Side(tree, f"teksten i {name}", _slug(name), options.edition)


def _at_revision(revision: str, options: CompareOptions, project: Project) -> Project:
    files = {f"content/{path}": data for path, data in read_revision(options.content, revision).items()}
    try:
        made_with = read_revision(options.templates, revision)
    except ContentError:
        made_with = {}
    used = made_with or project.template_files
    found = migrated_source(files | {f"templates/{path}": data for path, data in used.items()})

    def part(folder: str) -> dict[str, bytes]:
        return {path.removeprefix(folder): data for path, data in found.items() if path.startswith(folder)}

    return Project(part("content/"), part("templates/"), project.font_directories, archive=project.archive)


def _slug(text: str) -> str:
    return re.sub(r"[^\w.-]+", "-", text, flags=re.ASCII).strip("-.") or "x"


def as_lines(found: Sequence[Entry]) -> list[str]:
    """Changes as lines for a terminal."""
    lines = []
    for entry in found:
        where = " › ".join(filter(None, (entry.chapter, entry.where)))
        lines.append(f"{entry.number}. {entry.sort.value}" + (f" · {where}" if where else ""))
        lines += [f"   {word} {text}" for word, text in (("før:", entry.before), ("nu: ", entry.now)) if text]
    return lines
