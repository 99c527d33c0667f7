"""Which documents a document is made of, and so which are at fault because another is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from docgen.kinds.case.model import Case
from docgen.kinds.follow_up.model import FollowUp
from docgen.kinds.meeting.model import Meeting, all_items
from docgen.problems import Origin, Problem

FOLDERS = {
    "policies": "policy",
    "cases": "case",
    "meetings": "meeting",
    "follow_ups": "follow-up",
    "guides": "guide",
}
"""The folders of the documents, with the kind of document that each holds."""


def document_of(path: str) -> str | None:
    """The document that a content file belongs to (`cases/x.yaml` -> `case/x`), also one that has no place there; None
    for a file that documents share, or that belongs nowhere."""
    folder, _, rest = path.partition("/")
    return f"{FOLDERS[folder]}/{rest.partition('/')[0].removesuffix('.yaml')}" if folder in FOLDERS and rest else None


def written_documents(paths: Collection[str], kind: str) -> list[str]:
    """The names (`case/x`) of all documents of a kind that a folder has files of, sorted."""
    names = {name for path in paths if (name := document_of(path)) is not None}
    return sorted(name for name in names if name.startswith(f"{kind}/"))


def made_of(
    cases: Mapping[str, Case],
    follow_ups: Mapping[str, FollowUp],
    meetings: Mapping[str, Meeting],
    files: Mapping[str, bytes],
) -> dict[str, tuple[str, ...]]:
    """The ids of the documents that each one attaches, names, quotes from, or goes on from."""
    found = {f"case/{id}": tuple(_of_case(case, follow_ups, files)) for id, case in cases.items()}
    found |= {f"follow-up/{year}": tuple(_of_follow_up(follow_up)) for year, follow_up in follow_ups.items()}
    found |= {
        f"meeting/{id}": tuple(f"case/{item.case}" for item in all_items(meeting) if item.case)
        for id, meeting in meetings.items()
    }
    return found


def with_dependants(
    faults: Mapping[str, list[Problem]], parts: Mapping[str, tuple[str, ...]], folder: str
) -> dict[str, list[Problem]]:
    """The documents at fault with their problems, and those that are made of such a one, near or far, with one problem
    each: the name of the one to mend first. `parts` is as `made_of` gives it, `folder` the content's name."""
    found = {document: list(problems) for document, problems in faults.items()}
    left = [document for document in parts if document not in found]
    while leaning := {
        document: first
        for document in left
        if (first := next((other for other in parts[document] if other in found and other != document), None))
    }:
        for document, other in leaning.items():
            message = f"dokumentet bygger på {other}, som har fejl"
            found[document] = [Problem(_place(document, folder), message, "ret dem først")]
        left = [document for document in left if document not in leaning]
    return found


def _place(document: str, folder: str) -> Origin:
    kind, _, id = document.partition("/")
    inside = next(name for name, found in FOLDERS.items() if found == kind)
    return Origin(f"{folder}/{inside}/{id}" + ("" if kind == "policy" else ".yaml"))


def _of_case(case: Case, follow_ups: Mapping[str, FollowUp], files: Mapping[str, bytes]) -> Iterator[str]:
    yield from (str(annex.document) for annex in case.annexes if annex.document)
    if b"{tal:" in files[f"cases/{case.id}.yaml"]:
        yield from (f"follow-up/{path[11:-5]}" for path in files if path.startswith("follow_ups/"))


def _of_follow_up(follow_up: FollowUp) -> Iterator[str]:
    yield f"policy/{follow_up.policy}"
    yield f"follow-up/{int(follow_up.id) - 1}"
    yield from dict.fromkeys(f"case/{id}" for area in follow_up.areas for id in area.cases)
