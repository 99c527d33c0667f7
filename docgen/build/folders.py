"""The folders that a project is read from, and problems that name them as the caller did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from docgen.archive import ARCHIVE, Archive
from docgen.files import font_directories
from docgen.folder import find_files, read_folder
from docgen.problems import DocgenError, Problem
from docgen.project import Project
from docgen.structs import replace


def read_project(content: Path, templates: Path) -> Project:
    """The two folders: the templates are read once, and of the content each file once, when it is asked for. Raises
    OutputError where a folder is not there, or a template cannot be read."""
    files = find_files(content, "content", leave_out=ARCHIVE)
    made_with = read_folder(templates, "templates")
    return Project(files, made_with, font_directories(), archive=Archive(content / ARCHIVE), unread=files.unread)


def with_folder_names(problems: Iterable[Problem], content: Path, templates: Path) -> list[Problem]:
    """Problems with their places in the folders that were read, where these have other names."""
    folders = {"content": content.as_posix(), "templates": templates.as_posix()}
    named = []
    for problem in problems:
        folder, _, rest = problem.origin.file.partition("/")
        file = f"{folders[folder]}/{rest}" if folder in folders and rest else problem.origin.file
        named.append(replace(problem, origin=replace(problem.origin, file=file)))
    return named


@contextmanager
def folder_names(content: Path, templates: Path) -> Iterator[None]:
    """Problems that leave this block name the folders as the caller did."""
    try:
        yield
    except DocgenError as error:
        raise type(error)(with_folder_names(error.problems, content, templates)) from None
