"""What the YAML parser refuses, in words for those who wrote it."""

from __future__ import annotations

import re

from docgen.problems import Origin, Problem

MAX_DEPTH = 40
"""Layers of fields and lists inside each other that content may have."""

_SYNTAX = (
    (
        "mapping values are not allowed",
        "et kolon står, hvor der ikke kan begynde en værdi",
        "sæt teksten i anførselstegn",
    ),
    ("cannot start any token", "tegnet kan ikke stå forrest i en værdi", "sæt teksten i anførselstegn"),
    (
        "keys are not allowed in this context",
        "? betyder noget særligt forrest i en værdi",
        "sæt teksten i anførselstegn",
    ),
    (
        "entries are not allowed in this context",
        "et punkt kan ikke begynde på feltets egen linje",
        "begynd listen på næste linje, eller sæt teksten i anførselstegn",
    ),
    ("expected <document start>", "teksten står efter filens slutning", "slet linjen med ..., eller ryk den ind"),
    ("found a tab character", "linjen er rykket ind med tabulator", "brug mellemrum"),
    ("could not find expected ':'", "der mangler et kolon efter feltets navn", "skriv 'navn: værdi'"),
    (
        "did not find expected ',' or",
        "listen eller felterne i klammer er ikke lukket",
        "afslut med ] eller }, eller sæt teksten i anførselstegn, hvis klammen hører til den",
    ),
    ("did not find expected node content", "listen eller felterne i klammer er ikke lukket", "afslut med ] eller }"),
    (
        "did not find expected key",
        "linjen passer ikke med indrykningen eller anførselstegnene ovenfor",
        "ret indrykningen",
    ),
    (
        "did not find expected '-' indicator",
        "linjen passer ikke i listen ovenfor",
        "ret indrykningen, eller begynd med '- '",
    ),
    ("unexpected end of stream", "et anførselstegn bliver ikke lukket", "sæt det sidste anførselstegn"),
    ("unexpected document indicator", "et anførselstegn bliver ikke lukket", "sæt det sidste anførselstegn"),
    ("undefined alias", "henvisningen med * findes ikke", "sæt teksten i anførselstegn, hvis * hører til den"),
    (
        "expected alphabetic or numeric",
        "* og & betyder noget særligt forrest i en værdi",
        "sæt teksten i anførselstegn",
    ),
    ("expected a single document", "filen indeholder to dokumenter", "slet linjen med ---"),
    ("maximum nesting", f"felterne er lagt ind i hinanden i mere end {MAX_DEPTH} lag", "gør opbygningen fladere"),
    (
        "unknown escape character",
        "\\ betyder noget særligt i dobbelte anførselstegn",
        "skriv \\\\ eller brug enkelte anførselstegn",
    ),
    ("block scalar", "teksten efter | eller > er forkert rykket ind", "begynd teksten på næste linje med indrykning"),
)


_RARE_BREAK = re.compile("[\u2028\u2029]")  # a new line to YAML's parser alone
_UNCLOSED = re.compile(r"""^\s*(?:- )?[\w-]+:\s+(?=["'])("(?:[^"\\\\]|\\\\.)*|'[^']*)$""")


def syntax_problem(file: str, source: str, error: Exception) -> Problem:
    """What YAML's own parser refused in a file, as a Problem at its place; `source` is the file's text."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    text = f"{getattr(error, 'context', None) or ''} {getattr(error, 'problem', None) or error}"
    lines = source.split("\n")
    for number, written in enumerate(lines[:line], 1):
        if (unclosed := _UNCLOSED.search(written)) and "\n" in source:
            return Problem(
                Origin(file, number, unclosed.start(1) + 1),
                "et anførselstegn bliver ikke lukket",
                "sæt det sidste anførselstegn, eller slet det første",
            )
    if line <= len(lines) and "\t" in lines[line - 1][: max(column, 1)] and not lines[line - 1][: column - 1].strip():
        return Problem(Origin(file, line, column), "linjen er rykket ind med tabulator", "brug mellemrum")
    if rare := _RARE_BREAK.search(source):
        place = Origin(
            file, source.count("\n", 0, rare.start()) + 1, rare.start() - source.rfind("\n", 0, rare.start())
        )
        return Problem(place, f"usynligt linjeskift U+{ord(rare[0]):04X}", "slet det, og tryk på Enter i stedet")
    for words, message, hint in _SYNTAX:
        if words in text:
            return Problem(Origin(file, line, column), message, hint)
    return Problem(Origin(file, line, column), f"kan ikke læses som YAML ({' '.join(text.split())})", "ret linjen")
