"""`docgen check`: problems in a folder, the proof-reader with its files and others, and fixed files put back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from docgen.build.elsewhere import not_well
from docgen.build.folders import read_project, with_folder_names
from docgen.build.names import in_folder
from docgen.build.selection import find_documents, full_names, problems_of_invalid, requested_documents
from docgen.commands import foresight
from docgen.content.content import Content
from docgen.files import read_file, reason, replace_together
from docgen.importing.review import counted, review_count
from docgen.kinds.registry import KINDS
from docgen.ledger import records as ledger
from docgen.pipeline import Job
from docgen.problems import DocgenError, Origin, OutputError, Problem
from docgen.project import Project
from docgen.proofing import proofread
from docgen.proofing.proofread import Chosen, Fix
from docgen.proofing.readers import UNREAD_ENDINGS
from docgen.proofing.rule import Finding, Severity
from docgen.structs import Struct, field

FILE_ENDINGS = (".docx", ".pdf", ".txt", ".md", *UNREAD_ENDINGS)


class CheckOptions(Struct, frozen=True):
    """What to check: `names` are documents, kinds, and files from elsewhere (by their ending); none means all
    documents. `chosen` are the rules to proof-read by, `fix` says whether what is safe is fixed in the files, and
    `dry_run` that it is only told."""

    names: tuple[str, ...] = ()
    content: Path = Path("content")
    templates: Path = Path("templates")
    chosen: Chosen = field(default_factory=Chosen)
    fix: bool = False
    dry_run: bool = False


class CheckReport(Struct, frozen=True):
    """Every problem, every finding that is left, what was fixed (or would be), the issued documents that could have
    been, what is not well beside the documents that were named, and what is only worth a word."""

    problems: tuple[Problem, ...] = ()
    findings: tuple[Finding, ...] = ()
    fixes: tuple[Fix, ...] = ()
    left_alone: tuple[str, ...] = ()
    elsewhere: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether nothing is wrong: no problem, and no finding that is an error."""
        return not self.problems and all(finding.rule.severity is not Severity.ERROR for finding in self.findings)


class _Checked(Struct, frozen=True):
    """Every problem of some documents, the content (None where it is invalid as such), the files they are written in
    (none: all), and what is not well elsewhere; `project` is what was read."""

    problems: tuple[Problem, ...]
    project: Project | None = None
    content: Content | None = None
    own: tuple[str, ...] = ()
    elsewhere: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()


def _uncounted(done: int, total: int) -> None:
    """Nobody is watching."""


def check(options: CheckOptions, counted: Callable[[int, int], None] = _uncounted) -> CheckReport:
    """Checks documents and files, and fixes what is safe where that is asked for. `counted` is told after each document
    how many are looked through of how many.

    Raises DocgenError with every file from elsewhere that cannot be read, or where a file cannot be written.
    """
    files = tuple(Path(name) for name in options.names if is_file(name))
    documents = tuple(name for name in options.names if not is_file(name))
    findings: list[Finding] = []
    problems: tuple[Problem, ...] = ()
    elsewhere = notices = tuple[Problem, ...]()
    fixes = _Fixes((), ())
    if documents or not files:
        found = _check_documents(options, documents, counted)
        findings = _proofread(found, options)
        if options.fix and found.project is not None:
            fixes = _fix(found.project, options, findings)
            if fixes.made and not options.dry_run:
                found = _check_documents(options, documents, counted)
                findings = _proofread(found, options)
        problems, elsewhere, notices = found.problems, found.elsewhere, found.notices
    if files:
        findings += _proofread_files(files, options)
    return CheckReport(problems, tuple(findings), fixes.made, fixes.left_alone, elsewhere, notices)


def check_content(content: Path, templates: Path, names: Sequence[str] = ()) -> tuple[Problem, ...]:
    """Every problem in the content and in the documents made of it; with `names` in those documents alone, and in what
    they are made of."""
    return _check_documents(CheckOptions(content=content, templates=templates), names, _uncounted).problems


def is_file(name: str) -> bool:
    """Whether an argument of `docgen check` is a file from elsewhere and not a document."""
    return name.lower().endswith(FILE_ENDINGS)


def _check_documents(options: CheckOptions, names: Sequence[str], counted: Callable[[int, int], None]) -> _Checked:
    problems: list[Problem] = []
    project: Project | None = None
    content: Content | None = None
    own: tuple[str, ...] = ()
    elsewhere: tuple[Problem, ...] = ()
    try:
        whole = read_project(options.content, options.templates)
        problems += whole.shared_problems()
        names = in_folder(names, options.content)
        documents = tuple(requested_documents(whole, names))
        project = whole.part_of(documents) if names else whole
        if names:
            own = tuple(path for document in documents for path in project.graph.written_in(document))
            elsewhere = not_well(whole, documents)
        content = project.content
        # One that is made of another that is at fault is told of that one's problems.
        problems += content.problems if not names or problems_of_invalid(content, full_names(whole, names)) else ()
        problems += ledger.check_ledger(project.content_files)
        found = find_documents(project, full_names(whole, names))
        for number, id in enumerate(found, 1):
            problems += foresight.problems_of(Job(project, id))
            counted(number, len(found))
    except DocgenError as error:
        problems += error.problems
    if problems and project is not None:
        problems += foresight.deeper_problems(project, own)
    named = DocgenError(with_folder_names(problems, options.content, options.templates)).problems
    read = project if content is not None else None
    notices = _notices(content, names) if content is not None else []
    notices += _unreviewed(whole, names) if project is not None else []
    beside = [tuple(with_folder_names(told, options.content, options.templates)) for told in (elsewhere, notices)]
    return _Checked(named, read, content, own, *beside)


def _notices(content: Content, names: Sequence[str]) -> list[Problem]:
    """What is worth a word in documents that are valid, in those that are named alone where some are."""
    chosen = {str(name).partition("@")[0] for name in names}
    return [
        notice
        for id, document in sorted(content.documents.items())
        if not chosen or any(name in (str(id), id.kind) or name.startswith(f"{id}/") for name in chosen)
        for notice in KINDS[id.kind].notices_with(document, content)
    ]


def _unreviewed(project: Project, names: Sequence[str]) -> list[Problem]:
    """A word on each import that nobody has looked through yet: its review lies beside it until somebody has."""
    found = []
    for path in project.content_files:
        if not path.endswith(("/review.html", ".review.html")):
            continue
        kind = next((one for one in project.kinds.values() if path.startswith(f"{one.folder}/")), None)
        name = path.split("/")[1].removesuffix(".review.html")
        if kind is None or (names and {kind.name, f"{kind.name}/{name}"}.isdisjoint(names)):
            continue
        count = review_count(project.content_files[path])
        shown = f"importen er ikke gennemgået: {counted(count, 'sted', 'steder')} at se på"
        found.append(
            Problem(Origin(f"content/{path}"), shown, "åbn siden, ret i YAML-filen, og slet siden, når alt er set")
        )
    return found


def _proofread(checked: _Checked, options: CheckOptions) -> list[Finding]:
    if checked.content is None:
        return []
    return proofread.read_content(checked.content, options.chosen, options.content.as_posix(), checked.own)


class _Fixes(Struct, frozen=True):
    """What was fixed, and the issued documents in which something could have been."""

    made: tuple[Fix, ...]
    left_alone: tuple[str, ...]


def _fix(project: Project, options: CheckOptions, findings: Sequence[Finding]) -> _Fixes:
    """Fixes in the folder's files what is safe of some findings in its content, but nothing that an issued version is
    made of: that says what was decided.

    Raises OutputError where a file cannot be written, or is another now than the one that was read; then none is.
    """
    outputs: list[tuple[Path, bytes]] = []
    before: dict[Path, bytes] = {}
    made: list[Fix] = []
    left_alone: list[str] = []
    content, folder, issued = project.content, options.content.as_posix(), issued_files(project)
    for file, wanted in proofread.by_file(findings).items():
        path = file.removeprefix(f"{folder}/")
        if path not in content.maps:
            continue
        data, fixes = proofread.fix(content.files[path], wanted, file)
        if fixes and path in issued:
            left_alone.append(issued[path])
        elif fixes:
            made += fixes
            outputs.append((options.content / path, data))
            before[options.content / path] = content.files[path]
    if not options.dry_run:
        replace_together(outputs, before)
    return _Fixes(tuple(made), tuple(dict.fromkeys(left_alone)))


def issued_files(project: Project) -> dict[str, str]:
    """The files of the documents whose version is issued, each with the document and version."""
    issued = {(record.document, record.version) for record in ledger.records(project.content_files)}
    found: dict[str, str] = {}
    for id, document in project.content.documents.items():
        version = str(getattr(document, "version", ""))
        names = {str(id), str(project.neutral.get(id, id))}
        if any(said == version and "/".join(name.split("/")[:2]) in names for name, said in issued):
            found |= dict.fromkeys(project.graph.written_in(id), f"{id} {version}")
    return found


def _proofread_files(files: Sequence[Path], options: CheckOptions) -> list[Finding]:
    """Findings in files from elsewhere, by the names and words of the content folder where there is one."""
    known = known_content(options)
    findings: list[Finding] = []
    problems: list[Problem] = []
    for path in files:
        try:
            findings += proofread.read_file(path.as_posix(), read_file(path), known, options.chosen)
        except OSError as error:
            problems.append(Problem(Origin(path.as_posix()), f"filen kan ikke læses ({reason(error)})", "ret stien"))
        except DocgenError as error:
            problems += error.problems
    if problems:
        raise OutputError(problems)
    return findings


def known_content(options: CheckOptions) -> Content | None:
    """The content whose names and words files from elsewhere are read by; None where there is none that can be read."""
    try:
        return read_project(options.content, options.templates).content
    except DocgenError:
        return None
