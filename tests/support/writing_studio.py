"""What `docgen studio` writes with, without a server: a session and those that change its files."""

from __future__ import annotations

from pathlib import Path

from docgen.studio.drafts import Drafts, Typed
from docgen.studio.forms import shown
from docgen.studio.mending import Mender
from docgen.studio.saving import Saver
from docgen.studio.session import Session
from docgen.studio.structure import Structure
from tests.support.studio import CASE_FILE

FILE = f"content/{CASE_FILE}"


class Studio:
    """A session that writes, and the folder that it writes to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.session = Session(folder / "content", folder / "templates")
        self.session.refresh()
        self.drafts = Drafts(self.session)
        self.saver = Saver(self.session, self.drafts)
        self.mender = Mender(self.session, self.saver)
        self.structure = Structure(self.session, self.drafts, self.saver)

    def value(self, path: tuple[str, ...], file: str = FILE) -> str:
        self.session.refresh()
        spot = self.drafts.spot(file, path)
        return shown(spot.shape, spot.value)

    def typed(self, path: tuple[str, ...], text: str, file: str = FILE) -> Typed:
        return Typed(file, path, self.value(path, file), text)

    def data(self, file: str = CASE_FILE) -> bytes:
        return (self.folder / "content" / file).read_bytes()

    def edit(self, old: str, new: str, file: str = CASE_FILE) -> None:
        text = self.data(file).decode()
        assert old in text
        (self.folder / "content" / file).write_text(text.replace(old, new, 1), "utf-8")
