"""What the tests of a session have in common: the repository's folders in a copy, and a session on them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from docgen.studio.session import Session
from tests.support.studio import copy_of_repository


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_of_repository(tmp_path)


@pytest.fixture
def session(folder: Path) -> Iterator[Session]:
    found = Session(folder / "content", folder / "templates")
    found.refresh()
    yield found
    found.close()
