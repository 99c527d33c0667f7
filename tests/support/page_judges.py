"""The independent programs that judge web pages: axe-core and HTML_CodeSniffer in Chromium, and the Nu Html Checker.

`make judges` fetches them; Chromium and Java come with the system.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.support.contents import ROOT

_FOLDER = ROOT / "tests" / "judges"
_MODULES = _FOLDER / "node_modules"
_NU = _MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
_TIMEOUT_SECONDS = 600
_AT_ONCE = 20
"""Files for one browser: it takes two seconds to start, but the guide alone half a minute on a busy machine."""

_SILENT = ("violations", "errors", "pictures", "overflow", "requests")
_NOT_FAULTS = (
    # It knows no groups of rows or columns, and asks for `headers` where `scope` says it (HTML 4.9.12, WCAG H63).
    ".H43.HeadersRequired:",
)
_NOT_PROBLEMS = (
    # `img-src data:` allows it (CSP 3, 6.7.2.8); that Chromium shows each picture is looked at in `page_looks`.
    "Resource violates Content Security Policy (meta tag): image “data:",
)


def page_looks(files: Sequence[Path]) -> list[dict[str, Any]]:
    """What axe and HTML_CodeSniffer say of HTML files, each at 320 and 1280 CSS px, light and dark, and what else
    Chromium tells (see `judges/pages.mjs` for the keys).

    Skips the calling test, with the reason, where Node, Chromium or one of them is missing.
    """
    node, chromium = shutil.which("node"), shutil.which("chromium") or shutil.which("chromium-browser")
    if node is None or chromium is None:
        pytest.skip(f"axe: {'Node' if node is None else 'Chromium'} mangler")
    if not all((_MODULES / name).is_dir() for name in ("axe-core", "html_codesniffer")):
        pytest.skip("axe og HTML_CodeSniffer: ikke hentet; kør `make judges`")
    looks: list[dict[str, Any]] = []
    for start in range(0, len(files), _AT_ONCE):
        result = subprocess.run(
            [node, str(_FOLDER / "pages.mjs"), chromium, *map(str, files[start : start + _AT_ONCE])],
            capture_output=True,
            timeout=_TIMEOUT_SECONDS,
            check=False,
        )
        if result.returncode:
            raise RuntimeError(f"pages.mjs ({result.returncode}): {result.stderr.decode(errors='replace')}")
        looks += json.loads(result.stdout)
    for look in looks:
        look["errors"] = [error for error in look["errors"] if not any(told in error for told in _NOT_FAULTS)]
    return looks


def page_faults(files: Sequence[Path]) -> list[str]:
    """One line for everything that `page_looks` has found wrong; empty = nothing. Each file was looked at four times,
    or a RuntimeError says otherwise."""
    looks = page_looks(files)
    if (seen := len(looks)) != 4 * len(files):
        raise RuntimeError(f"{len(files)} pages were looked at {seen} times")
    return [
        f"{Path(look['file']).name}, {look['width']} px, {look['scheme']}: {key}: {look[key]}"
        for look in looks
        for key in _SILENT
        if look[key]
    ]


def nu_problems(files: Sequence[Path]) -> list[str]:
    """What the Nu Html Checker finds in HTML files, warnings too, one line each; empty = nothing.

    Skips the calling test, with the reason, where Java or the checker is missing.
    """
    if shutil.which("java") is None:
        pytest.skip("Nu Html Checker: Java mangler")
    if not _NU.is_file():
        pytest.skip("Nu Html Checker: ikke hentet; kør `make judges`")
    result = subprocess.run(
        ["java", "-Duser.language=en", "-jar", str(_NU), "--format", "json", *map(str, files)],
        capture_output=True,
        timeout=_TIMEOUT_SECONDS,
        check=False,
    )
    try:
        messages = json.loads(result.stderr)["messages"]
    except (ValueError, KeyError) as error:
        raise RuntimeError(f"vnu.jar ({result.returncode}): {result.stderr.decode(errors='replace')}") from error
    return [
        f"{message['url'].rpartition('/')[2]}:{message.get('lastLine', 0)}: {message['message']}"
        for message in messages
        if not message["message"].startswith(_NOT_PROBLEMS)
    ]
