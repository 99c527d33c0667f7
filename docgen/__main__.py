"""The process: the command `docgen`, and `python -m docgen`."""

import atexit
import gc
import sys


def run() -> None:
    """Runs the command line in this process, which is docgen's own."""
    # Imports and one document make hardly any garbage, and fewer objects than this: looking through them all again and
    # again, and once more at the end, costs a fifth of a short run. Long runs are still cleaned up after.
    gc.set_threshold(100_000, 10, 10)
    atexit.register(gc.freeze)
    # Typst works in a thread of its own, and should not wait for this one when it is done.
    sys.setswitchinterval(0.0005)
    from docgen.cli.main import main

    main(prog_name="docgen")


if __name__ == "__main__":
    run()
