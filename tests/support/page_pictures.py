"""Small pictures of the policy's pages, so that a change of its look is seen in a diff: `make pages`."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pypdfium2

from docgen.pipeline import theme_of
from docgen.structs import encode_json, replace
from docgen.writers import formats
from docgen.writers.pdf.layout_data import layout_data
from tests.support.contents import REAL_POLICY, ROOT, repository, tree_of, written

FOLDER = ROOT / "docs/sider"
MADE_OF = FOLDER / "lavet-af.txt"
_WIDTH = 414  # pixels


def made_of() -> str:
    """The hash (SHA-256, hexadecimal) of what the pages are drawn from: the tree, the theme and the layout program."""
    project, tree = repository(), replace(tree_of(REAL_POLICY), fingerprint="")
    data = encode_json(layout_data(tree, theme_of(project, tree)))
    return hashlib.sha256(data + project.template_files["theme/layout.typ"]).hexdigest()


def draw(folder: Path) -> list[Path]:
    """Draws each page as `01.png` and so on, and writes down what they were made of. Returns the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    document = pypdfium2.PdfDocument(written(REAL_POLICY, formats.PDF))
    paths = []
    for number in range(len(document)):
        page = document[number]
        paths.append(folder / f"{number + 1:02d}.png")
        picture = page.render(scale=_WIDTH / page.get_width()).to_pil()
        picture.quantize(64).save(paths[-1], optimize=True)
    (folder / MADE_OF.name).write_text(f"{made_of()}\n", encoding="utf-8")
    return paths


if __name__ == "__main__":
    for path in draw(FOLDER):
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")
