"""What stays at home of the Word files that are sent: in the content folder, where neither git nor docgen looks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from docgen.files import read_file, replace_together
from docgen.problems import OutputError
from docgen.writers.docx.base_text import FOLDER, Base, base_name, decode_base, encode_base

_BUILD = re.compile("[0-9a-f]{8}")
_UNSEEN = (f"{FOLDER}/.gitignore", b"# Ordene i de Word-filer, der er sendt ud; de forlader ikke huset\n*\n")


def base_files(base: Base) -> dict[str, bytes]:
    """A base as files of the content folder, by path."""
    return {base_name(base.build): encode_base(base)}


def keep_bases(content: Path, files: Mapping[str, bytes]) -> None:
    """Puts bases into a content folder. One that cannot be written to is no reason to have no Word file."""
    outputs = [(content / path, data) for path, data in files.items()]
    name, data = _UNSEEN
    if outputs and not (content / name).exists():
        outputs.append((content / name, data))
    with suppress(OutputError):
        replace_together(outputs)


def read_base(content: Path, build: str) -> Base | None:
    """What stayed at home of a Word file, by the id of its build; None where nothing did."""
    if _BUILD.fullmatch(build) is None:
        return None
    try:
        return decode_base(read_file(content / base_name(build)))
    except OSError:
        return None
