"""`docgen pull`: what colleagues wrote in Word, brought home to YAML."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from docgen.build.bases import read_base
from docgen.build.folders import folder_names, read_project
from docgen.build.selection import find_document
from docgen.document_id import DocumentId, parse_id
from docgen.files import read_file, replace_together
from docgen.kinds.edition import Edition
from docgen.ledger.records import record_index
from docgen.ledger.versions import next_version
from docgen.pipeline import Job
from docgen.problems import ContentError, DocgenError, Origin, Problem
from docgen.project import Project
from docgen.pull.found import Change, Outcome, Pulled
from docgen.pull.home import Wishes, bring_home
from docgen.readers.docx.document import WordFile, read_word
from docgen.readers.docx.tracked import ACCEPTED, REJECTED, View
from docgen.structs import Struct, replace


class PullOptions(Struct, frozen=True):
    """What to bring home, one file after the other, and to where.

    `tracked` is `accept`, `reject`, or the author whose changes are taken. In a dry run nothing is written.
    """

    files: tuple[Path, ...]
    content: Path = Path("content")
    templates: Path = Path("templates")
    tracked: str = "accept"
    wishes: Wishes = Wishes()
    dry_run: bool = False


def pull_files(options: PullOptions, ask: Callable[[Sequence[Pulled]], bool] | None = None) -> list[Pulled]:
    """Brings each file home to what the ones before it made of the folder, and writes what became others: all, or none.

    `ask` is shown what was found where paragraphs wait to be asked for, and says whether they are to be written, too.
    Raises DocgenError, with nothing written, where a file cannot be read, is of no document of the folder, or of one
    that is issued.
    """
    with folder_names(options.content, options.templates):
        project = read_project(options.content, options.templates)
        if problems := project.shared_problems():
            raise ContentError(problems)
        found = _pull_each(project, options)
        waits = any(one.count(Outcome.STRUCTURE) for one in found)
        if ask is not None and waits and ask([_named(one, options.content) for one in found]):
            found = _pull_each(project, replace(options, wishes=replace(options.wishes, structural=True)))
        after = {name: data for one in found for name, data in one.files.items()}
        written = {name: data for name, data in after.items() if data != project.content_files[name]}
        if written and not options.dry_run:
            outputs = [(options.content / name, data) for name, data in sorted(written.items())]
            replace_together(outputs, {options.content / name: project.content_files[name] for name in written})
    return [_named(one, options.content) for one in found]


def _pull_each(project: Project, options: PullOptions) -> list[Pulled]:
    """What each file brings to what the ones before it made of a project."""
    found = []
    for path in options.files:
        pulled = _pull_one(project, path, options)
        if pulled.files:
            project = replace(project, content_files={**project.content_files, **pulled.files})
        found.append(pulled)
    return found


def _pull_one(project: Project, path: Path, options: PullOptions) -> Pulled:
    word = read_sent(path, options.tracked)
    document = document_of(project, word, path)
    job = Job(project, document, Edition(word.edition))
    _check_open(project, job, path)
    return bring_home(project, str(document), word, read_base(options.content, word.build), options.wishes)


def document_of(project: Project, word: WordFile, path: Path) -> DocumentId:
    """The document of the folder that a file says it is of."""
    try:
        given, _ = parse_id(word.document), Edition(word.edition)
    except ValueError:
        hint = "lav filen igen med docgen build, og skriv rettelserne ind i den"
        raise _refused(path, "filen er lavet, før docgen kunne hente rettelser hjem", hint) from None
    shown = {neutral: id for id, neutral in project.neutral.items()}
    own = shown.get(given.document, given.document)
    return find_document(project, str(DocumentId(own.kind, own.name, given.rendering)))


def _check_open(project: Project, job: Job, path: Path) -> None:
    """Refuses a document that is issued as it is: its words are final."""
    version = str(job.prepared.version)
    for edition in Edition:
        shown = Job(project, job.id, edition).shown_id
        if record_index(project).find(str(shown), version, edition.value) is not None:
            hint = f'begynd version {next_version(version)} først: docgen new version {job.id.document} "hvad er nyt"'
            raise _refused(path, f"{job.id} {version} er udstedt og kan ikke ændres", hint)


def read_sent(path: Path, tracked: str) -> WordFile:
    """A Word file that docgen made, in the view of its changes that `tracked` names. Raises DocgenError where it cannot
    be read, or is none."""
    word = _read(path, tracked)
    if not word.build:
        hint = "brug en fil, som docgen build har lavet, og som er gemt som .docx"
        raise _refused(path, "filen er ikke lavet af docgen, eller dens mærker er gået tabt", hint)
    return word


def _read(path: Path, tracked: str) -> WordFile:
    try:
        data = read_file(path)
    except OSError:
        raise _refused(path, "filen kan ikke læses", "tjek navnet") from None
    name = path.as_posix()
    if tracked in ("accept", "reject"):
        return read_word(name, data, ACCEPTED if tracked == "accept" else REJECTED)
    authors = {one.author for one in read_word(name, data).changes}
    named = next((one for one in sorted(authors) if one.lower() == tracked.lower()), None)
    if named is None:
        known = ", ".join(sorted(filter(None, authors))) or "ingen"
        raise _refused(path, f"ingen sporede ændringer er af {tracked}", f"skriv accept, reject eller en af: {known}")
    return read_word(name, data, View(author=named))


def _refused(path: Path, message: str, hint: str) -> DocgenError:
    return ContentError([Problem(Origin(path.as_posix()), message, hint)])


def _named(pulled: Pulled, content: Path) -> Pulled:
    """What was pulled, its places in the folder as the caller named it."""

    def own(file: str) -> str:
        folder, _, rest = file.partition("/")
        return f"{content.as_posix()}/{rest}" if folder == "content" and rest else file

    changes = tuple(replace(one, file=own(one.file)) for one in pulled.changes)
    remarks = tuple(replace(one, file=own(one.file)) for one in pulled.remarks)
    return replace(pulled, changes=changes, remarks=remarks)


def in_conflict(pulled: Sequence[Pulled]) -> bool:
    """Whether some change waits for a person to choose."""
    return any(one.count(Outcome.CONFLICT) for one in pulled)


_TITLES: Mapping[Outcome, tuple[str, str]] = {
    Outcome.WRITTEN: ("rettelse skrevet", "rettelser skrevet"),
    Outcome.ALREADY: ("står der allerede", "står der allerede"),
    Outcome.CONFLICT: ("i konflikt, ikke skrevet", "i konflikt, ikke skrevet"),
    Outcome.STRUCTURE: ("afsnit venter på --structural", "afsnit venter på --structural"),
    Outcome.SHARED: ("i fælles tekst, ikke skrevet", "i fælles tekst, ikke skrevet"),
    Outcome.TEMPLATE: ("i skabelonens ord, ikke skrevet", "i skabelonens ord, ikke skrevet"),
    Outcome.COMPUTED: ("i ord, docgen laver, ikke skrevet", "i ord, docgen laver, ikke skrevet"),
    Outcome.HOMELESS: ("uden plads i YAML, ikke skrevet", "uden plads i YAML, ikke skrevet"),
    Outcome.UNPROVED: ("kunne ikke bevises, ikke skrevet", "kunne ikke bevises, ikke skrevet"),
    Outcome.LOOKS: ("kun udseende, ikke skrevet", "kun udseende, ikke skrevet"),
    Outcome.SHOWN: ("vist, ikke skrevet", "vist, ikke skrevet"),
}


def as_lines(pulled: Pulled, *, dry_run: bool = False) -> Iterator[str]:
    """What a file brought, as lines for a terminal: each sort of outcome with its changes, then comments and what is
    not read."""
    yield f"{pulled.name} er {pulled.document}."
    if not pulled.changes:
        yield "Ingen ord er ændret."
    for outcome, titles in _TITLES.items():
        found = [one for one in pulled.changes if one.outcome is outcome]
        if found:
            title = titles[len(found) > 1]
            if dry_run and outcome is Outcome.WRITTEN:
                title = f"{title.split()[0]} ville blive skrevet"
            yield ""
            yield f"{len(found)} {title}:"
            for one in found:
                yield from _change_lines(one)
    if pulled.remarks:
        yield ""
        yield f"{len(pulled.remarks)} {'kommentar' if len(pulled.remarks) == 1 else 'kommentarer'}:"
        for remark in pulled.remarks:
            yield _where(remark.file, remark.line, remark.path) or "  uden plads i YAML"
            about = f" til ”{_cut(remark.about)}”" if remark.about else ""
            yield f"    {_who(remark.author, remark.date) or 'nogen'}{about}: {_one_line(remark.text)}"
    if pulled.left_out:
        yield ""
        yield "Ikke læst:"
        yield from (f"  {line}" for line in pulled.left_out)


def waiting_lines(found: Sequence[Pulled]) -> Iterator[str]:
    """The changes that wait to be asked for, as lines for a terminal, and the question."""
    waiting = [change for one in found for change in one.changes if change.outcome is Outcome.STRUCTURE]
    for change in waiting:
        yield from _change_lines(replace(change, note=change.note.partition("; ")[0] if ";" in change.note else ""))
    yield ""
    count = "1 afsnit eller punkt" if len(waiting) == 1 else f"{len(waiting)} afsnit og punkter"
    yield f"{count} er kommet til, slettet, flyttet, delt eller lagt sammen. Skriv det også i YAML? [j/N] "


def _change_lines(change: Change) -> Iterator[str]:
    place = _where(change.file, change.line, change.path)
    who = _who(change.by, change.date)
    yield (f"{place} ({who})" if who else place) if place else f"  {who or 'i Word-filen'}"
    if change.before == change.after:
        yield f"    ord:  {_one_line(change.before)}"
    else:
        yield f"    før:  {_one_line(change.before) or '(intet)'}"
        if change.mine:
            yield f"    din:  {_one_line(change.mine)}"
        yield f"    {'Word:' if change.mine else 'nu:  '} {_one_line(change.after) or '(slettet)'}"
    if change.note:
        yield f"    {change.note}"


def _where(file: str, line: int, path: tuple[str, ...]) -> str:
    if not file or not path:
        return ""
    return f"  {file}{f':{line}' if line else ''}  {'.'.join(path)}"


def _who(author: str, date: str) -> str:
    day, _, time = date.partition("T")
    parts = day.split("-")
    shown = f"{int(parts[2])}.{int(parts[1])}.{parts[0]}" if len(parts) == 3 and all(map(str.isdigit, parts)) else ""
    clock = f" kl. {time[:2]}.{time[3:5]}" if shown and time[:2].isdigit() and time[3:5].isdigit() else ""
    return ", ".join(filter(None, (author, shown + clock)))


_LONGEST = 300


def _one_line(text: str) -> str:
    words = " ⏎ ".join(" ".join(line.split()) for line in text.split("\n"))
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


def _cut(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else f"{words[:59]}…"
