"""The process: the command `docgen`, and `python -m docgen`."""

import atexit
import codecs
import gc
import io
import os
import sys


def run() -> None:
    """Runs the command line in this process, which is docgen's own."""
    _leave_current_folder()
    _say_in_any_encoding()
    # Imports and one document make hardly any garbage, and fewer objects than this: looking through them all again and
    # again, and once more at the end, costs a fifth of a short run. Long runs are still cleaned up after.
    gc.set_threshold(100_000, 10, 10)
    atexit.register(gc.freeze)
    # Typst works in a thread of its own, and should not wait for this one when it is done.
    sys.setswitchinterval(0.0005)
    from docgen.cli.main import main

    main(prog_name="docgen")


def _say_in_any_encoding() -> None:
    """What a console or a file has no sign for is written as JSON escapes it, so that nothing is lost and JSON stays
    JSON: Windows writes to a file in the code page of the console, which has no `Ł`."""

    def escaped(error: UnicodeError) -> tuple[str, int]:
        assert isinstance(error, UnicodeEncodeError)
        units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
        codes = (int.from_bytes(units[at : at + 2], "big") for at in range(0, len(units), 2))
        return "".join(f"\\u{code:04x}" for code in codes), error.end

    codecs.register_error("docgen-escape", escaped)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="docgen-escape")


def _leave_current_folder() -> None:
    """Modules are docgen's own and those that are installed: never a file that lies beside the content, as
    `python -m` would have it."""
    # With pathlib such a file would be loaded already.
    here = os.getcwd()  # noqa: PTH109
    own = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120
    if here != own:
        sys.path[:] = [path for path in sys.path if os.path.abspath(path or here) != here]  # noqa: PTH100


if __name__ == "__main__":
    run()
