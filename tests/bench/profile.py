"""`python -m tests.bench.profile`: where the first build of the policy in an empty folder spends its time."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.bench.contenders import policy_id, run_python


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        print(run_python(["-m", "tests.bench.cold.profile", policy_id(), Path(folder)]))


if __name__ == "__main__":
    main()
