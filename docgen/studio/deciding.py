"""Meeting day: what a body decided, as one form: the at-points, the outcomes, and how each party voted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from docgen.content.fields import fields_of
from docgen.content.organisation import Body
from docgen.content.profile import Party
from docgen.content.yaml_editor import AddField, AddItem, Edit, SetValue
from docgen.content.yaml_reader import read_yaml
from docgen.content.yaml_style import Value as Written
from docgen.content.yaml_values import Map, Value
from docgen.content.yaml_values import Sequence as Items
from docgen.kinds.case.decision_model import How
from docgen.kinds.case.model import Treatment
from docgen.structs import Struct
from docgen.studio.answers import Answer
from docgen.studio.controls import choices_of, shape_of
from docgen.studio.drafts import Drafts, with_files
from docgen.studio.forms import NoFieldError, Spot, Steps, position_of, step_to
from docgen.studio.refusing import problems
from docgen.studio.saving import Saved, Saver
from docgen.studio.session import Session

VOTES = ("for", "against", "abstaining")
_TALLIES = {"for": "votes_for", "against": "votes_against", "abstaining": "abstentions"}


class Decided(Struct, frozen=True):
    """An outcome as it was filled in: of one at-point (empty: of the whole recommendation), the word, how it came
    about (empty: it is not told), the parties by their vote, and how many votes where the seats do not say it."""

    point: str
    verb: str
    how: str = ""
    detail: str = ""
    parties: dict[str, tuple[str, ...]] = {}  # noqa: RUF012 (msgspec copies it)
    votes: dict[str, int] = {}  # noqa: RUF012


class Deciding:
    """The decisions of the cases of a session."""

    def __init__(self, session: Session, drafts: Drafts, saver: Saver) -> None:
        self._session, self._drafts, self._saver = session, drafts, saver

    def form(self, file: str) -> Answer:
        """The treatments of a case, its at-points, and what can become of them. Raises NoFieldError for a file that is
        no case."""
        read = self._case(file)
        content = self._session.project.content
        profile, bodies = content.settings.cases, {str(body.id): body for body in content.organisation.bodies}
        role = fields_of(Treatment)["role"]
        roles = {one["value"]: one["words"] for one in choices_of(role, shape_of(role.type), {})}
        return {
            "file": file,
            "treatments": [
                {
                    "path": ["treatments", step_to(read["treatments"], at)],
                    "body": str(one.get("body", "")),
                    "words": _named(bodies, str(one.get("body", ""))),
                    "role": roles.get(str(one.get("role", "")), ""),
                    "date": str(one.get("date", "")),
                    "outcomes": [_outcome(found) for found in _maps(_decision(one).get("outcomes"))],
                }
                for at, one in enumerate(_maps(read.get("treatments")))
            ],
            "points": list(_points(read)),
            "outcomes": [{"value": str(one.word), "words": str(one.word)} for one in profile.outcomes]
            if profile
            else [],
            "how": [{"value": value, "words": words} for value, words in _HOW.items()],
            "parties": [_party(one) for one in profile.parties] if profile else [],
        }

    def decide(self, file: str, path: Steps, decided: Decided) -> Saved | None:
        """Writes an outcome into the decision of a treatment, in the place of the one of the same at-point; others may
        be missing still. Raises NoFieldError, and DocgenError where the schema or the rules refuse it."""
        treatment = self._drafts.spot(file, path)
        if len(path) != 2 or path[0] != "treatments" or not isinstance(treatment.value, Map):
            raise NoFieldError(path)
        outcome = self._written(str(treatment.value.get("body", "")), decided, self._others(treatment.value, decided))
        edits = list(self._edits(file, path, treatment, outcome))
        outcomes: list[Mapping[str, object]] = [*_maps(_decision(treatment.value).get("outcomes")), outcome]
        is_mixed = len({"point" in one for one in outcomes if "amendment" not in one and "points" not in one}) > 1
        place = () if is_mixed else self._outcomes(path)
        return self._saver.change(file, edits, "Beslutning", is_whole=True, unfinished=place)

    def left(self, file: str, path: Steps, saved: Saved) -> str:
        """What is still missing in the decision of a treatment when something is written in it, in words."""
        inner = file.partition("/")[2]
        told = problems(with_files(self._session.project, {inner: saved.after}), inner)
        found = (one for one in told if one.origin.path == self._outcomes(path) and one.origin.file == file)
        return " ".join(one.message for one in found)

    @staticmethod
    def _outcomes(path: Steps) -> Steps:
        return (*path, "decision", "outcomes")

    def _edits(self, file: str, path: Steps, treatment: Spot, outcome: dict[str, Written]) -> Iterable[Edit]:
        decision = self._drafts.spot(file, (*path, "decision"))
        if not isinstance(decision.value, Map):
            value = {"outcomes": [outcome]}
            yield AddField(path, "decision", value, position_of(decision, treatment))
            return
        outcomes = decision.value.get("outcomes")
        if not isinstance(outcomes, Items):
            yield AddField(decision.path, "outcomes", [outcome], 0)
            return
        for at, one in enumerate(_maps(outcomes)):
            if _is_of(one, str(outcome.get("point", ""))):
                yield SetValue((*decision.path, "outcomes", at), outcome)
                return
        yield AddItem((*decision.path, "outcomes"), outcome)

    def _others(self, treatment: Map, decided: Decided) -> Mapping[str, Sequence[str]]:
        """By their vote those who are written in the outcome and are no party of the register, such as one member of a
        party that was divided: the form does not show them as buttons, and they stay."""
        outcomes = _maps(_decision(treatment).get("outcomes"))
        before = next((one for one in outcomes if _is_of(one, decided.point)), Map(treatment.origin))
        if decided.how != "vote":
            return {}
        written = {vote: before.get(f"parties_{vote}") for vote in VOTES}
        return {
            vote: [str(one) for one in names if str(one) not in self._parties]
            for vote, names in written.items()
            if isinstance(names, Items)
        }

    @property
    def _parties(self) -> dict[str, Party]:
        profile = self._session.project.content.settings.cases
        return {str(one.letter): one for one in profile.parties} if profile else {}

    def _written(self, body: str, decided: Decided, others: Mapping[str, Sequence[str]]) -> dict[str, Written]:
        parties = self._parties
        told: dict[str, Written] = {"point": decided.point} if decided.point else {}
        told["verb"] = decided.verb
        told |= {key: value for key, value in (("detail", decided.detail), ("how", decided.how)) if value}
        for vote in VOTES:
            letters = decided.parties.get(vote, ())
            seats = 0 if others.get(vote) else _seats([parties[one] for one in letters if one in parties], body)
            if count := decided.votes.get(vote, seats):
                told[_TALLIES[vote]] = count
        for vote in VOTES:
            if names := [*decided.parties.get(vote, ()), *others.get(vote, ())]:
                told[f"parties_{vote}"] = list[Written](names)
        return told

    def _case(self, file: str) -> Map:
        inner = file.partition("/")[2]
        document = self._session.project.content_kinds.document_of(inner)
        if document is None or document.kind != "case" or inner not in self._session.project.content_files:
            raise NoFieldError(file)
        return read_yaml(file, self._session.project.content_files[inner])


_HOW: dict[How, str] = {"without-vote": "uden afstemning", "unanimous": "enstemmigt", "vote": "ved afstemning"}


def _seats(parties: Sequence[Party], body: str) -> int:
    """How many votes some parties have in a body; 0 where that is not known of all of them."""
    seats = [next((count for id, count in party.seats.items() if str(id) == body), 0) for party in parties]
    return sum(seats) if all(seats) else 0


def _party(party: Party) -> Answer:
    seats = {str(id): count for id, count in party.seats.items()}
    return {"letter": str(party.letter), "name": str(party.name), "seats": seats}


def _named(bodies: dict[str, Body], id: str) -> str:
    return str(bodies[id].name) if id in bodies else id


def _decision(treatment: Map) -> Map:
    found = treatment.get("decision")
    return found if isinstance(found, Map) else Map(treatment.origin)


def _is_of(outcome: Map, point: str) -> bool:
    """Whether an outcome is the one of an at-point, or of the whole recommendation, and of nothing that was moved."""
    return "amendment" not in outcome and "points" not in outcome and str(outcome.get("point", "")) == point


def _outcome(outcome: Map) -> Answer:
    return {key: list(map(str, value)) if isinstance(value, Items) else str(value) for key, value in outcome.items()}


def _points(read: Map) -> Iterable[Answer]:
    for group in _maps(read.get("recommendation")):
        for point in _maps(group.get("points")):
            yield {"id": str(point.get("id", "")), "words": " ".join(str(point.get("text", "")).split())}


def _maps(value: Value) -> list[Map]:
    return [one for one in value if isinstance(one, Map)] if isinstance(value, Items) else []
