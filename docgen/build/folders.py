"""The folders that a project is read from, and problems that name them as the caller did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from docgen.archive import ARCHIVE, Archive
from docgen.content.scalar import place_of
from docgen.content.yaml_reader import read_yaml
from docgen.files import font_directories, read_file
from docgen.folder import find_files, read_folder
from docgen.problems import ContentError, DocgenError, Origin, Problem
from docgen.project import Project
from docgen.structs import replace

SETTINGS = "settings.yaml"


def read_project(content: Path, templates: Path) -> Project:
    """The two folders, but what is archived: the templates are read once, and of the content each file once, when it is
    asked for. Raises OutputError where a folder is not there, or a template cannot be read."""
    archive = archive_of(content)
    files = find_files(content, "content", leave_out=path_inside(archive.folder, content, ARCHIVE))
    made_with = read_folder(templates, "templates")
    return Project(files, made_with, font_directories(), archive=archive, unread=files.unread)


def archive_of(content: Path) -> Archive:
    """Where what is issued from a content folder lies for good: in the folder that `archive` in settings.yaml names, as
    it is seen from the content folder, or else in `issued/arkiv`.

    Raises ContentError where that is the content folder or holds it, where what was issued still lies in the usual
    place, or settings.yaml cannot be read.
    """
    try:
        data = read_file(content / SETTINGS)
    except OSError:
        return Archive(content / ARCHIVE)
    named = read_yaml(f"content/{SETTINGS}", data).get("archive") if b"archive" in data else None
    if not isinstance(named, str) or not named.strip():
        return Archive(content / ARCHIVE)  # what is no text is told when the settings are read
    archive, place = Archive(content / named), place_of(named, Origin(f"content/{SETTINGS}"))
    if content.resolve().is_relative_to(archive.folder.resolve()):
        raise ContentError([Problem(place, f"arkivet kan ikke ligge i '{named}'", "skriv en mappe for sig selv")])
    if left := _left_behind(Archive(content / ARCHIVE), archive):
        message = (
            f"det udstedte ligger i {ARCHIVE} endnu ({left} {'fil' if left == 1 else 'filer'} er ikke i '{named}')"
        )
        hint = f"flyt det hele fra content/{ARCHIVE} til '{named}', eller slet linjen archive; intet er ændret"
        raise ContentError([Problem(place, message, hint)])
    return archive


def _left_behind(usual: Archive, archive: Archive) -> int:
    """How many blobs lie in the usual archive and not in the one that is used, by their names alone."""
    if not usual.folder.is_dir() or usual.folder.resolve() == archive.folder.resolve():
        return 0
    names = (path.name for path in usual.folder.glob("??/*") if path.is_file())
    return sum(not archive.path(name).is_file() for name in names)


def path_inside(folder: Path, root: Path, otherwise: str) -> str:
    """A folder's path in another one, or `otherwise` where it lies elsewhere."""
    own, root = folder.resolve(), root.resolve()
    return own.relative_to(root).as_posix() if own.is_relative_to(root) else otherwise


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
