"""The pictures of the documents by address: a page that changes is then sent without those that the browser has."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import OrderedDict

from docgen.structs import Struct

_PICTURE = re.compile(rb'(<img\b[^<>]*?\ssrc=")data:(image/[a-z+.-]+);base64,([A-Za-z0-9+/=]+)"')
"""A tag as the HTML writer writes it; in a text or an attribute `<` is never itself."""
_RULE = re.compile(rb"""(<meta http-equiv="Content-Security-Policy" content="[^">]*?img-src) data:""")
"""What the page itself says it may show."""
_LEAST = 2000  # letters; what is smaller is as quickly sent as asked for
_KEPT_BYTES = 12_000_000


class Picture(Struct, frozen=True):
    """A picture's bytes and what sort of picture they are."""

    data: bytes
    media_type: str


class Figures:
    """The pictures of the pages that were shown last, each by the hash of what it is."""

    def __init__(self, most: int = _KEPT_BYTES) -> None:
        """`most` is how many bytes are kept; those of the page that is made are, however many they are."""
        self._kept: OrderedDict[str, Picture] = OrderedDict()
        self._most, self._bytes = most, 0

    def by_address(self, page: bytes) -> str:
        """A page of the HTML writer, its pictures as `figure/…` instead of within it."""
        own: set[str] = set()

        def addressed(found: re.Match[bytes]) -> bytes:
            if len(found[3]) < _LEAST:
                return found[0]
            name = hashlib.sha256(found[2] + b" " + found[3]).hexdigest()[:32]
            own.add(name)
            self._keep(name, found)
            return b'%sfigure/%s"' % (found[1], name.encode())

        made = _RULE.sub(rb"\1 'self' data:", _PICTURE.sub(addressed, page), count=1).decode()
        while self._bytes > self._most and next(iter(self._kept)) not in own:
            self._bytes -= len(self._kept.popitem(last=False)[1].data)
        return made

    def picture(self, name: str) -> Picture | None:
        """A picture by its name; None where it is not kept."""
        return self._kept.get(name)

    def _keep(self, name: str, found: re.Match[bytes]) -> None:
        if name not in self._kept:
            self._kept[name] = Picture(base64.b64decode(found[3]), found[2].decode())
            self._bytes += len(self._kept[name].data)
        self._kept.move_to_end(name)
