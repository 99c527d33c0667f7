"""What is told of a build while it goes on: each file, how far it is, and everything that was noticed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from docgen.build.build_report import BuildReport, Length
from docgen.build.folders import with_folder_names
from docgen.build.options import BuildOptions
from docgen.document_id import DocumentId
from docgen.problems import Origin, Problem


class Reporter:
    """Fills in a `BuildReport`, and tells `progress` of each file and `counted` how many documents are done of how many
    that must be made, as far as that is known."""

    def __init__(
        self, options: BuildOptions, progress: Callable[[Path], None], counted: Callable[[int, int], None]
    ) -> None:
        self.report = BuildReport()
        self._options, self._progress, self._counted = options, progress, counted
        self._done, self._waiting, self._unread = 0, 0, 0  # renderings; documents that are not read yet

    def expect(self, documents: int) -> None:
        """So many documents must be read."""
        self._unread = documents

    def read(self, documents: int, renderings: int) -> None:
        """So many of these are read, and turned out to have so many renderings."""
        self._unread -= documents
        self._waiting += renderings

    def up_to_date(self, id: DocumentId) -> None:
        """A rendering need not be made."""
        self.report.unchanged.append(str(id))

    def skip(self) -> None:
        """One of the renderings that were waited for need not be made."""
        self._waiting -= 1

    def done(self) -> None:
        """One of the renderings that were waited for is made, or has failed."""
        self._waiting -= 1
        self._done += 1
        self._counted(self._done, self._done + self._waiting + self._unread)

    def built(self, id: DocumentId, paths: Iterable[Path]) -> None:
        """A rendering is made, and its files are in place."""
        self.report.built.append(str(id))
        for path in paths:
            self.report.written.append(path)
            self._progress(path)

    def tell(self, id: DocumentId, pages: float, limit: int, notices: Iterable[Problem]) -> None:
        """How long a rendering is, where it has a limit, and what is to know of it."""
        if limit:
            self.report.lengths.append(Length(str(id), pages, limit))
        self.report.notices += with_folder_names(notices, self._options.content, self._options.templates)

    def notice(self, path: Path, message: str, hint: str) -> None:
        """What is to know of a file in the output folder."""
        self.report.notices.append(Problem(Origin(path.as_posix()), message, hint))

    def note(self, problem: Problem) -> None:
        """What is to know of something else."""
        self.report.notices.append(problem)

    def fail(self, problems: Iterable[Problem]) -> None:
        """What is wrong."""
        self.report.problems += with_folder_names(problems, self._options.content, self._options.templates)

    def tell_elsewhere(self, problems: Iterable[Problem]) -> None:
        """What is not well beside the documents asked for."""
        self.report.elsewhere = tuple(with_folder_names(problems, self._options.content, self._options.templates))

    def remark(self, lines: Sequence[str]) -> None:
        """What the proof-reader says of a file."""
        self.report.remarks.extend(lines)
