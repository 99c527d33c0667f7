"""`python -m tests.fuzz.sample N [READER]…`: every seed and N inputs made of them to each reader, with limits.

Prints a line of JSON when a reader begins and one when it ends: `{"reader": …, "tried": …, "fault": …}`.
"""

from __future__ import annotations

import json
import sys
import traceback

from hypothesis import HealthCheck, Phase, given, settings

from tests.fuzz.damage import damaged
from tests.fuzz.limits import limit_memory, limit_time
from tests.fuzz.readers import READERS, seeds, try_input


def main() -> None:
    limit_memory()
    for reader in sys.argv[2:] or READERS:
        print(json.dumps({"reader": reader}), flush=True)
        tried, fault = _sample(reader, int(sys.argv[1]))
        print(json.dumps({"reader": reader, "tried": tried, "fault": fault}), flush=True)


def _sample(reader: str, examples: int) -> tuple[int, str]:
    """How many inputs were tried, and the first fault with the input that made it."""
    tried = 0
    last = b""

    def check(data: bytes) -> None:
        nonlocal tried, last
        tried, last = tried + 1, data
        with limit_time():
            try_input(reader, data)

    phases = (Phase.generate,)  # to shrink what takes long takes very long
    quiet = settings(
        max_examples=examples, deadline=None, database=None, derandomize=True, phases=phases,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    try:
        for data in seeds(reader).values():
            check(data)
        quiet(given(damaged(reader))(check))()
    except BaseException as error:  # a panic of Rust is no Exception
        return tried, f"{last!r}\n{''.join(traceback.format_exception(error)[-4:])}"
    return tried, ""


if __name__ == "__main__":
    main()
