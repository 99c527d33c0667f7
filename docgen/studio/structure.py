"""Items and groups that are added, taken out and moved, and documents that are begun."""

from __future__ import annotations

import re
from collections.abc import Mapping

from docgen.commands.new import create_document
from docgen.content.yaml_editor import AddField, AddItem, Edit, Move, Remove
from docgen.content.yaml_reader import read_yaml, scalars
from docgen.content.yaml_values import Sequence, Value
from docgen.document_id import DocumentId
from docgen.structs import Struct
from docgen.studio.controls import Control, shape_of
from docgen.studio.drafts import Drafts
from docgen.studio.forms import NoFieldError, Spot, Steps, position_of, step_to
from docgen.studio.new_items import made_of, proposed_id
from docgen.studio.saving import Saved, Saver
from docgen.studio.session import Session


class Changed(Struct, frozen=True):
    """What was written, and where what is new or was moved stands now."""

    saved: Saved | None
    path: Steps


class Structure:
    """Changes what the files of a session are made of."""

    def __init__(self, session: Session, drafts: Drafts, saver: Saver) -> None:
        self._session, self._drafts, self._saver = session, drafts, saver

    def add(self, file: str, path: Steps, answers: Mapping[str, str]) -> Changed:
        """Adds an item to the list at a path, or the group that is not there yet. Raises NoFieldError where there is
        none, and DocgenError where the schema refuses it."""
        spot = self._spot(file, path)
        taken = _ids(read_yaml(file, self._session.project.content_files[file.partition("/")[2]]))
        if spot.shape.control is Control.ITEMS:
            item = made_of(shape_of(spot.shape.item), answers, taken)
            one: Edit = AddItem(path, item)
            if spot.value is None:
                one = AddField(path[:-1], path[-1], [item], position_of(spot, self._spot(file, path[:-1])))
        elif spot.shape.control is Control.GROUP and spot.value is None and path:
            one = AddField(
                path[:-1], path[-1], made_of(spot.shape, answers, taken), position_of(spot, self._spot(file, path[:-1]))
            )
        else:
            raise NoFieldError(path)
        saved = self._saver.change(file, [one], f"{spot.crumbs[-1][0]}: nyt", is_whole=True)
        self._session.refresh()
        after = self._spot(file, path)
        if isinstance(after.value, Sequence):
            return Changed(saved, (*path, step_to(after.value, len(after.value) - 1)))
        return Changed(saved, path)

    def remove(self, file: str, path: Steps) -> Changed:
        """Takes out an item, or a field or group that need not be there. Raises as `add`."""
        spot = self._spot(file, path)
        if not path or (spot.field.required and not spot.is_item):
            raise NoFieldError(path)
        holder = self._spot(file, path[:-1])
        is_last = spot.is_item and isinstance(holder.value, list) and len(holder.value) == 1
        gone = path[:-1] if is_last and not holder.field.required and not holder.is_item else path
        saved = self._saver.change(file, [Remove(gone)], f"{spot.crumbs[-1][0]}: slettet")
        return Changed(saved, path[:-1])

    def move(self, file: str, path: Steps, position: int) -> Changed:
        """Moves an item to another position (from 0). Raises as `add`."""
        spot, holder = self._spot(file, path), self._spot(file, path[:-1])
        if not (spot.is_item and isinstance(holder.value, list) and 0 <= position < len(holder.value)):
            raise NoFieldError(path)
        saved = self._saver.change(file, [Move(path, position)], f"{spot.crumbs[-1][0]}: flyttet")
        self._session.refresh()
        return Changed(saved, (*path[:-1], step_to(self._spot(file, path[:-1]).value, position)))

    def begin(self, kind: str, name: str, variant: str) -> DocumentId:
        """Begins a document of a kind (`docgen new`). Raises NoFieldError for a kind that has no beginning, and
        DocgenError where the name cannot be used."""
        found = self._session.project.kinds.get(kind)
        if found is None or found.skeleton is None:
            raise NoFieldError(kind)
        name = name.strip()
        if not re.fullmatch(r"[a-z0-9-]+", name) and any(sign.isalpha() for sign in name):
            name = proposed_id(name, {id.name for id in self._session.project.graph.documents if id.kind == kind})
        workspace = self._session.workspace
        create_document(found, name, workspace.content, workspace.templates, variant)
        self._session.refresh()
        return DocumentId(kind, name)

    def _spot(self, file: str, path: Steps) -> Spot:
        spot = self._drafts.spot(file, path)
        if spot.path != path:
            raise NoFieldError(path)
        return spot


def _ids(read: Value) -> set[str]:
    """Every text of a file that could be an id in it."""
    return {str(one) for one in scalars(read) if " " not in one}
