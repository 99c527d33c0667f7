"""The pictures of the guide, taken of the studio as it is: `make pictures`."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageOps

from tests.support.contents import ROOT
from tests.support.studio import copy_of_repository, running

FOLDER = ROOT / "content" / "images"
_PROGRAM = ROOT / "tests" / "judges" / "guide_pictures.mjs"
_COLOURS = 64
_TIMEOUT_SECONDS = 240


def tools() -> tuple[str, str] | str:
    """Node and Chromium, or what is missing."""
    node, chromium = shutil.which("node"), shutil.which("chromium") or shutil.which("chromium-browser")
    if node is None or chromium is None:
        return "Node mangler" if node is None else "Chromium mangler"
    if not (ROOT / "tests" / "judges" / "node_modules" / "playwright-core").is_dir():
        return "Playwright er ikke hentet; kør `make judges`"
    return node, chromium


def take(folder: Path, node: str, chromium: str) -> list[Path]:
    """Takes each picture, and returns their files. Raises RuntimeError with what the scenes said where one ends."""
    folder.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    for command in ("preview", "studio"):
        with tempfile.TemporaryDirectory() as temporary:
            place = copy_of_repository(Path(temporary) / "indkoeb")
            shutil.rmtree(place / "content" / "images", ignore_errors=True)
            (place / "content" / "guides" / "brugervejledning.yaml").unlink()
            with running(place, command=command) as studio:
                arguments = [chromium, studio.address, str(place), command, str(folder)]
                result = subprocess.run(
                    [node, str(_PROGRAM), *arguments], capture_output=True, timeout=_TIMEOUT_SECONDS, check=False
                )
            if result.returncode:
                raise RuntimeError(result.stderr.decode(errors="replace"))
            told = json.loads(result.stdout)
            if told["complaints"] or told["foreign"]:
                raise RuntimeError(f"{told['complaints']} {told['foreign']}")
            paths += [folder / f"{name}.png" for name in told["seen"]]
    for path in paths:
        with Image.open(path) as picture:
            framed = ImageOps.expand(picture.convert("RGB"), border=2, fill="#aab2bd")
        framed.quantize(_COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(path, optimize=True)
    return paths


if __name__ == "__main__":
    found = tools()
    if isinstance(found, str):
        sys.exit(f"Fejl: {found}")
    for path in take(FOLDER, *found):
        sys.stdout.write(f"{path.relative_to(ROOT)} {path.stat().st_size // 1000} kB\n")
