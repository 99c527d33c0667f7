"""What a file would be refused for, told before it is written: by its schema, by the rules, and as words in print."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from docgen.build.known_ids import NONE_KNOWN
from docgen.commands.foresight import problems_of_texts
from docgen.content.characters import refused_characters
from docgen.content.fields import UNPRINTED
from docgen.content.scalar import Scalar
from docgen.content.unfilled import as_filled
from docgen.content.validation import validate
from docgen.content.yaml_reader import read_yaml
from docgen.content.yaml_values import Sequence as Items
from docgen.document_id import DocumentId
from docgen.kinds.edition import Edition
from docgen.pipeline import Job
from docgen.problems import DocgenError, Origin, Problem
from docgen.project import Project
from docgen.studio.controls import Control
from docgen.studio.drafts import with_files
from docgen.studio.forms import NoFieldError, Spot, Steps, file_kind, spot_at
from docgen.studio.session import FINGERPRINT
from docgen.tree.document import Document, Span, lines, walk, walk_inlines

_Told = Callable[[Project, str], Sequence[Problem]]
_WORDS = (Control.TEXT, Control.LINE, Control.LINES)


def new_problems(project: Project, inner: str, before: bytes, after: bytes, told: _Told) -> list[Problem]:
    """What would be wrong with a file of other bytes that was not wrong before, as `told` tells it."""
    document = project.content_kinds.document_of(inner)
    if document is not None and document in project.graph:
        project = project.part_of([document])
    if not (found := told(with_files(project, {inner: after}), inner)):
        return []
    earlier = {(one.origin.path, one.message) for one in told(with_files(project, {inner: before}), inner)}
    return [one for one in found if (one.origin.path, one.message) not in earlier]


def refused(project: Project, inner: str) -> Sequence[Problem]:
    """What the schema refuses in a file."""
    kind, file = file_kind(project, inner), f"content/{inner}"
    try:
        read = read_yaml(file, project.content_files[inner])
    except DocgenError as error:
        return error.problems
    return validate(kind.model, read)[1] if kind is not None else ()


def problems(project: Project, inner: str) -> Sequence[Problem]:
    """What is wrong in the folder, by the rules across fields and files, too."""
    try:
        return project.content.problems
    except DocgenError as error:
        return error.problems


def unfit_for_print(path: Steps) -> _Told:
    """What tells why the words at a place, or in it, could not be printed as they are: signs that no font has, Markdown
    that would be lost, what refers to nothing. Words that no document shows may say what they like."""

    def told(project: Project, inner: str) -> Sequence[Problem]:
        spot = _spot(project, inner, path)
        is_words = spot is not None and (not path or (spot.shape.control in _WORDS and not spot.field.ids))
        if spot is None or not is_words or spot.field.seen is UNPRINTED:
            return ()
        document = project.content_kinds.document_of(inner)
        if document is None:
            return tuple(_signs(spot))
        place = Origin(f"content/{inner}", path=_path_of(spot))
        try:
            found, is_shown = list[Problem](), False
            has_closed = b"closed" in project.content_files[inner]
            for edition in Edition:  # what everybody may see is not looked at once more
                for tree, problems in () if is_shown and not has_closed else _made(project, document, edition):
                    found += [one for one in problems if _is_in(one.origin, place)]
                    is_shown = is_shown or (bool(path) and _shows(tree, place))
        except DocgenError:  # it cannot be made for what is wrong elsewhere: its words alone are looked at
            return _of_words(project, document, spot)
        if is_shown and not found:
            found += _of_words(project, document, spot, only_written=True)
        return DocgenError(found).problems

    return told


def _spot(project: Project, inner: str, path: Steps) -> Spot | None:
    try:
        return spot_at(project, f"content/{inner}", path, NONE_KNOWN)
    except (NoFieldError, DocgenError):
        return None


def _path_of(spot: Spot) -> Steps:
    found = getattr(spot.value, "origin", None)
    return found.path if isinstance(found, Origin) else spot.path


def _is_in(origin: Origin, place: Origin) -> bool:
    return origin.file == place.file and origin.path[: len(place.path)] == place.path


def _made(project: Project, document: DocumentId, edition: Edition) -> Iterator[tuple[Document, Sequence[Problem]]]:
    """The tree of a document in each rendering, and what is wrong in its texts. Raises DocgenError where it cannot be
    made."""
    model = project.content.documents.get(document)
    if model is None:
        raise DocgenError(())
    for id in project.kinds[document.kind].ids(document.name, model):
        yield Job(project, id, edition, draws=False, fingerprint=FINGERPRINT).draft


def _shows(tree: Document, place: Origin) -> bool:
    return any(
        _is_in(node.origin, place)
        or any(
            isinstance(inline, Span) and _is_in(inline.origin, place)
            for line in lines(node)
            for inline in walk_inlines(line)
        )
        for node in walk(tree)
    )


def _of_words(project: Project, document: DocumentId, spot: Spot, *, only_written: bool = False) -> tuple[Problem, ...]:
    """What the words of a field are refused for by themselves, also where the document cannot be made."""
    texts = _texts(spot) if spot.is_single else []
    if not texts:
        return ()
    try:
        seen = project if only_written else project.with_content(project.foreseen().content)
        found = problems_of_texts(seen, document, texts, only_written=only_written)
    except DocgenError:  # what all share is at fault
        return tuple(_signs(spot))
    return tuple(one for one in found if one.origin.file == spot.file)


def _texts(spot: Spot) -> list[Scalar]:
    values = spot.value if isinstance(spot.value, Items) else [spot.value]
    filled = (as_filled(value) for value in values)
    return [value for value in filled if isinstance(value, Scalar) and value.strip()]


def _signs(spot: Spot) -> Iterator[Problem]:
    """The signs of a field of what all documents share that none of them can show."""
    for text in _texts(spot):
        for sign in refused_characters(text):
            yield Problem(text.origin_at(sign.start, sign.end), sign.message, sign.hint)
