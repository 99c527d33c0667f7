"""The content folder -> one Content, or every problem in it at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import TypeVar

from docgen.content.content import Content
from docgen.content.dependencies import document_of, made_of, with_dependants
from docgen.content.fields import Model, with_more
from docgen.content.model import Glossary, Organisation, Policy, PolicyFile, Responsibilities, Settings, Value
from docgen.content.references import check_history, check_organisation, check_policy
from docgen.content.scalar import place_of
from docgen.content.types import IDENTIFIER_PATTERN
from docgen.content.validation import near, validate
from docgen.content.yaml_reader import Map, read_yaml
from docgen.kinds.case.checks import check_case
from docgen.kinds.case.model import Case, CaseFile
from docgen.kinds.follow_up.checks import check_follow_up
from docgen.kinds.follow_up.model import FollowUp, FollowUpFile
from docgen.kinds.guide.checks import check_guide
from docgen.kinds.guide.model import Guide, GuideFile
from docgen.kinds.meeting.checks import check_meeting
from docgen.kinds.meeting.model import Meeting, MeetingFile
from docgen.problems import ContentError, Origin, Problem
from docgen.structs import Struct, field

KINDS: dict[str, type[Model]] = {
    "settings": Settings,
    "organisation": Organisation,
    "glossary": Glossary,
    "policy": PolicyFile,
    "value": Value,
    "responsibilities": Responsibilities,
    "case": CaseFile,
    "meeting": MeetingFile,
    "follow-up": FollowUpFile,
    "guide": GuideFile,
}
"""The kinds of content file, with what each holds; each has a JSON Schema of the same name."""

_PLACES = {
    "settings": re.compile(r"settings\.yaml"),
    "organisation": re.compile(r"organisation\.yaml"),
    "glossary": re.compile(r"glossary\.yaml"),
    "policy": re.compile(r"policies/[^/]+/policy\.yaml"),
    "value": re.compile(r"policies/[^/]+/values/\d+-[^/]+\.yaml"),
    "responsibilities": re.compile(r"policies/[^/]+/responsibilities\.yaml"),
    "case": re.compile(r"cases/[^/]+\.yaml"),
    "meeting": re.compile(r"meetings/[^/]+\.yaml"),
    "follow-up": re.compile(r"follow_ups/\d{4}\.yaml"),
    "guide": re.compile(r"guides/[^/]+\.yaml"),
}
_PLACE = re.compile("|".join([r"(?:images|annexes|issued)/.+|\.schema/.+", *(p.pattern for p in _PLACES.values())]))
_Model = TypeVar("_Model", bound=Model)
_Found = TypeVar("_Found")


def load_content(
    files: Mapping[str, bytes],
    folder: str = "content",
    *,
    checked: bool = False,
    lenient: bool = False,
    known: Collection[str] = (),
) -> Content:
    """The content of a folder given as `{path: bytes}`; `folder` is its name in messages.

    Of a large folder `files` may be only those that some documents are made of (`docgen.content.graph`); `known`
    are then the paths of all, for what is looked for and not found.
    `checked` content is a part of a folder that was in order, such as a document's embedded source: what it refers to
    need not be there, and the rules across files are not asked again. In `lenient` content a document with problems, or
    one that is made of such a one, is left out and its problems are in `faults`.

    Raises ContentError with all problems of all files; where lenient, with those of the files that all have in common.
    """
    return _Loader(files, folder, checked, lenient, known).load()


def misplaced(paths: Collection[str], folder: str = "content") -> Iterator[Problem]:
    """A Problem for each path that no file of a content folder has."""
    for path in paths:
        if _PLACE.fullmatch(path) is None:
            yield _misplaced(path, folder)


class _Loader(Struct):
    files: Mapping[str, bytes]
    folder: str
    checked: bool
    lenient: bool
    known: Collection[str]
    problems: list[Problem] = field(default_factory=list)
    maps: dict[str, Map] = field(default_factory=dict)

    def load(self) -> Content:
        self.problems += misplaced(self.files, self.folder)
        self.known = self.known or self.files
        settings = self._read("settings.yaml", Settings)
        organisation = self._read("organisation.yaml", Organisation)
        glossary = self._read("glossary.yaml", Glossary)
        ids = sorted({path.split("/")[1] for path in self.files if re.match(r"policies/[^/]+/.", path)})
        policies = {id: policy for id in ids if (policy := self._policy(id))}
        cases = {case.id: case for path in self._paths("case") if (case := self._with_id(path, CaseFile, Case))}
        meetings = {
            meeting.id: meeting
            for path in self._paths("meeting")
            if (meeting := self._with_id(path, MeetingFile, Meeting))
        }
        follow_ups = {
            found.id: found
            for path in sorted(self._paths("follow-up"))
            if (found := self._with_id(path, FollowUpFile, FollowUp))
        }
        guides = {guide.id: guide for path in self._paths("guide") if (guide := self._with_id(path, GuideFile, Guide))}
        parts = made_of(cases, follow_ups, meetings, self.files)
        if settings and organisation and glossary and not self.checked:
            for guide in guides.values():
                self.problems += check_guide(guide)
            self.problems += check_organisation(settings, organisation, glossary)
            for policy in policies.values():
                self.problems += check_policy(policy, organisation)
            # What is made of a document at fault is not asked: it would tell that one's problems once more.
            faults = self._faults(parts)
            for id, case in cases.items():
                if f"case/{id}" not in faults:
                    self.problems += check_history(case.history, case.version, place_of(case.version))
                    self.problems += check_case(
                        case, settings, organisation, self.files, self.known, policies, follow_ups
                    )
            written = {path[6:-5] for path in self.known if _PLACES["case"].fullmatch(path)}
            for year, follow_up in follow_ups.items():
                if f"follow-up/{year}" not in faults:
                    before = follow_ups.get(str(int(year) - 1))
                    self.problems += check_follow_up(follow_up, before, policies, written, organisation)
            faults = self._faults(parts)
            for id, meeting in meetings.items():
                if f"meeting/{id}" not in faults:
                    self.problems += check_meeting(meeting, settings, organisation, cases, written)
        faults = self._faults(parts)
        shared = [problem for problem in self.problems if self._document(problem) is None]
        if shared or (self.problems and not self.lenient) or not (settings and organisation and glossary):
            raise ContentError(self.problems)

        def sound(kind: str, found: Mapping[str, _Found]) -> dict[str, _Found]:
            return {id: one for id, one in found.items() if f"{kind}/{id}" not in faults}

        return Content(
            settings,
            organisation,
            glossary,
            sound("policy", policies),
            sound("case", cases),
            sound("meeting", meetings),
            sound("follow-up", follow_ups),
            sound("guide", guides),
            self.files,
            self.maps,
            faults,
        )

    def _document(self, problem: Problem) -> str | None:
        """The document that a problem is in; None for a file that all have in common, or that belongs nowhere."""
        return document_of(problem.origin.file.removeprefix(f"{self.folder}/"))

    def _faults(self, parts: Mapping[str, tuple[str, ...]]) -> dict[str, list[Problem]]:
        """The problems so far by document, with the documents that are made of one at fault."""
        found: dict[str, list[Problem]] = {}
        for problem in self.problems:
            if (document := self._document(problem)) is not None:
                found.setdefault(document, []).append(problem)
        return with_dependants(found, parts, self.folder)

    def _paths(self, kind: str) -> list[str]:
        return [path for path in self.files if _PLACES[kind].fullmatch(path)]

    def _with_id(self, path: str, file: type[Model], kind: type[_Model]) -> _Model | None:
        """A file whose name is the id of what it holds: a `kind`, which is a `file` with an id."""
        id = path.rsplit("/", 1)[1].removesuffix(".yaml")
        if not re.fullmatch(IDENTIFIER_PATTERN, id):
            origin = Origin(f"{self.folder}/{path}")
            self.problems.append(Problem(origin, "filens navn kan ikke være et id", "brug a-z, 0-9 og bindestreg"))
            return None
        found = self._read(path, file)
        return None if found is None else with_more(found, kind, id=id)

    def _policy(self, id: str) -> Policy | None:
        place = f"policies/{id}"
        raw = self._raw(f"{place}/policy.yaml")
        paths = [path for path in self.files if _PLACES["value"].fullmatch(path) and path.startswith(f"{place}/")]
        paths.sort(key=lambda path: (int(path.rsplit("/", 1)[1].split("-", 1)[0]), path))
        values = [value for path in paths if (value := self._read(path, Value))]
        responsibilities = self._read(f"{place}/responsibilities.yaml", Responsibilities)
        if not paths:
            hint = f"læg mindst én fil i {self.folder}/{place}/values/, fx 1-navn.yaml"
            self.problems.append(Problem(Origin(f"{self.folder}/{place}"), "politikken har ingen værdier", hint))
        policy = None if raw is None else self._model(PolicyFile, raw)
        if policy is None or responsibilities is None or not values or len(values) < len(paths):
            return None
        # Every part is valid by now; validating again would lose nothing but time.
        return with_more(policy, Policy, id=id, values=tuple(values), responsibilities=responsibilities)

    def _read(self, path: str, kind: type[_Model]) -> _Model | None:
        raw = self._raw(path)
        return None if raw is None else self._model(kind, raw)

    def _model(self, kind: type[_Model], raw: Map) -> _Model | None:
        model, problems = validate(kind, raw)
        self.problems += problems
        return model

    def _raw(self, path: str) -> Map | None:
        name = f"{self.folder}/{path}"
        if path not in self.files:
            self.problems.append(Problem(Origin(name), "filen mangler", "opret den, eller ret dens navn"))
            return None
        try:
            self.maps[path] = found = read_yaml(name, self.files[path])
            return found
        except ContentError as error:
            self.problems += error.problems
            return None


def _misplaced(path: str, folder: str) -> Problem:
    name = path.rsplit("/", 1)[-1]
    if path.endswith(".yml"):
        hint = f"omdøb den til {name[:-4]}.yaml"
    elif path.startswith("follow_ups/"):
        hint = "giv den årets navn, fx 2024.yaml"
    elif "/values/" in path and path.endswith(".yaml"):
        hint = "begynd navnet med et nummer og en bindestreg, fx 1-navn.yaml"
    else:
        known = ["settings.yaml", "organisation.yaml", "glossary.yaml", "policy.yaml", "responsibilities.yaml"]
        guess = near(name, known)
        hint = f"skulle den hedde {guess}?" if guess and guess != name else "flyt den ud af mappen"
    return Problem(Origin(f"{folder}/{path}"), "filen hører ikke til her", hint)
