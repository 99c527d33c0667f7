"""Build a document and keep what the floor needs: the calls of Typst and the bytes of the other formats.

Arguments: the document's id, and the pickle to write.
"""

import pickle
import sys
from pathlib import Path
from typing import Any

import typst

CALLS: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []


class RecordedFonts:
    """Stands for `typst.Fonts`, which cannot be pickled: its arguments can."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self.call = ("Fonts", args, options)
        self.fonts = _fonts(*args, **options)

    def families(self) -> list[str]:
        return self.fonts.families()


class RecordedCompiler:
    """Stands for `typst.Compiler`."""

    def __init__(self, *args: Any, **options: Any) -> None:
        _record("Compiler", args, options)
        self.compiler = _compiler(*map(_real, args), **{name: _real(value) for name, value in options.items()})

    def compile(self, *args: Any, **options: Any) -> Any:
        _record("Compiler.compile", args, options)
        return self.compiler.compile(*args, **options)


def recorded_compile(*args: Any, **options: Any) -> Any:
    """Stands for `typst.compile`."""
    _record("compile", args, options)
    return _compile(*map(_real, args), **{name: _real(value) for name, value in options.items()})


def _record(function: str, args: tuple[Any, ...], options: dict[str, Any]) -> None:
    CALLS.append((function, tuple(map(_kept, args)), {name: _kept(value) for name, value in options.items()}))


def _kept(value: Any) -> Any:
    if isinstance(value, Path):  # the layout program's file, which goes with this process, and its folder
        return ("File", value.name, value.read_bytes()) if value.is_file() else ("Folder",)
    return value.call if isinstance(value, RecordedFonts) else value


def _real(value: Any) -> Any:
    return value.fonts if isinstance(value, RecordedFonts) else value


_compile, _compiler, _fonts = typst.compile, typst.Compiler, typst.Fonts
typst.compile = recorded_compile
typst.Compiler = RecordedCompiler  # type: ignore[assignment, misc]
typst.Fonts = RecordedFonts  # type: ignore[assignment, misc]

from docgen import pipeline  # noqa: E402 (after Typst is recorded)
from docgen.writers import formats  # noqa: E402
from tests.support.contents import repository  # noqa: E402

found = repository()
document = pipeline.build_tree(found, sys.argv[1])
others = {format.name: pipeline.write(found, document, format) for format in (formats.DOCX, formats.HTML)}
data = pipeline.write(found, document, formats.PDF)
assert CALLS, "Typst was not called through the module typst"
Path(sys.argv[2]).write_bytes(pickle.dumps((CALLS, others)))
