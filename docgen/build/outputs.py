"""Where the files of a build lie."""

from __future__ import annotations

from pathlib import Path

from docgen.build.options import BuildOptions
from docgen.document_id import DocumentId
from docgen.kinds.edition import Edition


def output_path(options: BuildOptions, id: DocumentId, ending: str) -> Path:
    """The file of a rendering in a format: `build/case/x-intern.pdf`."""
    return options.output / output_name(id, options.edition, ending)


def output_name(id: DocumentId, edition: Edition, ending: str) -> str:
    """As `output_path`, from the output folder: `case/x-intern.pdf`."""
    return f"{id}{edition.suffix}.{ending}"


def output_paths(options: BuildOptions, id: DocumentId) -> list[Path]:
    """The files of a rendering in all formats asked for."""
    return [output_path(options, id, format.name) for format in options.formats]


def pack_path(options: BuildOptions, name: str) -> Path:
    """The file of a pack, given its name under the output folder: `build/meeting/x/moedemappe-intern.pdf`."""
    stem, _, what = name.partition("*")
    return options.output / f"{stem}{options.edition.suffix}{what}.pdf"
