"""`docgen preview` on the command line: what it needs, and what it loads when it is not called."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import docgen
from docgen.cli import preview
from docgen.cli.main import main

_IDIOMORPH = "4cbd535caf7663a51eda9bce6595371c384fc430d54b8d414e29a61167f19f96"
"""SHA-256 of dist/idiomorph.min.js in the package idiomorph 0.8.0 on npm."""


def test_what_is_not_installed_is_told_with_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview, "find_spec", lambda name: None)
    told = CliRunner().invoke(main, ["preview"])
    assert told.exit_code == 1
    assert told.stderr.splitlines()[0] == (
        "docgen: starlette, uvicorn, watchfiles mangler, som kommandoen bruger; "
        'installér det med: pip install "docgen[studio]"'
    )


def test_no_other_command_loads_what_it_is_made_with() -> None:
    program = (
        "import sys, docgen, docgen.cli.main, docgen.commands.build\n"
        f"print([name for name in {preview.STUDIO_PACKAGES!r} if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_the_library_in_the_page_is_the_one_that_was_published() -> None:
    """It comes with docgen, so that nothing is fetched; its licence (0BSD) lies beside it."""
    static = Path(docgen.__file__).parent / "studio" / "static"
    assert hashlib.sha256((static / "idiomorph.js").read_bytes()).hexdigest() == _IDIOMORPH
    assert (static / "idiomorph-LICENSE.txt").read_text("utf-8").startswith("Zero-Clause BSD")
