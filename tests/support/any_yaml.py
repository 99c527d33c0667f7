"""YAML of a value in any of the ways in which it can be written: quotes, escapes, blocks, folds, flow, and anchors."""

from __future__ import annotations

import re
from random import Random

Value = dict[str, "Value"] | list["Value"] | str

_PLAIN = re.compile(r"[A-Za-zæøå][\wæøå./() -]*[\wæøå.)]")
_FOLDS = re.compile(r"(?<=\S) (?=[^\s#>|-])")  # a space that may as well be the end of a line


def write(choose: Random, value: Value) -> str:
    """A value as a file of YAML, each part of it written in a way that is chosen by lot."""
    return _Writer(choose).block(value, "").lstrip("\n") + "\n"


class _Writer:
    def __init__(self, choose: Random) -> None:
        self._choose, self._anchors, self._count = choose, dict[str, str](), 0

    def _one_of(self, *choices: str) -> str:
        return self._choose.choice(choices)

    def block(self, value: Value, indent: str) -> str:
        """What stands after a key, or at the beginning: in lines of its own, or in this one."""
        if not value or isinstance(value, str) or self._one_of("block", "block", "flow") == "flow":
            return f" {self.flow(value) if not isinstance(value, str) else self.text(value, indent)}"
        inner = f"{indent}  "
        if isinstance(value, dict):
            if not indent:
                inner = ""
            return "".join(f"\n{inner}{self.key(key)}:{self.block(item, inner or '  ')}" for key, item in value.items())
        return "".join(f"\n{inner}-{self.block(item, inner)}" for item in value)

    def flow(self, value: Value) -> str:
        """In the flow of a line, which may break."""
        comma = self._one_of(", ", ",\n      ", " , ")
        if isinstance(value, dict):
            items = [f"{self.key(key)}: {self.flow(item)}" for key, item in value.items()]
            return "{" + comma.join(items) + "}"
        if isinstance(value, list):
            return "[" + comma.join(map(self.flow, value)) + "]"
        return self.quoted(value)

    def key(self, key: str) -> str:
        return self._one_of(key, key, f'"{key}"', f"'{key}'")

    def text(self, text: str, indent: str) -> str:
        """A text, also as a block, or as an alias of one that stands before."""
        if (anchor := self._anchors.get(text)) and self._one_of("alias", "again") == "alias":
            return f"*{anchor}"
        named = ""
        if self._one_of("anchor", "none", "none") == "anchor":
            self._count += 1
            self._anchors[text] = f"a{self._count}"
            named = f"&{self._anchors[text]} "
        style = self._one_of("quoted", "|-", ">-")
        if style == "quoted" or not text or text != text.strip():
            return named + self.quoted(text, named=bool(named))
        lines = text.split("\n")
        if style == ">-":
            lines = [line for one in lines for line in (self._fold(one), "")][:-1]
        return f"{named}{style}" + "".join(
            f"\n{indent}    {line}" if line else "\n" for line in self._lines(lines, indent)
        )

    def _lines(self, lines: list[str], indent: str) -> list[str]:
        return [line.replace("\n", f"\n{indent}    ") for line in lines]

    def _fold(self, line: str) -> str:
        return _FOLDS.sub(lambda space: self._one_of(" ", " ", "\n"), line)

    def quoted(self, text: str, named: bool = False) -> str:
        """In quotes, or as it is: docgen takes the name of a text that is as it is for its first word."""
        style = self._one_of(*(["'"] if named else ["plain", "'"]), '"', "escaped")
        if style == "plain" and _PLAIN.fullmatch(text):
            return text
        if style in ("plain", "'") and "\n" not in text:
            return "'" + text.replace("'", "''") + "'"
        escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        if style == "escaped":
            escaped = "".join(
                self._one_of(sign, f"\\u{ord(sign):04x}", f"\\x{ord(sign):02x}" if ord(sign) < 256 else sign)
                if sign.isalnum() or sign in "/-{}"
                else sign
                for sign in text.replace("\\", "").replace('"', "").replace("\n", " ")
            )
        return f'"{escaped}"'
