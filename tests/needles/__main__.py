"""`python -m tests.needles`: write docgen/proofing/needles.json anew, after a rule's pattern was made or changed."""

from __future__ import annotations

from tests.needles import write

if __name__ == "__main__":
    write()
