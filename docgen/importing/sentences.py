"""Lines of a page to paragraphs, and what a sentence begins with: as far as lines and words tell it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docgen.importing.language import is_listed
from docgen.lexicon.compounds import parts
from docgen.lexicon.forms import Form, form_of

_END = re.compile(r"[.:?!][”\"')*\]]*$")
_SENTENCE = re.compile(r"(?<=[.?!])[”\"')]*\s+(?=[A-ZÆØÅ”\"(])")
_ABBREVIATED = re.compile(
    r"(?<![\wæøå])(?:kr|pct|mio|mia|nr|stk|mv|m\.v|osv|bl\.a|m\.m|ca|fx|f\.eks|jf|ift|dvs|kl|§)\.$"
)
_MODALS = frozenset(
    [
        "vil",
        "skal",
        "kan",
        "må",
        "bør",
        "er",
        "var",
        "har",
        "havde",
        "bliver",
        "blev",
        "fik",
        "skulle",
        "kunne",
        "ville",
        "ønsker",
        "købte",
    ]
)
_SUBJECTS = frozenset(["vi", "der", "det", "at", "de", "den", "jeg", "man"])
_VERBS = frozenset(["have", "være", "gøre", "se", "få", "lade", "stå", "gå", "blive", "komme"])
_FINITE_ONLY = Form.PRESENT | Form.PAST
_LOOKED_AT = 6


def ends(line: str) -> bool:
    """Whether a line ends a sentence, or announces what comes."""
    return _END.search(line) is not None


def first_sentence(text: str) -> tuple[str, str]:
    """The first sentence of a text, and the rest."""
    for found in _SENTENCE.finditer(text):
        before = text[: found.start()]
        if not _ABBREVIATED.search(before):
            return before + found[0].rstrip(), text[found.end() :].strip()
    return text, ""


def usual_width(widths: Sequence[int]) -> int:
    """How long a full line is, in signs."""
    lengths = sorted(widths)
    return lengths[int(len(lengths) * 0.85)] if lengths else 0


def ends_paragraph(line: str, following: str, width: int, length: int = -1) -> bool:
    """Whether a paragraph ends with a line: a sentence does, and the next line's first word would have fitted. `length`
    is the line's own where that is not all of its words."""
    first = following.split(" ", 1)[0]
    own = len(line) if length < 0 else length
    return ends(line) and not following[:1].islower() and own + 1 + len(first) <= width


def paragraphs(lines: Sequence[str], widths: Sequence[int] = ()) -> list[list[int]]:
    """The lines of each paragraph, by their places; `widths` are how long they are where that is not their words."""
    lengths = widths or [len(line) for line in lines]
    width = usual_width(lengths)
    found: list[list[int]] = []
    for at, line in enumerate(lines):
        if not found or ends_paragraph(lines[at - 1], line, width, lengths[at - 1]):
            found.append([])
        found[-1].append(at)
    return found


_SUSPENDED = re.compile(r"\s*[-\N{SOFT HYPHEN}]$")
_MOST_PIECES = 3


def joined(lines: Sequence[str]) -> str:
    """Lines as one text. A word that one of them leaves off in and another goes on with is put together again."""
    text = ""
    for line in lines:
        words = line.strip()
        if words:
            text = _over_seam(text, words) if _SUSPENDED.search(text) else f"{text} {words}".strip()
    return text


def _over_seam(text: str, words: str) -> str:
    """Two lines as one, where the first ends with a hyphen and the second goes on with a word that it began."""
    head = _SUSPENDED.sub("", text)
    first = re.match(r"[a-zæøå]+", words)
    if first is not None and first[0] in ("og", "eller", "samt"):
        return f"{head}- {words}"
    if first is not None:
        pieces = head.split(" ")
        for count in range(1, min(_MOST_PIECES, len(pieces)) + 1):
            begun = "".join(pieces[-count:])
            whole = (begun + first[0]).lower()
            if begun.isalpha() and (is_listed(whole) or parts(whole)):
                return " ".join([*pieces[:-count], begun + words])
        return f"{head}-{words}"  # a hyphen of the word's own
    return f"{text} {words}"


def begins_with_infinitive(text: str) -> bool:
    """Whether a sentence goes on from `vil:`: its first verb is an infinitive, and nobody is named before it."""
    words = re.findall(r"[^\W\d_]+", text)
    if not words or text[:1].islower():
        return False
    for at, word in enumerate(words[:_LOOKED_AT]):
        lowered, form = word.lower(), form_of(word.lower())
        following = words[at + 1].lower() if at + 1 < len(words) else ""
        if lowered in _MODALS or lowered in _SUBJECTS:
            return False
        if lowered in _VERBS or (at == 0 and form & Form.INFINITIVE):
            return True
        if form & Form.INFINITIVE and not (form & (Form.NOUN | Form.ANY_ADJECTIVE) and following in _MODALS):
            return True
        if form & _FINITE_ONLY and not form & (Form.NOUN | Form.ANY_ADJECTIVE | Form.OTHER):
            return False
    return False
