"""`docgen preview` on the command line: what it needs, and what it loads when it is not called."""

from __future__ import annotations

import hashlib
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

import docgen
from docgen.cli import preview
from docgen.cli.main import main
from docgen.commands.init import start_project

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


_IN_A_TERMINAL = """import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from docgen.__main__ import run
run()"""
"""What starts docgen as a terminal does: where the tests run in the background, the system has them ignore Ctrl+C."""


@pytest.mark.slow
def test_build_watch_builds_again_after_each_save_and_goes_on_past_a_fault(tmp_path: Path) -> None:
    start_project(tmp_path)
    (case,) = sorted((tmp_path / "content" / "cases").glob("*.yaml"))[:1]
    page = tmp_path / "build" / "case" / f"{case.stem}.html"
    command = [sys.executable, "-c", _IN_A_TERMINAL, "build", f"case/{case.stem}", "--format", "html", "--watch"]
    process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    text = case.read_text("utf-8")
    try:
        _until(page.exists)
        made = page.read_bytes()
        case.write_text(text.replace("title: ", "title: Ændret ", 1), "utf-8")
        _until(lambda: page.read_bytes() != made)
        assert "Ændret" in page.read_text("utf-8")
        case.write_text(text.replace("title:", "titel:", 1), "utf-8")
        assert process.stderr is not None
        assert any("feltet 'titel' kendes ikke" in line for line in iter(process.stderr.readline, ""))
        case.write_text(text, "utf-8")
        _until(lambda: page.read_bytes() == made)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            _, told = process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise
    assert process.returncode == 0
    assert "Traceback" not in told


def _until(seen: Callable[[], bool]) -> None:
    end = time.monotonic() + 40
    while not seen():
        assert time.monotonic() < end
        time.sleep(0.05)
