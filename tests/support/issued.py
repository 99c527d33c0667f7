"""What the tests of `docgen issue` and `docgen verify` have in common: a project, its commands, and a small ledger."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from docgen.cli.main import main
from docgen.commands.issue import IssueOptions
from docgen.kinds.edition import Edition
from docgen.ledger import records as ledger
from tests.faults.projects import MEETING
from tests.support.contents import REAL_POLICY

DISCUSSION = "case/orientering"


def options(project: Path, document: str = REAL_POLICY, edition: Edition = Edition.PUBLIC) -> IssueOptions:
    """What to issue of a project, to `MEETING`. In the examples one PDF is an annex that is closed here and open there,
    which somebody must confirm."""
    folders = (project / "content", project / "templates", project / "build")
    return IssueOptions(document, MEETING, *folders, edition, confirm="en prøve")


def run(project: Path, command: str, *arguments: str) -> Result:
    """A command with the folders of a project."""
    folders = ["--content", str(project / "content"), "--output", str(project / "build")]
    if command != "verify":  # it needs none
        folders += ["--templates", str(project / "templates")]
    return CliRunner().invoke(main, [command, *arguments, *folders])


def edit(project: Path, path: str, old: str, new: str) -> None:
    """Replaces words, which must be there, in a content file of a project."""
    place = project / "content" / path
    text = place.read_text("utf-8")
    assert old in text
    place.write_text(text.replace(old, new), "utf-8")


@cache
def small_ledger() -> dict[str, bytes]:
    """Three records of nothing much, and their head."""
    files: dict[str, bytes] = {}
    previous = ""
    for number in (1, 2, 3):
        texts: dict[str, Any] = dict.fromkeys(("title", "status", "meeting", "date", "text", "fingerprint"), "x")
        file = ledger.IssuedFile("issued/x.pdf", 1, "a" * 64)
        record = ledger.sealed(
            ledger.Record(
                number=number,
                document=f"policy/{number}",
                version="1.0",
                edition="public",
                files={"pdf": file},
                made_with={"typst": "0"},
                source={"files": {}},
                previous=previous,
                **texts,
            )
        )
        previous = record.hash
        files |= {record.path: ledger.to_json(record), ledger.HEAD: ledger.head(record)}
    return files
