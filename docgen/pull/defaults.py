"""The fixed text that a section of every case has until the case says something else: reworded in one case's Word file,
it becomes that case's own, and the other cases keep theirs."""

from __future__ import annotations

from docgen.content.yaml_editor import AddField, AddItem, Edit
from docgen.content.yaml_nodes import Kind, Node
from docgen.content.yaml_tree import find, read_tree
from docgen.document_id import DocumentId
from docgen.problems import ContentError
from docgen.project import Project
from docgen.pull.draft import Place

_SECTIONS = ("cases", "sections")


def own_place(project: Project, document: DocumentId, default: Place) -> Place | None:
    """Where a document has its own words in the place of a default of the profile; None where it can have none."""
    file, path = default
    is_section = file == "content/settings.yaml" and path[:2] == _SECTIONS and path[3:] == ("default",)
    if not is_section or document.kind != "case":
        return None
    own = [name for name in project.graph.own_files(document) if name.endswith(".yaml")]
    return (f"content/{own[0]}", ("sections", path[2], "text")) if len(own) == 1 else None


def section_written(project: Project, place: Place, text: str) -> Edit:
    """What makes a section of a case's own at the place where `own_place` says, among the others as the profile has
    them. Raises ContentError where the file cannot be read."""
    file, path = place
    id = path[1].removeprefix("@")
    item = {"id": id, "text": text}
    tree = read_tree(file, project.content_files[file.removeprefix("content/")])
    try:
        written = [_id(one) for one in find(tree, ("sections",)).node.children]
    except ContentError:
        return AddField((), "sections", [item])
    profile = project.content.settings.cases
    order = [str(one.id) for one in profile.sections] if profile is not None else [id]
    later = order[order.index(id) + 1 :]
    position = next((number for number, one in enumerate(written) if one in later), len(written))
    return AddItem(("sections",), item, position)


def _id(item: Node) -> str:
    own = item.like("id") if item.kind is Kind.MAP else None
    return own.value if own is not None else ""
