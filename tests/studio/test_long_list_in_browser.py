"""The list of a folder with very many documents, in Chromium: `python -m tests.studio.test_long_list_in_browser` says
the figures for 10,000."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from tests.support.contents import ROOT
from tests.support.effort import slowed, tries
from tests.support.studio import CASE_FILE, copy_of_repository, running

_MOST_MILLISECONDS = 1000


def _seen(folder: Path, count: int) -> dict[str, Any]:
    """What the page shows, and how many milliseconds it takes until it does, with so many more cases than there are."""
    first = (folder / "content" / CASE_FILE).read_bytes()
    for number in range(count):
        data = first.replace(b"Vedtagelse", b"Sag %d" % number, 1)
        (folder / "content" / "cases" / f"sag-{number}.yaml").write_bytes(data)
    program = str(ROOT / "tests/judges/studio_list.mjs")
    with running(folder) as studio:
        scene = ["node", program, shutil.which("chromium") or "chromium", studio.address, str(folder), "list"]
        done = subprocess.run([*scene, f"Sag {count - 1}"], check=True, capture_output=True, timeout=280)
    told = json.loads(done.stdout)
    assert told["complaints"] == []
    seen: dict[str, Any] = told["seen"]
    return seen


@pytest.mark.judge
def test_a_long_list_is_there_at_once_and_follows_what_is_searched_for(tmp_path: Path) -> None:
    if not shutil.which("node") or not shutil.which("chromium"):
        pytest.skip("studiet: Node eller Chromium mangler")
    count = tries(10_000, least=1500)
    slow = slowed()
    seen = _seen(copy_of_repository(tmp_path), count)
    most = _MOST_MILLISECONDS * max(slow, slowed())
    shown = int(seen["count"].removesuffix(" dokumenter").replace(".", ""))
    assert shown > count
    assert seen["found"].startswith(f"Sag {count - 1} af ")
    assert seen["opened"] < most, seen
    assert seen["searched"] < most, seen


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        json.dump(_seen(copy_of_repository(Path(temporary)), 10_000), sys.stdout, ensure_ascii=False, indent=1)
