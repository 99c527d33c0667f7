"""What can be wrong, and where: the values that every stage returns or raises.

The tree of errors (all exit with code 1, see `docgen.cli.main`):

    DocgenError
      + ContentError    a file in `content/` is at fault
      + TemplateError   a file in `templates/` is at fault
      + WriterError     a document cannot be written in a format
      + OutputError     a file or folder cannot be read or written
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from docgen.structs import Struct


class Origin(Struct, frozen=True):
    """A place that a person wrote: file, line and column (both from 1; 0 = not known), and the YAML path.

    `path` holds mapping keys and, for list items, `@id` where the item has an id, else its position.
    """

    file: str
    line: int = 0
    column: int = 0
    path: tuple[str, ...] = ()

    def __str__(self) -> str:
        """`file:line:column`, shortened by what is not known."""
        if not self.line:
            return self.file
        if not self.column:
            return f"{self.file}:{self.line}"
        return f"{self.file}:{self.line}:{self.column}"


def elsewhere(other: Origin, here: Origin) -> str:
    """The second place of a problem that is told at `here`, as its message ends with it: ` (se linje 4)`, or
    ` (se cases/x.yaml:4)` in another file of the same folder; nothing where they are one line, or it is not known."""
    if not other.line or (other.file, other.line) == (here.file, here.line):
        return ""
    if other.file == here.file:
        return f" (se linje {other.line})"
    return f" (se {other.file.partition('/')[2]}:{other.line})"


def printable(text: str) -> str:
    """A text that is safe to show on a terminal: a no-break space is a space, a control character is U+FFFD."""
    plain = text.replace("\N{NO-BREAK SPACE}", " ")
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in plain)


def printable_json(value: object) -> str:
    """Plain data as JSON in lines; what could tell a terminal something, or is half a character, is escaped."""
    shown = json.dumps(value, ensure_ascii=False, indent=2)
    return re.sub(r"[^\n -~]", lambda sign: sign[0] if sign[0].isprintable() else json.dumps(sign[0])[1:-1], shown)


def github_command(level: str, properties: Iterable[tuple[str, object]], message: str) -> str:
    """A workflow command of GitHub Actions in one line, whatever its parts hold (docs.github.com, "Workflow commands").

    `level` is error, warning or notice.
    """

    def escaped(value: object) -> str:
        return printable(str(value)).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")

    named = ",".join(f"{name}={escaped(value)}" for name, value in properties)
    return f"::{level} {named}::{printable(message).replace('%', '%25')}"


class Problem(Struct, frozen=True):
    """One thing that is wrong: where, what, and what would be right (both sentences in Danish, without a final dot)."""

    origin: Origin
    message: str
    hint: str = ""

    def __str__(self) -> str:
        """One line: `file:line:column: what is wrong; what would be right`, safe to print on a terminal."""
        text = f"{self.origin}: {self.message}" + (f"; {self.hint}" if self.hint else "")
        return printable(text)

    def as_json(self) -> dict[str, object]:
        """The same as plain data, with the keys file, line, column, path, message and hint."""
        return {
            "file": self.origin.file,
            "line": self.origin.line,
            "column": self.origin.column,
            "path": list(self.origin.path),
            "message": self.message,
            "hint": self.hint,
        }

    def as_github(self) -> str:
        """A workflow command that GitHub shows at the line."""
        place = [("file", self.origin.file), ("line", max(self.origin.line, 1)), ("col", max(self.origin.column, 1))]
        return github_command("error", place, self.message + (f"; {self.hint}" if self.hint else ""))


class DocgenError(Exception):
    """Something that the user can fix; carries every problem found, in the order of files and lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(
            sorted(dict.fromkeys(problems), key=lambda p: (p.origin.file, p.origin.line, p.origin.column))
        )
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type[DocgenError], tuple[tuple[Problem, ...]]]:
        """How it comes home from another process: with its problems, not with the words that these become."""
        return type(self), (self.problems,)


class ContentError(DocgenError):
    """A file in the content folder is at fault."""


class TemplateError(DocgenError):
    """A file in the templates folder is at fault."""


class WriterError(DocgenError):
    """A document cannot be written in the format asked for."""


class OutputError(DocgenError):
    """A file or folder cannot be read or written."""
