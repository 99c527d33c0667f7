"""A folder as it was at an earlier revision in git, read without a checkout."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from docgen.problems import ContentError, Origin, Problem

_SECONDS = 60
_FILES = (b"100644", b"100755")


def read_revision(folder: Path, revision: str) -> dict[str, bytes]:
    """The files of a folder at a revision (a tag, a branch, a commit), by path in the folder.

    Raises ContentError where git is not installed, the folder is in no repository, or there is no such revision.
    """
    commit = _git(folder, revision, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    listed = list(_listed(_git(folder, revision, "ls-tree", "-r", "-z", "--full-tree", *_inside(folder, commit))))
    wanted = b"".join(hash + b"\n" for _, hash in listed)
    blobs = _blobs(_git(folder, revision, "cat-file", "--batch", given=wanted))
    return {path: data for (path, _), data in zip(listed, blobs, strict=True)}


def _inside(folder: Path, commit: bytes) -> tuple[str, ...]:
    prefix = _git(folder, "", "rev-parse", "--show-prefix").decode(errors="surrogateescape").strip("\n")
    name = commit.decode().strip()
    return (f"{name}:{prefix.rstrip('/')}",) if prefix else (name,)


def _git(folder: Path, revision: str, *arguments: str, given: bytes = b"") -> bytes:
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, input=given, capture_output=True, timeout=_SECONDS, check=False)
    except FileNotFoundError:
        hint = "hent git, eller pak den gamle mappe ud, og skriv dens navn efter --old"
        raise ContentError([Problem(Origin(revision or str(folder)), "git er ikke installeret", hint)]) from None
    except subprocess.TimeoutExpired:
        raise ContentError([Problem(Origin(revision), "git svarer ikke", "prøv igen")]) from None
    if done.returncode:
        problem = Problem(
            Origin(revision or folder.as_posix()),
            f"git kender ikke udgaven '{revision}' af {folder.as_posix()}",
            "se udgaverne med git log eller git tag; er mappen ikke i git, så skriv en gammel mappe efter --old",
        )
        raise ContentError([problem])
    return done.stdout


def _listed(tree: bytes) -> Iterator[tuple[str, bytes]]:
    for entry in filter(None, tree.split(b"\0")):
        facts, _, path = entry.partition(b"\t")
        mode, _, hash = facts.split(b" ")
        if mode in _FILES:
            yield path.decode(errors="surrogateescape"), hash


def _blobs(batch: bytes) -> Iterator[bytes]:
    """The files that `git cat-file --batch` wrote: of each a line with its size, its bytes, and a new line."""
    at = 0
    while at < len(batch):
        end = batch.index(b"\n", at)
        size = int(batch[at:end].split(b" ")[2])
        yield batch[end + 1 : end + 1 + size]
        at = end + 2 + size
