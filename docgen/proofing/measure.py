"""How the proof-reader does on papers whose errors somebody has listed: figures by family and by rule, never a text.

The list is a file of lines with tabs between their columns, as a spreadsheet saves one ("Unicode-tekst", UTF-8): `fil`,
`familie`, `forkert` and `rigtigt`. `forkert` is a quotation of some words with the error in them, `rigtigt` the same words
as they should be. A paper without errors has a line with its name alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from docgen.problems import ContentError, Origin, Problem
from docgen.proofing.rule import Finding, Passage
from docgen.structs import Struct

COLUMNS = ("fil", "familie", "forkert", "rigtigt")


class Listed(Struct, frozen=True):
    """An error that somebody has seen: in which file, of which family, the words as they are and as they should be."""

    file: str
    family: str
    wrong: str
    right: str
    origin: Origin


class Counted(Struct, frozen=True):
    """How many of how many, under a name."""

    name: str
    found: int
    every: int


class Measured(Struct, frozen=True):
    """What was read, which errors were found, and which findings were no listed error.

    `families` count the errors that are found of those that are listed, `rules` the findings that are right of all.
    `missed` and `false` are places (`file:line:column`) with a family or the code of a rule.
    """

    papers: int
    words: int
    families: tuple[Counted, ...]
    rules: tuple[Counted, ...]
    missed: tuple[str, ...]
    false: tuple[str, ...]

    @property
    def recall(self) -> float:
        """The share of the listed errors that are found; 1 where none is listed."""
        return _share(self.families)

    @property
    def precision(self) -> float:
        """The share of the findings that are listed errors; 1 where nothing is found."""
        return _share(self.rules)


def _share(counted: Iterable[Counted]) -> float:
    counted = tuple(counted)
    every = sum(one.every for one in counted)
    return sum(one.found for one in counted) / every if every else 1.0


def read_list(name: str, data: bytes) -> tuple[Listed, ...]:
    """The listed errors, and the papers without any (their family is empty). Raises ContentError with every line that
    is at fault."""
    try:
        text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError:
        raise ContentError([Problem(Origin(name), "filen er ikke UTF-8", "gem den som UTF-8-tekst")]) from None
    lines = [[cell.strip(' "') for cell in line.split("\t")] for line in text.splitlines()]
    header = [cell.lower() for cell in lines[0]] if lines else []
    if missing := [column for column in COLUMNS if column not in header]:
        hint = f"skriv {' · '.join(COLUMNS)} med tabulator imellem i den første linje"
        raise ContentError([Problem(Origin(name, 1), f"kolonnen {missing[0]} mangler", hint)])
    found, problems = list[Listed](), list[Problem]()
    for number, cells in enumerate(lines[1:], 2):
        if not any(cells):
            continue
        row = dict(zip(header, [*cells, *[""] * len(header)], strict=False))
        listed = Listed(row["fil"], row["familie"], row["forkert"], row["rigtigt"], Origin(name, number))
        problems += _wrong_in(listed)
        found.append(listed)
    if problems:
        raise ContentError(problems)
    return tuple(found)


def _wrong_in(listed: Listed) -> Iterator[Problem]:
    if not listed.file:
        yield Problem(listed.origin, "der står ingen fil", "skriv papirets navn under fil")
    elif listed.wrong and not listed.family:
        yield Problem(listed.origin, "fejlen har ingen familie", "skriv fx komma under familie")
    elif listed.family and not listed.wrong:
        yield Problem(listed.origin, "der står ikke, hvad der er forkert", "skriv nogle ord af papiret under forkert")
    elif listed.wrong and listed.wrong == listed.right:
        yield Problem(listed.origin, "forkert og rigtigt er ens", "skriv under rigtigt, hvad der skulle stå")


class _Place(Struct, frozen=True):
    """Where an error stands: in which passage, from where to where, with the word before it and the one after."""

    passage: Passage
    start: int
    end: int

    def holds(self, finding: Finding) -> bool:
        """Whether a finding touches the words."""
        hit = finding.hit
        return hit.passage is self.passage and hit.start <= self.end and hit.end >= self.start


def measure(
    listed: Iterable[Listed], passages: Mapping[str, Sequence[Passage]], findings: Mapping[str, Sequence[Finding]]
) -> Measured:
    """What the findings in some papers are worth against the listed errors; both are by the file's name in the list.

    An error is found where a finding touches what differs between its two forms, or the word on either side. Raises
    ContentError with every listed error whose words are not in its paper.
    """
    places, problems = dict[Origin, _Place](), list[Problem]()
    taken: set[tuple[str, str, int]] = set()
    errors = [one for one in listed if one.family]
    for error in errors:
        place = _place(error, passages.get(error.file, ()), taken)
        if place is None:
            problems.append(
                Problem(error.origin, f"”{error.wrong}” står ikke i {error.file}", "skriv ordene, som de står")
            )
        else:
            places[error.origin] = place
    if problems:
        raise ContentError(problems)
    found = {
        error.origin for error in errors if any(places[error.origin].holds(one) for one in findings.get(error.file, ()))
    }
    every = [one for some in findings.values() for one in some]
    false = [one for one in every if not any(place.holds(one) for place in places.values())]
    return Measured(
        len(passages),
        sum(len(one.text.split()) for some in passages.values() for one in some if one.key != "property"),
        _counted((error.family, error.origin in found) for error in errors),
        _counted((finding.rule.code, finding not in false) for finding in every),
        tuple(
            f"{_shown(places[one.origin].passage, places[one.origin].start)} {one.family}"
            for one in errors
            if one.origin not in found
        ),
        tuple(f"{_shown(one.hit.passage, one.hit.start)} {one.rule.code}" for one in false),
    )


def _counted(said: Iterable[tuple[str, bool]]) -> tuple[Counted, ...]:
    counts: dict[str, list[bool]] = {}
    for name, is_right in said:
        counts.setdefault(name, []).append(is_right)
    return tuple(Counted(name, sum(each), len(each)) for name, each in sorted(counts.items()))


def _shown(passage: Passage, start: int) -> str:
    """A place without the words that stand there."""
    if passage.key.isdigit():
        return f"{passage.file}:{passage.key}:{start + 1}"
    return f"{passage.file}: {passage.place.partition(':')[0]}"


def _place(error: Listed, passages: Sequence[Passage], taken: set[tuple[str, str, int]]) -> _Place | None:
    """The next place of an error's words that no earlier line of the list has taken."""
    quoted = _plain(error.wrong)
    for passage in passages:
        text = _plain(passage.text)
        at = text.find(quoted)
        while at >= 0 and (error.file, error.wrong, id(passage) + at) in taken:
            at = text.find(quoted, at + 1)
        if at >= 0:
            taken.add((error.file, error.wrong, id(passage) + at))
            first, last = _difference(quoted, _plain(error.right))
            return _Place(passage, *_with_neighbours(text, at + first, at + last))
    return None


def _plain(text: str) -> str:
    """A text of as many characters in which a no-break space and a tab are spaces, and quotation marks are alike."""
    return text.translate(str.maketrans("\u00a0\t\u202f“„»«\"'‘", "   ”””””’’"))


def _difference(wrong: str, right: str) -> tuple[int, int]:
    """From where to where the wrong words are others than the right ones."""
    least = min(len(wrong), len(right))
    first = next((at for at in range(least) if wrong[at] != right[at]), least)
    last = next((at for at in range(least - first) if wrong[-1 - at] != right[-1 - at]), least - first)
    return first, max(first, len(wrong) - last)


def _with_neighbours(text: str, start: int, end: int) -> tuple[int, int]:
    """The words that two places are in, and one more on each side."""
    before = text.rfind(" ", 0, max(0, text.rfind(" ", 0, start)))
    after = text.find(" ", text.find(" ", end) + 1) if " " in text[end:] else -1
    return before + 1, after if after > 0 else len(text)
