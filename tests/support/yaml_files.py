"""YAML files made at random, in every style that YAML has, with comments wherever one may stand."""

from __future__ import annotations

import random
import re

PROSE = "Kommunen køber ind for mia. kr. hvert år, og borgerne får gavn af det: naturligvis økonomien ja"
SIGNS = "”politikken” it’s {bilag:x} 12,5 pct. C# a:b x#y - * & | > ! % @ ` – 2024 [note] \"sagt\" 'sagt' \\"
WORDS = re.split(" ", f"{PROSE} {SIGNS} æøå Ærø e\u0301 \u00a0")
TYPED = ["5", "12.50", "2024-05-01", "true", "nej", "12:30", "0x1F", '"1.0"', "'7'", '""']
SAFE = [word for word in WORDS if re.fullmatch(r"[^\W_]+[.,]?", word)]


class FileMaker:
    """Makes one file. Every comment in it is another, such as `# k7`, and no value holds such words."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.step = chance.choice([2, 2, 2, 4, 3])
        self.list_step = chance.choice([0, 2, 2, self.step])
        self.lines: list[str] = []
        self.comments = 0
        self.names = 0
        self.anchors: list[str] = []
        self.rich = chance.random() < 0.7

    def make(self) -> bytes:
        """The file's bytes."""
        if self.often(0.2):
            self.lines.append("---" if self.often(0.5) else f"--- {self.comment()}")
        self.comment_lines(0, 0.6)
        self.fields(0, 0, self.chance.randint(1, 6))
        if self.often(0.3):
            self.comment_lines(0, 0.9)
        if self.lines and self.often(0.1) and self.lines[0].startswith("---"):
            self.lines.append("...")
        text = "\n".join(self.lines) + ("" if self.often(0.2) else "\n" * self.chance.choice([1, 1, 1, 2]))
        if self.often(0.25):
            text = text.replace("\n", "\r\n")
        return (b"\xef\xbb\xbf" if self.often(0.05) else b"") + text.encode()

    def often(self, share: float) -> bool:
        return self.chance.random() < share

    def comment(self) -> str:
        self.comments += 1
        return f"# k{self.comments}" + self.chance.choice(["", " -", ": x", ' "', " æ", " #", " [", "\t"])

    def comment_lines(self, column: int, share: float) -> None:
        while self.often(share):
            share *= 0.6
            kind = self.chance.random()
            if kind < 0.25:
                self.lines.append("" if self.often(0.8) else " " * column)
            else:
                further = self.chance.choice([0, 0, 0, 0, 1, self.step, -column])
                self.lines.append(" " * max(column + further, 0) + self.comment())

    def behind(self) -> str:
        """What may stand behind a value in its line."""
        if self.often(0.2):
            return self.chance.choice([" ", "  ", "\t", "   "]) + self.comment()
        return self.chance.choice([" ", "\t"]) if self.often(0.03) else ""

    def words(self, most: int = 12, of: list[str] | tuple[str, ...] = WORDS) -> str:
        return " ".join(self.chance.choice(of) for _ in range(self.chance.randint(1, most)))

    def name(self) -> str:
        self.names += 1
        plain = f"{self.chance.choice(['titel', 'tekst', 'år', 'en-ting', 'to ord'])}{self.names}"
        kind = self.chance.random()
        return f'"{plain}"' if kind < 0.08 else f"'{plain}'" if kind < 0.16 else plain

    # -- blocks --

    def fields(self, column: int, depth: int, count: int, inline: bool = False) -> None:
        """Fields that begin in a column; the first one in the line that is there where it is `inline`."""
        for number in range(count):
            lead = " " * column
            if inline and number == 0:
                lead = self.lines.pop()
            else:
                self.comment_lines(column, 0.25)
            name = self.name() if not (inline and number == 0 and self.often(0.5)) else "id"
            if self.rich and self.often(0.02):
                self.lines += [f"{lead}? {name}{self.behind()}", f"{' ' * column}: {self.flow_scalar()}{self.behind()}"]
                continue
            gap = "" if name.isalnum() or self.often(0.95) else " "
            self.value(f"{lead}{name}{gap}:", column, depth)

    def items(self, column: int, depth: int, count: int, inline: bool = False) -> None:
        """Items whose dashes stand in a column."""
        kind = self.chance.choice(["map", "scalar", "any"])
        for number in range(count):
            lead = " " * column
            if inline and number == 0:
                lead = self.lines.pop()
            else:
                self.comment_lines(column, 0.25)
            lead += "-"
            inner = self.chance.random()
            if depth < 4 and kind != "scalar" and (kind == "map" or inner < 0.3):
                wide = self.chance.choice([1, 1, 1, 1, 3]) if self.rich else 1
                if self.rich and self.often(0.1):
                    self.lines.append(lead + self.behind())
                    self.comment_lines(column + 2, 0.3)
                    self.fields(column + 2, depth + 1, self.chance.randint(1, 3))
                else:
                    self.lines.append(lead + " " * wide)
                    self.fields(len(lead) + wide, depth + 1, self.chance.randint(1, 3), inline=True)
            elif depth < 4 and kind == "any" and inner < 0.45:
                self.lines.append(lead + " ")
                self.items(len(lead) + 1, depth + 1, self.chance.randint(1, 3), inline=True)
            else:
                self.value(lead, column, depth, scalar=True)

    def value(self, lead: str, column: int, depth: int, scalar: bool = False) -> None:
        """A value after a colon or a dash."""
        kind = self.chance.random()
        if not scalar and depth < 4 and kind < 0.22:
            self.lines.append(lead + self.anchor(0.05) + self.behind())
            self.comment_lines(column + self.step, 0.3)
            self.fields(column + self.step, depth + 1, self.chance.randint(1, 4))
        elif not scalar and depth < 4 and kind < 0.45:
            self.lines.append(lead + self.anchor(0.05) + self.behind())
            self.comment_lines(column + self.list_step, 0.3)
            self.items(column + self.list_step, depth + 1, self.chance.randint(1, 4))
        elif kind < 0.6:
            self.block(lead, column)
        elif kind < 0.7:
            self.flow(lead, column)
        elif kind < 0.76:
            self.lines.append(lead + self.chance.choice(["", " ~", " null", ""]) + self.behind())
        elif self.rich and self.anchors and kind < 0.79:
            self.lines.append(f"{lead} *{self.chance.choice(self.anchors)}{self.behind()}")
        elif kind < 0.9:
            between = self.chance.choice([" ", " ", " ", "  ", "\t"]) if self.rich else " "
            self.lines.append(lead + self.anchor(0.05) + between + self.flow_scalar() + self.behind())
        else:
            self.wrapped(lead, column)

    def anchor(self, share: float) -> str:
        if not (self.rich and self.often(share)):
            return ""
        name = f"a{len(self.anchors)}"
        self.anchors.append(name)
        return f" &{name}"

    def flow_scalar(self, flow: bool = False) -> str:
        """A scalar in one line."""
        kind = self.chance.random()
        if kind < 0.2:
            return self.chance.choice(TYPED)
        if kind < 0.4:
            text = self.words().replace("\\", "\\\\").replace('"', '\\"')
            return '"' + text.replace("æ", "\\u00e6" if self.often(0.3) else "æ") + '"'
        if kind < 0.6:
            return "'" + self.words().replace("'", "''") + "'"
        return self.words(of=SAFE).rstrip(",") if flow or self.often(0.5) else "Om " + self.plain()

    def plain(self) -> str:
        return re.sub(r":(?= |$)|(?<= )#", "", self.words()).strip()

    def wrapped(self, lead: str, column: int) -> None:
        """A scalar in quotes or without, over several lines."""
        quote = self.chance.choice(["", "'", '"'])
        parts = [
            (self.plain() if not quote else self.words()).replace("\\", "" if quote != '"' else "\\\\")
            for _ in range(self.chance.randint(2, 4))
        ]
        if quote == "'":
            parts = [part.replace("'", "''") for part in parts]
        if quote == '"':
            parts = [part.replace('"', '\\"') + (" \\" if self.often(0.1) else "") for part in parts]
            parts[-1] = parts[-1].removesuffix(" \\")
        parts = [part.strip(" ") or "ord" for part in parts]
        parts[0] = parts[0] if quote else "Om " + parts[0]
        pad = " " * (column + self.step)
        self.lines.append(f"{lead} {quote}{parts[0]}")
        for part in parts[1:]:
            if self.often(0.15) and not self.lines[-1].endswith("\\"):
                self.lines.append("")
            self.lines.append(pad + part)
        self.lines[-1] += quote + self.behind()

    def block(self, lead: str, column: int) -> None:
        """A text after `|` or `>`."""
        style, chomping = self.chance.choice("||>"), self.chance.choice(["", "", "-", "-", "+"])
        indent = self.step if self.often(0.8) or not self.rich else self.chance.randint(1, 6)
        further = self.often(0.1)
        sign = style + (f"{indent}{chomping}" if self.often(0.1) or further else chomping)
        self.lines.append(f"{lead} {sign}" + (self.behind() if self.rich else ""))
        pad = " " * (column + indent)
        for number in range(self.chance.randint(1, 6)):
            text = re.sub(r"^[- ]+$", "ord", self.words(14))
            if (number == 0 and further) or (number and self.often(0.1)):
                text = "  " + text
            self.lines.append(pad + text + (" " if self.often(0.02) else ""))
            while self.often(0.2):
                self.lines.append("" if self.often(0.9) else pad)

    # -- brackets --

    def flow(self, lead: str, column: int) -> None:
        """Fields or a list in brackets, in one line or in several."""
        if self.rich and self.often(0.35):
            opened, closed = self.chance.choice([("[", "]"), ("{", "}")])
            self.lines.append(f"{lead} {opened}{self.behind()}")
            pad = " " * (column + self.step)
            count = self.chance.randint(0, 3)
            for number in range(count):
                self.comment_lines(column + self.step, 0.15)
                comma = "," if number + 1 < count or self.often(0.5) else ""
                self.lines.append(pad + self.flow_entry(opened == "{", 1) + comma + self.behind())
            self.lines.append(" " * (column + 1) + closed + self.behind())
            return
        self.lines.append(f"{lead} {self.flow_value(0)}{self.behind()}")

    def flow_value(self, depth: int) -> str:
        is_map = self.often(0.5)
        inner = [self.flow_entry(is_map, depth + 1) for _ in range(self.chance.choice([0, 1, 2, 2, 3]))]
        text = self.chance.choice([", ", ", ", ", ", " , ", ","] if self.rich else [", "]).join(inner)
        space = self.chance.choice(["", "", "", " "])
        return ("{" + space + text + space + "}") if is_map else ("[" + space + text + space + "]")

    def flow_entry(self, is_map: bool, depth: int) -> str:
        value = self.flow_value(depth) if depth < 3 and self.often(0.2) else self.flow_scalar(flow=True)
        if not is_map:
            return value if self.often(0.95) or not self.rich else f"{self.name()}: {value}"
        if self.rich and self.often(0.06):
            return self.name() + self.chance.choice(["", ":", ": "])
        return f"{self.name()}: {value}"


def make_file(seed: int) -> bytes:
    """A YAML file that a number stands for; now and then one that no reader takes."""
    return FileMaker(random.Random(seed)).make()
