"""Pictures that content may show: which files, which kinds, and what an SVG must not hold."""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Mapping

MAX_BYTES = 10_000_000
_KINDS = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
_BEGINNINGS = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
_ACTIVE_SVG = re.compile(
    rb"<script|<!doctype|<!entity|<foreignobject|\son[a-z]+\s*=|(?:href|src)\s*=\s*[\"'](?!#|data:image/)|url\(\s*[\"']?(?!#)|@import",
    re.IGNORECASE,
)


class PictureError(Exception):
    """A picture cannot be shown; `message` and `hint` are in Danish."""

    def __init__(self, message: str, hint: str) -> None:
        self.message, self.hint = message, hint
        super().__init__(message)


def read(path: str, images: Mapping[str, bytes]) -> tuple[bytes, str]:
    """The bytes and media type of the picture that content calls `path`, among `images` by path.

    Raises PictureError for a path outside the folder, an unknown file or kind, and an SVG that could run or fetch
    something.
    """
    if path.startswith("/") or "\\" in path or ":" in path or posixpath.normpath(path).startswith(".."):
        raise PictureError(
            f"billedet '{path}' ligger uden for mappen", "læg det i content/images og skriv images/navn.svg"
        )
    name = posixpath.normpath(path)
    if name not in images:
        near = difflib.get_close_matches(name, images, n=1, cutoff=0.6)
        hint = f"mente du '{near[0]}'?" if near else "læg det i content/images og skriv images/navn.svg"
        raise PictureError(f"billedet '{path}' findes ikke", hint)
    data = images[name]
    media_type = _KINDS.get(posixpath.splitext(name)[1].lower())
    if media_type is None:
        raise PictureError(f"billedet '{path}' er af en ukendt slags", "brug .svg, .png eller .jpg")
    if len(data) > MAX_BYTES:
        raise PictureError(f"billedet '{path}' fylder mere end 10 MB", "gem det i en mindre størrelse")
    if media_type == "image/svg+xml":
        if b"<svg" not in data[:4000]:
            raise PictureError(f"billedet '{path}' er ikke en SVG-fil", "gem det som SVG")
        if _ACTIVE_SVG.search(data):
            raise PictureError(f"billedet '{path}' indeholder kode eller henter noget udefra", "gem det som ren SVG")
    elif not data.startswith(_BEGINNINGS[media_type]):
        raise PictureError(f"billedet '{path}' er ikke, hvad navnet siger", "gem det som PNG eller JPEG")
    return data, media_type
