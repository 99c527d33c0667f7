"""What was issued, for good: blobs in a folder, each once, named by its hash and read when it is asked for."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from docgen.files import read_file
from docgen.structs import Struct

ARCHIVE = "issued/arkiv"
"""Where it lies in the content folder."""
_HASH = re.compile(r"[0-9a-f]{64}")


def blob_path(sha256: str) -> str:
    """Where the blob with a hash lies in an archive."""
    return f"{sha256[:2]}/{sha256}"


class Archive(Struct, frozen=True):
    """A folder of blobs."""

    folder: Path

    def path(self, sha256: str) -> Path:
        """Where the blob with a hash lies."""
        return self.folder / blob_path(sha256)

    def read(self, sha256: str) -> bytes | None:
        """The blob with a hash; None where it is not there, or is not what it was."""
        if _HASH.fullmatch(sha256) is None:
            return None
        try:
            data = read_file(self.path(sha256))
        except OSError:
            return None
        return data if hashlib.sha256(data).hexdigest() == sha256 else None

    def missing(self, blobs: Mapping[str, bytes]) -> list[tuple[Path, bytes]]:
        """What must be written so that these blobs (by hash) are there: where, and the bytes."""
        return [(self.path(sha256), data) for sha256, data in blobs.items() if self.read(sha256) is None]


class SentArchive(Archive, frozen=True):
    """An archive as it is known where its folder is not: the blobs that were sent along by hash (None: there is none),
    and in `wanted` what was asked for beside them, so that it can be sent."""

    kept: Mapping[str, bytes | None]
    wanted: set[str]

    def read(self, sha256: str) -> bytes | None:
        """The blob with a hash, as far as it was sent along; what was not is wanted, and None until then."""
        if sha256 not in self.kept:
            self.wanted.add(sha256)
        return self.kept.get(sha256)
