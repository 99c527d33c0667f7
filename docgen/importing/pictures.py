"""The pictures of a file from elsewhere: each that can be shown becomes a file in content/images."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docgen.content.unfilled import UNWRITTEN
from docgen.importing.read import Read
from docgen.readers.blocks import Block, Sort
from docgen.structs import replace
from docgen.tree.pictures import PictureError
from docgen.tree.pictures import read as checked

_KINDS = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"))
_NO_WORDS = ("billede", "picture", "image", "et billede, der indeholder", "logo.", "indsæt")
"""What programs themselves write where somebody should have told what a picture shows."""


def with_pictures(read: Read, name: str) -> tuple[Read, dict[str, bytes]]:
    """What is read, with each picture named after the document `name`, and the pictures by their paths in the content
    folder. One that cannot be shown is told instead."""
    images: dict[str, bytes] = {}
    left_out = list(read.left_out)
    blocks: list[Block] = []
    for block in read.blocks:
        if block.sort is not Sort.PICTURE:
            blocks.append(block)
            continue
        ending = next((ending for begins, ending in _KINDS if block.picture.startswith(begins)), "")
        path = f"images/{name}-{len(images) + 1}.{ending}"
        known = next((there for there, data in images.items() if data == block.picture), path)
        if ending and _is_shown(path, block.picture):
            images[known] = block.picture
            blocks.append(replace(block, marker=known))
        else:
            left_out.append(f"et billede{f' ({block.text.strip()})' if block.text.strip() else ''}")
            blocks.append(block)
    return replace(read, blocks=tuple(blocks), left_out=tuple(left_out)), images


def _is_shown(path: str, data: bytes) -> bool:
    try:
        checked(path, {path: data})
    except PictureError:
        return False
    return True


def description(block: Block) -> str:
    """What a picture shows, as its author told it; else that somebody should tell it."""
    said = " ".join(block.text.split()).replace("[", "(").replace("]", ")")
    is_said = len(said) > 8 and not said.lower().startswith(_NO_WORDS) and "." not in said[-5:-2]
    return said if is_said else f"{UNWRITTEN} hvad billedet viser"


def used(images: Mapping[str, bytes], texts: Sequence[str]) -> tuple[dict[str, bytes], int]:
    """The pictures that some texts show, and how many they do not."""
    shown = {path: data for path, data in images.items() if any(f"({path})" in text for text in texts)}
    return shown, len(images) - len(shown)
