"""`python -m tests.support.studio_pictures`: the pictures of the studio in docs/visning, as the browser shows it."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from PIL import Image

from tests.support.contents import ROOT
from tests.support.studio import copy_of_repository, running

FOLDER = ROOT / "docs/visning"
_COLOURS = 96


def main() -> None:
    """Plays the scene of the pictures, and keeps these small. Raises CalledProcessError where it cannot be played."""
    node, chromium = shutil.which("node") or "node", shutil.which("chromium") or "chromium"
    program = str(ROOT / "tests/judges/studio.mjs")
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = copy_of_repository(Path(temporary))
        with running(folder) as studio:
            scene = [node, program, chromium, studio.address, str(folder), "looks", temporary]
            subprocess.run(scene, check=True, capture_output=True, timeout=120)
        for picture in Path(temporary).glob("*.png"):
            Image.open(picture).convert("RGB").quantize(_COLOURS).save(FOLDER / picture.name, optimize=True)


if __name__ == "__main__":
    main()
