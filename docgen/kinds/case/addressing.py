"""Who says what to whom in a case: names on the day of a treatment, senders, recommending bodies, lead-ins."""

from __future__ import annotations

import datetime

from docgen import danish
from docgen.content.computed import Computed, label
from docgen.content.content import Content
from docgen.content.profile import CaseProfile, KindProfile
from docgen.kinds.case.decisions import fill
from docgen.kinds.case.model import Case, Treatment, TreatmentRole
from docgen.kinds.case.points import BodyGroup, groups_for
from docgen.kinds.case.route import before, onward
from docgen.kinds.edition import Edition


class Addressing:
    """Names bodies and administrations as they were called on the day, and fills in what is said to them.

    `day` is the day that names follow where a treatment has none.
    """

    def __init__(
        self,
        content: Content,
        profile: CaseProfile,
        case: Case,
        treatment: Treatment,
        edition: Edition,
        day: datetime.date,
    ) -> None:
        self.content, self.profile, self.case, self.treatment, self.edition = content, profile, case, treatment, edition
        self.day = day
        self.kind: KindProfile = profile.kinds[str(case.kind)]

    def name(self, id: str, treatment: Treatment | None = None) -> Computed:
        """A body's name on the day of the treatment, or of the case where that is not known."""
        day = (treatment.date if treatment else None) or self.day
        return label(self.content.organisation.body(id, day), "name")

    def council(self) -> Computed:
        """The council's name."""
        return self.name(self.content.settings.municipality.council)

    def senders(self, treatment: Treatment) -> list[Computed]:
        """The administrations that recommend to a body: its own where it declares itself, else the case's."""
        ids = treatment.by or self.case.administrations
        if treatment.declaration and not treatment.by:
            day = treatment.date or self.day
            bodies = self.content.organisation.bodies
            own = [str(b.id) for b in bodies if b.kind == "administration" and b.parent == treatment.body]
            ids = tuple(id for id in own if self.content.organisation.body(id, day).id == id) or ids
        return [self.name(id, treatment if treatment.by or treatment.declaration else None) for id in ids]

    def lead_in(self, group: BodyGroup, treatment: Treatment) -> str:
        """The words before the at-points of a group."""
        if self.kind.lead_in is not None:
            return fill(self.kind.lead_in, modtager=str(self.case.asked or ""))
        by = [self.name(id) for id in group.by] or self.senders(treatment)
        return fill(self.pattern(group, treatment), **self.words(treatment, by, group.to))

    def pattern(self, group: BodyGroup, treatment: Treatment) -> str:
        """The lead-in that a group asks for, or else that of what the body does; a body may have its own."""
        usual, own = self.profile.lead_ins, self.profile.body(treatment.body)
        key = group.lead_in or {
            TreatmentRole.RECOMMENDS: "recommends",
            TreatmentRole.DECLARES: "declares",
            TreatmentRole.COUNCIL: "council",
        }.get(treatment.role, "decides")
        if own is not None and key == "decides" and own.decides is not None:
            return own.decides
        if own is not None and key == "recommends" and own.recommends is not None:
            return own.recommends
        by_role = {"recommends": usual.recommends, "declares": usual.declares, "council": usual.council}
        return {**usual.others, **by_role}.get(key, usual.decides)

    def words(self, treatment: Treatment, by: list[Computed], to: tuple[str, ...] = ()) -> dict[str, str]:
        """What the braces of a lead-in stand for."""
        own = [item for item in self.case.treatments if str(item.body) in map(str, to)]
        names = list(dict.fromkeys(self.name(item.body, item) for item in own)) or [
            self.name(treatment.body, treatment)
        ]
        council = self.council()
        after = [self.name(item.body, item) for item in onward(self.case, treatment)]
        special = [self.name(item.body, item) for item in self.recommending(treatment)]
        return {
            "forvaltning": danish.enumerate(by),
            "udvalg": danish.enumerate(names),
            "udvalgets": danish.genitive(danish.enumerate(names)),
            "råd": council,
            "videre": danish.enumerate(after) or council,
            "fagudvalg": danish.enumerate(special),
            "fagudvalgets": danish.genitive(danish.enumerate(special)),
            "modtager": str(self.case.asked or ""),
        }

    def recommending(self, treatment: Treatment) -> tuple[Treatment, ...]:
        """The bodies before one that recommend to it: the last that does, and those that do so together with it."""
        found = [item for item in before(self.case, treatment) if item.role is TreatmentRole.RECOMMENDS]
        if not found:
            return ()
        groups = groups_for(self.case, found[-1])
        joint = {id for group in groups for id in map(str, group.to)} or {str(found[-1].body)}
        each = {str(item.body): item for item in found if str(item.body) in joint}
        return tuple(each.values()) or (found[-1],)
