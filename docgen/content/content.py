"""Everything in the content folder, as one value."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from docgen.content.model import Glossary, Organisation, Policy, Settings
from docgen.content.yaml_reader import Map
from docgen.kinds.case.model import Case, case_day
from docgen.kinds.follow_up.model import FollowUp
from docgen.kinds.guide.model import Guide
from docgen.kinds.meeting.model import Meeting
from docgen.problems import Problem
from docgen.structs import Struct, field


class Content(Struct, frozen=True):
    """Everything in the content folder, valid and with its references in order.

    `files` holds the folder's files by path; `files_of` names those that a document is made of; `maps`
    holds what the YAML files say, as they were read. `faults` has the problems of documents that were left out, by id
    (`case/…`), where the content was read leniently.
    """

    settings: Settings
    organisation: Organisation
    glossary: Glossary
    policies: Mapping[str, Policy] = field(default_factory=dict)
    cases: Mapping[str, Case] = field(default_factory=dict)
    meetings: Mapping[str, Meeting] = field(default_factory=dict)
    follow_ups: Mapping[str, FollowUp] = field(default_factory=dict)
    guides: Mapping[str, Guide] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    maps: Mapping[str, Map] = field(default_factory=dict)
    faults: Mapping[str, Sequence[Problem]] = field(default_factory=dict)

    def day_of(self, case: Case) -> datetime.date:
        """The day that names and properties of a case follow."""
        return case_day(case, self.policies, self.follow_ups)

    def files_of(self, *own: str) -> tuple[str, ...]:
        """The paths of the files that a document is made of, sorted: those that begin so, and the common ones."""
        common = ("glossary.yaml", "images/", "organisation.yaml", "settings.yaml")
        return tuple(sorted(path for path in self.files if path.startswith((*own, *common))))
