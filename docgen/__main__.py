"""The process: the command `docgen`, and `python -m docgen`."""

import atexit
import gc
import os
import sys


def run() -> None:
    """Runs the command line in this process, which is docgen's own."""
    _leave_current_folder()
    # Imports and one document make hardly any garbage, and fewer objects than this: looking through them all again and
    # again, and once more at the end, costs a fifth of a short run. Long runs are still cleaned up after.
    gc.set_threshold(100_000, 10, 10)
    atexit.register(gc.freeze)
    # Typst works in a thread of its own, and should not wait for this one when it is done.
    sys.setswitchinterval(0.0005)
    from docgen.cli.main import main

    main(prog_name="docgen")


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
