"""What a build tells of itself."""

from __future__ import annotations

from pathlib import Path

from docgen.packed import Packed
from docgen.problems import Problem
from docgen.structs import Struct, field


class Length(Struct, frozen=True):
    """How long a document with a limit became, in pages."""

    document: str
    pages: float
    limit: int


class BuildReport(Struct):
    """What a build wrote, how long it became, and what was wrong with the documents it could not build.

    `built` are the ids of those that were, `unchanged` of those that need not be, `notices` what the reader should know
    of them, and `remarks` what the proof-reader found in their files, a line each. `issued` has a sentence for each
    issued version that was made again. `elsewhere` is what is not well in the folder beside the documents asked for.
    """

    written: Packed[Path] = field(default_factory=Packed)
    lengths: Packed[Length] = field(default_factory=Packed)
    built: Packed[str] = field(default_factory=Packed)
    unchanged: Packed[str] = field(default_factory=Packed)
    remarks: Packed[str] = field(default_factory=Packed)
    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    issued: list[str] = field(default_factory=list)
    elsewhere: tuple[Problem, ...] = ()
