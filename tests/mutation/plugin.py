"""For `python -m tests.mutation`: while mutmut learns which tests touch which function, no test profits from another.

What one test has left in a cache would hide from mutmut that the next one needs it too.
"""

from __future__ import annotations

import os
import sys

import pytest


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Empties the caches of docgen and of the tests, but only in that run."""
    if os.environ.get("MUTANT_UNDER_TEST") != "stats":
        return
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] in ("docgen", "tests"):
            for value in list(vars(module).values()):
                if callable(clear := getattr(value, "cache_clear", None)):
                    clear()
