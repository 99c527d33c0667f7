"""What is done with whole documents, as the page's buttons ask for it: the same functions as the commands call."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from docgen.build.folders import read_project
from docgen.build.options import BuildOptions
from docgen.build.selection import find_document
from docgen.commands import compare, import_files, pull
from docgen.commands import verify as verifying
from docgen.commands.build import build_documents
from docgen.commands.issue import IssueOptions, issue_document
from docgen.kinds.edition import Edition
from docgen.ledger import records as ledger
from docgen.ledger.reasons import reasons_against
from docgen.pipeline import Job
from docgen.pull.found import Pulled
from docgen.pull.home import Wishes
from docgen.structs import Struct, replace
from docgen.studio.answers import Answer
from docgen.studio.drafts import Drafts
from docgen.studio.homecomings import as_groups
from docgen.studio.new_items import proposed_id
from docgen.studio.saving import Saver
from docgen.studio.session import Session

_NAME = re.compile(r"[\w ().,-]{1,120}\.(?:docx|pdf|html?)", re.IGNORECASE)


class Wanted(Struct, frozen=True):
    """What a button asks for: of which document and edition, to which meeting, and with what file."""

    document: str = ""
    edition: Edition = Edition.PUBLIC
    meeting: str = ""
    with_annexes: bool = False
    name: str = ""
    data: bytes = b""
    kind: str = ""
    new_name: str = ""
    structural: bool = False
    dry_run: bool = True


class Done(Struct, frozen=True):
    """What was done, in lines for people; whether it is as it should be; the files that were written; the document
    that is new; and what a Word file brought, by what became of it."""

    lines: tuple[str, ...]
    well: bool = True
    files: tuple[str, ...] = ()
    document: str = ""
    groups: tuple[Answer, ...] = ()


class Works:
    """Builds, issues, verifies, compares, pulls and imports in the folders of a session. `progress` is told how many of
    how many documents are done."""

    def __init__(self, session: Session, progress: Callable[[int, int], None], saver: Saver) -> None:
        self._session, self._progress, self._saver = session, progress, saver
        self._drafts = Drafts(session)

    def run(self, name: str, wanted: Wanted) -> Done:
        """Does what a button is called. Raises KeyError for another, and DocgenError as the command does."""
        return {
            "build": self._build,
            "compare": self._compare,
            "hindrances": self._hindrances,
            "issue": self._issue,
            "verify": self._verify,
            "pull": self._pull,
            "import": self._import,
        }[name](wanted)

    @property
    def _folders(self) -> dict[str, Any]:
        workspace = self._session.workspace
        return {"content": workspace.content, "templates": workspace.templates}

    @property
    def _output(self) -> Path:
        return self._session.workspace.content.absolute().parent / "build"

    def _build(self, wanted: Wanted) -> Done:
        options = BuildOptions(
            **self._folders,
            output=self._output,
            documents=(self._known(wanted.document),),
            edition=wanted.edition,
            with_annexes=wanted.with_annexes,
        )
        report = build_documents(options, counted=self._progress)
        lines = [str(problem) for problem in (*report.problems, *report.notices)]
        files = tuple(_shown(path) for path in report.written)
        return Done(tuple(lines), not report.problems, files)

    def _compare(self, wanted: Wanted) -> Done:
        options = compare.CompareOptions(
            self._known(wanted.document), **self._folders, output=self._output, edition=wanted.edition
        )
        compared, paths = compare.write_comparison(options)
        lines = compare.as_lines(compared.entries) or ["Intet er ændret."]
        return Done(tuple(lines), True, tuple(_shown(path) for path in paths))

    def _hindrances(self, wanted: Wanted) -> Done:
        project = read_project(**self._folders)  # as it is on the disk now, which is what would be issued
        if problems := [*project.shared_problems(), *ledger.check_ledger(project.content_files)]:
            return Done(tuple(str(one) for one in self._session.named(problems)), False)
        job = Job(project, find_document(project, self._known(wanted.document)), wanted.edition)
        found = list(reasons_against(job, self._meeting(wanted)))
        return Done(tuple(str(one) for one in self._session.named(found)), not found)

    def _issue(self, wanted: Wanted) -> Done:
        options = IssueOptions(
            self._known(wanted.document),
            self._meeting(wanted),
            **self._folders,
            output=self._output,
            edition=wanted.edition,
        )
        issued = issue_document(options)
        record = issued.record
        words = "var allerede udstedt" if issued.again else "er udstedt"
        line = f"{record.title}, version {record.version}, {words} (post {record.number})."
        return Done((line,), True, tuple(_shown(path) for path in issued.written))

    def _verify(self, wanted: Wanted) -> Done:
        content = self._session.workspace.content
        if not wanted.data:
            verdicts = verifying.verify((), content, self._output)
        else:
            with _as_file(wanted) as path:
                verdicts = verifying.verify((path,), content, self._output)
        lines = [line for verdict in verdicts for line in verifying.as_text(verdict).split("\n")]
        return Done(tuple(_without_folder(lines, wanted)), verifying.exit_code(verdicts) == 0)

    def _pull(self, wanted: Wanted) -> Done:
        self._session.refresh()
        before = self._session.project.content_files
        with _as_file(wanted) as path:
            wishes = Wishes(structural=wanted.structural)
            options = pull.PullOptions((path,), **self._folders, wishes=wishes, dry_run=wanted.dry_run)
            found = pull.pull_files(options)
        lines = [line for one in found for line in pull.as_lines(one, dry_run=wanted.dry_run)]
        self._session.refresh()
        found = [self._own_names(one) for one in found]
        if not wanted.dry_run:
            self._note_written({change.file for one in found for change in one.changes}, before)
        groups = [group for one in found for group in as_groups(self._drafts, one)]
        well = not pull.in_conflict(found)
        return Done(tuple(_without_folder(lines, wanted)), well, (), found[0].document, tuple(groups))

    def _note_written(self, named: Iterable[str], before: Mapping[str, bytes]) -> None:
        """Puts what was brought home among what can be undone, a file at a time."""
        now = self._session.project.content_files
        for file in sorted(named):
            folder, _, inner = file.partition("/")
            if folder == "content" and inner.endswith(".yaml") and inner in before and inner in now:
                self._saver.note(file, before[inner], now[inner], f"Rettelser fra Word i {inner}")

    def _own_names(self, pulled: Pulled) -> Pulled:
        """What was pulled, its places as the session names them."""
        folder = self._session.workspace.content.as_posix()
        changes = [replace(one, file=re.sub(f"^{re.escape(folder)}/", "content/", one.file)) for one in pulled.changes]
        return replace(pulled, changes=tuple(changes))

    def _import(self, wanted: Wanted) -> Done:
        name = ""
        if wanted.kind:
            taken = {id.name for id in self._session.project.graph.documents if id.kind == wanted.kind}
            name = f"{wanted.kind}/{proposed_id(wanted.new_name or PurePosixPath(wanted.name).stem, taken)}"
        with _as_file(wanted) as path:
            imported = import_files.import_file(import_files.ImportOptions(path, name, **self._folders))
        lines = list(import_files.as_lines(imported))
        return Done(tuple(_without_folder(lines, wanted)), True, imported.files, imported.document)

    def _known(self, name: str) -> str:
        return str(self._session.view(name, Edition.PUBLIC).id)

    def _meeting(self, wanted: Wanted) -> str:
        kind, _, name = wanted.meeting.partition("/")
        if kind != "meeting" or not any(str(id) == wanted.meeting for id in self._session.project.graph.documents):
            raise KeyError(wanted.meeting)
        return name


@contextmanager
def _as_file(wanted: Wanted) -> Iterator[Path]:
    """What was dropped on the page, as a file of its name in a folder of its own, while it is used."""
    name = PureWindowsPath(PurePosixPath(wanted.name).name).name
    if not _NAME.fullmatch(name):
        raise ValueError(wanted.name)
    with tempfile.TemporaryDirectory(prefix="docgen-") as folder:
        path = Path(folder) / name
        path.write_bytes(wanted.data)
        yield path


def _without_folder(lines: Sequence[str], wanted: Wanted) -> list[str]:
    """Lines that name a file as the user does, and not where it lay for a moment."""
    if not wanted.name:
        return list(lines)
    return [re.sub(r"[^\s:]*docgen-[^\s/\\:]+[/\\]", "", line) for line in lines]


def _shown(path: Path) -> str:
    return path.as_posix()
