"""`docgen import`: documents that the municipality already has, made into YAML."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from docgen.build.folders import folder_names, read_project
from docgen.content.types import IDENTIFIER_PATTERN, MAX_IDENTIFIER
from docgen.content.yaml_style import UnwritableError
from docgen.document_id import DocumentId, parse_id
from docgen.files import read_file, reason, replace_together
from docgen.importing.confined_pdf import pictures_confined
from docgen.importing.draft import Draft, Fields, Remark
from docgen.importing.drafts import KINDS_READ, draft_of, kind_of, plain_id
from docgen.importing.own_source import OwnSource, read_own, same_again, shared_yaml, source_in
from docgen.importing.pictures import used, with_pictures
from docgen.importing.read import Read
from docgen.importing.reading import read_any
from docgen.importing.review import counted, review_page, summary
from docgen.importing.unplaced import unplaced
from docgen.importing.yaml_files import yaml_files
from docgen.kinds.kind import Kind
from docgen.kinds.registry import KINDS
from docgen.problems import ContentError, Origin, OutputError, Problem
from docgen.project import Project
from docgen.structs import Struct, replace

_SAID = "Hentet fra {name} af docgen import. Se review.html igennem, og udfyld det, hvor der står UDFYLD."


class ImportOptions(Struct, frozen=True):
    """What to import, and as which document (`policy/x`; empty: what the file itself says it is). In a dry run nothing
    is written."""

    file: Path
    name: str = ""
    content: Path = Path("content")
    templates: Path = Path("templates")
    dry_run: bool = False


class Imported(Struct, frozen=True, kw_only=True):
    """What was imported: the document, the files that were written, what is to be looked at and where that is told.

    `exact` says that the file carried its own source, and `same` that this project makes the same bytes of it."""

    source: str
    document: str
    files: tuple[str, ...]
    review: str = ""
    draft: Draft = Draft(files={})
    exact: bool = False
    same: bool = False


def import_file(options: ImportOptions) -> Imported:
    """Makes the YAML of a document of a file, and a page of what to look at beside it. Nothing that exists is written
    over. Raises DocgenError, with nothing written, for a file that cannot be read, and for an id that exists."""
    name = options.file.as_posix()
    data = _read(options.file)
    wanted = _wanted(options.name)
    source = source_in(data)
    if source is not None:
        return _import_own(options, read_own(name, source, wanted))
    if wanted is None:
        hint = f"skriv --as SLAGS/ID, fx --as {'case' if 'case' in KINDS_READ else KINDS_READ[0]}/mit-navn"
        raise ContentError([Problem(Origin(name), "filen siger ikke selv, hvilket dokument den er", hint)])
    with folder_names(options.content, options.templates):
        project = read_project(options.content, options.templates)
        _check_free(project, wanted, options)
        if problems := project.shared_problems():
            raise ContentError(problems)
    read, images = with_pictures(read_any(name, data), wanted.name)
    today = datetime.date.today()  # noqa: DTZ011 (the day where the secretary sits)
    draft = _told(draft_of(wanted, read, project.content, today), read)
    shown, unused = used(images, [text for fields in draft.files.values() for _, text in texts(fields)])
    if unused:
        left_out = (*draft.left_out, f"{counted(unused, 'billede', 'billeder')}, som ikke står i en tekst")
        draft = replace(draft, left_out=left_out)
    _check_pictures(project, shown)
    files = _yaml(name, draft.files, _SAID.format(name=options.file.name))
    review = review_path(wanted)
    files_and_review = {
        **files,
        **shown,
        review: review_page(options.file.name, str(wanted), draft, _cuts(name, data, draft)),
    }
    _write(options, files_and_review)
    return Imported(
        source=name,
        document=str(wanted),
        files=tuple(f"{options.content.as_posix()}/{path}" for path in (*files, *shown)),
        review=f"{options.content.as_posix()}/{review}",
        draft=draft,
    )


def _check_pictures(project: Project, shown: Mapping[str, bytes]) -> None:
    """Raises ContentError where a picture of the project has the name of one of these."""
    if there := sorted(path for path in shown if path in project.content_files):
        hint = "vælg et andet id, eller flyt billedet"
        raise ContentError([Problem(Origin(f"content/{there[0]}"), "billedet findes allerede; intet er skrevet", hint)])


_MOST_CUTS = 80


def _cuts(name: str, data: bytes, draft: Draft) -> dict[int, bytes]:
    """A picture of the page round each doubtful place of a PDF, by its place among the remarks."""
    places = [(at, one.page, one.box) for at, one in enumerate(draft.remarks) if one.box is not None][:_MOST_CUTS]
    cuts = pictures_confined(name, data, [(page, box) for _, page, box in places])
    return {at: cut for (at, _, _), cut in zip(places, cuts, strict=True)}


def look(name: str, data: bytes, content: Path, templates: Path, kind: str = "") -> tuple[str, str, str, str]:
    """What a file is, before it is imported: the document that it says it is (empty: it says nothing), the kind that it
    looks like where none is given, its words, and the id that it would have by them (empty: any). Raises DocgenError
    for one that cannot be read."""
    source = source_in(data)
    if source is not None:
        own = read_own(name, source, None)
        words = " ".join(text for fields in own.draft.files.values() for _, text in texts(fields))
        return str(own.document), own.document.kind, words, ""
    read = read_any(name, data)
    with folder_names(content, templates):
        found = read_project(content, templates).content
        kind = kind or kind_of(read, found)
        return "", kind, read.letters, plain_id(kind, read, found, "")


def _import_own(options: ImportOptions, own: OwnSource) -> Imported:
    """The YAML of docgen's own file. A folder that has nothing gets what all share, and the templates, too."""
    name = options.file.as_posix()
    files = _yaml(name, own.draft.files, f"Hentet fra {options.file.name} af docgen import.")
    outputs: list[tuple[Path, bytes]] = []
    if not (options.content / "settings.yaml").exists():
        files |= {path: data for path, data in own.shared.items() if path.startswith("images/")} | shared_yaml(own)
        if not options.templates.exists():
            outputs = [(options.templates / path, data) for path, data in own.templates.items()]
        project = Project(files, own.templates)
    else:
        with folder_names(options.content, options.templates):
            project = read_project(options.content, options.templates)
            _check_free(project, own.document, options)
        files |= {
            path: data
            for path, data in own.shared.items()
            if path.startswith("images/") and path not in project.content_files
        }
    same = same_again(own, project, files)
    _write(options, files, outputs)
    return Imported(
        source=name,
        document=str(own.document),
        files=tuple(f"{options.content.as_posix()}/{path}" for path in files),
        exact=True,
        same=same,
        draft=own.draft,
    )


def _read(path: Path) -> bytes:
    if path.exists() and not path.is_file():
        raise OutputError([Problem(Origin(path.as_posix()), "det er ikke en almindelig fil", "giv en fil")])
    try:
        return read_file(path)
    except OSError as error:
        raise OutputError(
            [Problem(Origin(path.as_posix()), f"filen kan ikke læses ({reason(error)})", "ret stien")]
        ) from None


def _wanted(name: str) -> DocumentId | None:
    if not name:
        return None
    try:
        id = parse_id(name)
    except ValueError:
        id = DocumentId("", name)
    if id.kind not in KINDS or id.rendering:
        hint = f"skriv slags og id, fx {KINDS_READ[0]}/mit-navn; slagsen er en af {', '.join(KINDS_READ)}"
        raise ContentError([Problem(Origin(f"--as {name}"), f"'{name}' er ikke navnet på et dokument", hint)])
    if not re.fullmatch(IDENTIFIER_PATTERN, id.name) or len(id.name) > MAX_IDENTIFIER:
        hint = "brug a-z, 0-9 og bindestreg, fx stoejpolitik-2027"
        raise ContentError([Problem(Origin(f"--as {name}"), f"'{id.name}' kan ikke være et id", hint)])
    return id


def _check_free(project: Project, id: DocumentId, options: ImportOptions) -> None:
    """Raises ContentError where the document exists: an import never writes over anything."""
    kind = project.kinds[id.kind]
    there = [
        path
        for path in project.content_files
        if path.startswith((f"{kind.folder}/{id.name}.yaml", f"{kind.folder}/{id.name}/"))
    ]
    if there:
        hint = f"vælg et andet id, eller hent rettelser fra Word hjem med docgen pull {options.file.name}"
        raise ContentError([Problem(Origin(f"content/{there[0]}"), f"{id} findes allerede; intet er skrevet", hint)])


def _yaml(name: str, files: Mapping[str, Fields], said: str) -> dict[str, bytes]:
    try:
        return yaml_files(files, KINDS.values(), said)
    except UnwritableError as error:
        raise ContentError([Problem(Origin(name), error.message, error.hint)]) from None


def review_path(id: DocumentId, kinds: Mapping[str, Kind] = KINDS) -> str:
    """Where in the content folder the page lies that tells what to look at in an imported document."""
    kind = kinds[id.kind]
    return f"{kind.folder}/{id.name}/review.html" if len(kind.files) > 1 else f"{kind.folder}/{id.name}.review.html"


def _told(draft: Draft, read: Read) -> Draft:
    """A draft with what reading had to say: counts, doubts, what was left out, and letters that the source has not."""
    remarks = [*draft.remarks, *(_placed(one, draft.files) for one in read.remarks)]
    if added := _added_letters(draft.files, read.letters):
        shown = ", ".join(f"{letter} ({count})" for letter, count in sorted(added.items()))
        remarks.append(Remark(why=f"bogstaver, som kilden ikke har så mange af: {shown}"))
    said = [text for fields in draft.files.values() for _, text in texts(fields)]
    left_out = tuple(dict.fromkeys((*draft.left_out, *read.left_out, *unplaced(read.blocks, said))))
    return replace(draft, remarks=tuple(remarks), left_out=left_out, words=read.words, pages=read.pages)


def _placed(remark: Remark, files: Mapping[str, Fields]) -> Remark:
    """A remark with the field that its reading came to, where that is one alone."""
    words = remark.reading or remark.source
    places = [
        (file, path)
        for file, fields in files.items()
        for path, text in texts(fields)
        if words and words in " ".join(text.split())
    ]
    return replace(remark, file=places[0][0], path=places[0][1]) if len(places) == 1 else remark


def texts(value: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every text of some fields with its path, as places are written: a list's items by their ids."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from texts(inner, (*path, str(name)))
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            own = f"@{inner['id']}" if isinstance(inner, Mapping) and "id" in inner else str(number)
            yield from texts(inner, (*path, own))
    elif isinstance(value, str):
        yield path, value


_NO_WORDS = {"id", "kind", "status", "version", "file", "body", "part", "role"}


def _added_letters(files: Mapping[str, Fields], source: str) -> dict[str, int]:
    """The letters that a draft has more of than its source, but for what stands where that says nothing."""
    if not source:
        return {}
    written: Counter[str] = Counter()
    for fields in files.values():
        for path, text in texts(fields):
            if path[-1] not in _NO_WORDS and "UDFYLD" not in text:
                written.update(text)
    there = Counter(source)
    return {
        letter: count - there[letter]
        for letter, count in written.items()
        if letter in "æøåÆØÅ" and count > there[letter]
    }


def _write(options: ImportOptions, files: Mapping[str, bytes], more: Sequence[tuple[Path, bytes]] = ()) -> None:
    if not options.dry_run:
        replace_together([*((options.content / path, data) for path, data in sorted(files.items())), *more])


def as_lines(imported: Imported) -> Iterator[str]:
    """What was imported, as lines for a terminal."""
    yield f"{imported.source} er nu {imported.document}:"
    yield from (f"  {path}" for path in imported.files)
    if imported.exact:
        yield "Filen bar sin egen kilde, så intet er læst af siderne."
        if imported.same:
            yield "Bygget her giver den de samme bytes."
        else:
            yield "Oplysninger eller skabeloner er andre her end i filen; den bliver bygget med dem, der er her."
        return
    yield f"{summary(imported.draft)}."
    yield f"Se det igennem i {imported.review}"
