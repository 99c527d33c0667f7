"""The floor, a cold process: the very same Typst program and inputs, and the other formats' bytes, written to disk.

Arguments: the pickle from `record_floor`, and the folder to write in.
"""

import pickle
import sys
import tempfile
from pathlib import Path
from typing import Any

import typst

_FOLDER = tempfile.TemporaryDirectory()


def compile_recorded(calls: Any) -> bytes:
    """The PDF that the calls recorded by `record_floor` make."""
    compiler, data = None, None
    for function, kept, kept_options in calls:
        args, options = map(_real, kept), {name: _real(value) for name, value in kept_options.items()}
        if function == "Compiler":
            compiler = typst.Compiler(*args, **options)
        elif function == "Compiler.compile":
            assert compiler is not None
            data = compiler.compile(*args, **options)
        else:
            data = typst.compile(*args, **options)
    assert isinstance(data, bytes)
    return data


def _real(value: Any) -> Any:
    """What `record_floor` kept of an argument, as the argument itself."""
    if isinstance(value, tuple) and value and value[0] == "Fonts":
        return typst.Fonts(*value[1], **value[2])
    if isinstance(value, tuple) and value and value[0] in ("File", "Folder"):
        folder = Path(_FOLDER.name)
        if value[0] == "Folder":
            return folder
        (folder / value[1]).write_bytes(value[2])
        return folder / value[1]
    return value


def main() -> None:
    folder = Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    calls, others = pickle.loads(Path(sys.argv[1]).read_bytes())
    (folder / "document.pdf").write_bytes(compile_recorded(calls))
    for name, other in others.items():
        (folder / f"document.{name}").write_bytes(other)


if __name__ == "__main__":
    main()
