"""What is told of a text: every problem whole, with its place and what would be right, in `tests/golden/errors`."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pytest
from PIL import Image

from docgen.content.yaml_reader import read_yaml
from docgen.structs import replace
from docgen.template_values import CLOSE, OPEN, Rendered
from docgen.tree.builder import Built, build
from docgen.tree.document import Figure, List, Paragraph, plain_text, texts
from docgen.tree.text import dump
from tests.conftest import Golden
from tests.support.contents import SVG
from tests.support.trees import every_node

TABLE = "| a | b |\n|---|---|\n"
TEXTS = {
    "overskrifter": "## To ned\n\n# Et ned\n\n### Tre ned\n\n# Med note[^1]\n\n[^1]: noten",
    "tom overskrift": "Ord.\n\n#",
    "dybe overskrifter": "# Et\n\n## To\n\n### Tre\n\n#### Fire\n\n##### Fem",
    "overskrift i en liste": "- # Ord",
    "overskrift i et citat": "> # Ord",
    "overskrift i en note": "Ord[^1].\n\n[^1]: # Ord",
    "tomt punkt": "Ord.\n\n-\n- to",
    "tomt punkt inderst": "Ord.\n\n1. et\n\n   -",
    "ti citater": "> " * 10 + "x",
    "ni citater": "> " * 9 + "x",
    "ti lister": "\n".join("  " * layer + "- x" for layer in range(10)),
    "to dybe steder": "> " * 10 + "x\n\nImellem.\n\n" + "- " * 10 + "x",
    "link i et link": "Se [her [der](https://a.dk)](https://b.dk).",
    "note i et link": "Se [her[^1]](https://b.dk).\n\n[^1]: noten",
    "links": "[](https://a.dk) [a](ftp://a.dk) [b](a.html) [c](javascript:" + "x" * 80 + ")",
    "noter": "Ord[^en] og [^to].\n\n[^en]: noten\n\n[^tre]: en til",
    "henvisninger": "Se {Bilag x}, {bilag: x} og {}.",
    "henvisninger, der ikke slutter": "Se {bilag:\nx}. Se {bilag:x)",
    "HTML": "Et <b>ord</b>.\n\n<div>\nlangt, langt, langt, langt, langt, langt, langt</div>",
    "billede i en linje": "Et ![kort](images/et%20kort.svg) her.",
    "en streg": "Et\n\n---\n\nto",
    "celler uden linje": "| a | b |\n| 1 | 2 |",
    "for få celler": f"{TABLE}| 1 |\n",
    "ingen celler": f"{TABLE}| 1 | 2 | 3 |\n",
    "ingen foran": f"{TABLE}| << | 2 |\n",
    "ingen over": f"{TABLE}| ^^ | 2 |\n",
    "ingen firkant": f"{TABLE}| 1 | << |\n| ^^ | 2 |\n",
    "hele rækken over": f"{TABLE}| 1 | 2 |\n| ^^ | ^^ |\n",
    "for langt ind": f"{TABLE}| >> >> >> >> 1 | 2 |\n",
    "langt ind": f"{TABLE}| >> >> >> 1 | 2 |\n",
    "fod uden rækker": f"{TABLE}| 1 | 2 |\n|===|===|\n",
    "fod to gange": f"{TABLE}| 1 | 2 |\n|===|===|\n| 3 | 4 |\n|===|===|\n| 5 | 6 |\n",
    "navne i den sidste kolonne": "| a | b |\n|---|===|\n| 1 | 2 |\n",
    "ingen navne i den sidste": "| a | b |\n|---|~~~|\n| 1 | 2 |\n",
    "stjerner": "**Overskrift:**Tekst.\n\nEt **ord\n\n__Ord__ og *kursiv*x\n\n2*3*4",
    "streger og lighedstegn": "Det er ~~slettet~~ og ==vigtigt==.",
    "links som tegn": "Se [a](https://a.dk/min fil.pdf), [b][c] og ![d](e f.png).",
    "tegn forrest": "#Ord\n\n::: boks\n\n- [ ] punkt\n\n+ 3 pct. mere\n\n> 5 mio. kr. i alt",
    "kode uden slutning": "Et ```ord her",
    "prikker": "• et\n• to\n\n\uf0b7 et\n\no\tet",
    "linjer, der løber sammen": "a) et\nb) to\n\n– et\n– to\n\n1. maj: et\n15. juni: to",
    "tabulator": "Køb\t5\t6",
    "tegn ved navn": "&sect; 5, 20&nbsp;kr., &#65; og &xyzzy;",
    "tal over og under linjen": "100 m^2, x^{10}, x^ab^, H~2~O, x~ab~ og x~1a~",
    "numre": "1. et\n3. tre\n\nOrd.\n\n1. et\n1. et\n2. to\n\nOrd.\n\n1. et\n2. to\n   1. et\n   4. fire\n3. tre",
    "numre med parentes": "1) et\n4) fire",
    "en adresse": "[OBS]: husk\n\nSe [andet].\n\n[andet]: https://a.dk",
    "tegn, der ikke kan ses": "et\u200bord og en\u2028linje",
    "intet at sige": f"# Et\n\n**Fed**, *kursiv*, m^2^, `#`, \\*.\n\n1. et\n2. to\n\n{TABLE}| 1 | << |\n| 3 | 4 |\n",
}
NONE: Mapping[str, tuple[str, str]] = {}
CITED = {
    "bilag:priser": ("bilag 1", "bilag-1"),
    "Bilag:priser": ("Bilag 1", "bilag-1"),
    "tal:andel": ("53 pct.", ""),
    "content/a.yaml#bilag:eget": ("bilag 9", ""),
    "content/b.yaml#bilag:andet": ("bilag 8", ""),
}
UNKNOWN = "Se {bilag:prisen}, {Bilag:prisen}, {xyz:qrst}, {bilag:priser}, {tal:andel}. {bilag:eget} {bilag:a:b}"
TEMPLATES = {
    "overskrifter": "### Tre\n\n# Et",
    "tom overskrift": "Ord.\n\n#",
    "seks niveauer": "# 1\n\n## 2\n\n### 3\n\n#### 4\n\n##### 5\n\n###### 6",
    "en boks, der ikke er der": "# Et\n\n:::{xyzzy}\nord\n:::",
    "tal, der ingen er": "- Ord {weight=tung}\n\n# Et {number=to}",
    "celler uden linje": "Ord.\n\n| a | b |",
}


def of_content(text: str, images: Mapping[str, bytes], citations: Mapping[str, tuple[str, str]] = NONE) -> Built:
    """What is built of a text of content, from line 2 and column 3 on, under a heading of a template."""
    lines = "".join(f"  {line}\n" for line in text.split("\n"))
    value = read_yaml("content/a.yaml", f"text: |-\n{lines}".encode())["text"]
    markdown = f"# Kapitel\n\n{OPEN}0{CLOSE}\n"
    return build(Rendered(markdown, (value,), "skabelon.md.j2", markdown), images, citations)


def told(text: str, images: Mapping[str, bytes], citations: Mapping[str, tuple[str, str]] = NONE) -> list[str]:
    """What is told of such a text."""
    return list(map(str, of_content(text, images, citations).problems))


def built(markdown: str) -> Built:
    return build(Rendered(markdown, (), "skabelon.md.j2", markdown), {})


def listed(found: Mapping[str, list[str]]) -> str:
    """Problems under what they are told of."""
    return "\n".join("\n".join([f"## {name}", *problems, ""]) for name, problems in found.items())


def test_what_is_told_of_a_text(golden: Golden) -> None:
    shown = {name: told(text.replace("\u2028", ""), {}) for name, text in TEXTS.items()}
    shown |= {f"skabelon: {name}": list(map(str, built(text).problems)) for name, text in TEMPLATES.items()}
    shown |= {"ukendte henvisninger": told(UNKNOWN, {}, CITED), "ingen at vælge": told("Se {bilag:x}.", {})}
    golden("errors/texts.txt", listed(shown))


def picture(form: str, mode: str, size: tuple[int, int] = (2, 2)) -> bytes:
    stream = io.BytesIO()
    Image.new(mode, size).save(stream, form)
    return stream.getvalue()


def drawing(inside: str, attributes: str = "", before: str = "") -> bytes:
    return f'{before}<svg xmlns="http://www.w3.org/2000/svg"{attributes}>{inside}</svg>'.encode()


def repeats(count: int) -> str:
    """Groups that each draw the one before ten times."""
    drawn = ("".join([f'<use href="#g{number - 1}"/>'] * 10) for number in range(1, count))
    groups = [f'<g id="g{number}">{inside}</g>' for number, inside in enumerate(drawn, 1)]
    return "".join(['<g id="g0"><rect/></g>', *groups])


PICTURES: dict[str, bytes] = {
    "godt.svg": SVG,
    "godt.png": picture("PNG", "RGB"),
    "GODT.JPEG": picture("JPEG", "RGB"),
    "graat.jpg": picture("JPEG", "L"),
    "trykfarver.jpg": picture("JPEG", "CMYK"),
    "ukendt.bmp": b"BM",
    "stort.png": picture("PNG", "RGB").ljust(10_000_001, b"\0"),
    "helt-op.png": picture("PNG", "RGB").ljust(10_000_000, b"\0"),
    "punkter.png": picture("PNG", "1", (10_000, 10_001)),
    "hundrede.png": picture("PNG", "1", (10_000, 10_000)),
    "andet.png": picture("JPEG", "RGB"),
    "andet.jpg": picture("PNG", "RGB"),
    "tekst.svg": b"et ord",
    "inde.svg": b"<x><svg/></x>",
    "kode.svg": drawing("<script>1</script>"),
    "klik.svg": drawing("", ' onclick="a()"'),
    "udefra.svg": drawing('<image href="https://a.dk/x.png"/>'),
    "indefra.svg": drawing('<g id="a"/><use href="#a"/><image href="data:image/png;base64,AA=="/>'),
    "stil-udefra.svg": drawing("<style>a{fill:url(https://a.dk)}</style>"),
    "stil-indefra.svg": drawing("<style>a{fill:url('#b')}</style>"),
    "hentet.svg": drawing("<style>@import 'a.css'</style>"),
    "fremmed.svg": drawing("<foreignObject/>"),
    "ikke-lukket.svg": b'<svg xmlns="http://www.w3.org/2000/svg">\n<g>\n</svg>',
    "filter.svg": drawing("<defs><filter/></defs>"),
    "gentaget.svg": drawing(repeats(7)),
    "noget-gentaget.svg": drawing(repeats(5)),
    "i-sig-selv.svg": drawing('<g id="a"><use href="#a"/></g>'),
    "lag.svg": drawing("<g>" * 101 + "</g>" * 101),
    "hundrede-lag.svg": drawing("<g>" * 99 + "</g>" * 99),
    "fyld.svg": drawing('<pattern id="p">' + "<rect/>" * 2_000 + "</pattern>" + '<rect fill="url(#p)"/>' * 100),
    "klasse.svg": drawing("<style>.a, .b{fill:url(#p)}</style>" + '<pattern id="p">' + "<rect/>" * 2_000 + "</pattern>"
                          + '<rect class="x b"/>' * 100),
    "ikke-klassen.svg": drawing("<style>.a{fill:url(#p)}</style>" + '<pattern id="p">' + "<rect/>" * 2_000
                                + "</pattern>" + '<rect class="x b"/>' * 100),
    "alle.svg": drawing("<style>rect{fill:url(#p)}</style>" + '<pattern id="p">' + "<path/>" * 2_000 + "</pattern>"
                        + "<rect/>" * 100),
    "tegnsaet.svg": drawing("<text>æ</text>", before='<?xml version="1.0" encoding="utf-16"?>'),
    "tegnsaet-ukendt.svg": drawing("", before='<?xml version="1.0" encoding="xyzzy"?>'),
    "latin.svg": drawing("<text>ae</text>", before='<?xml version="1.0" encoding="iso-8859-1"?>'),
    "doctype.svg": drawing("", before='<!DOCTYPE svg [<!ELEMENT svg ANY>]>'),
    "doctype-tom.svg": drawing("", before="<!DOCTYPE svg>"),
}  # fmt: skip
PATHS = ("images/godt.svgg", "images/xyzzy", "../a.svg", "/a.svg", "a\\b.svg", "c:a.svg", "images/../images/godt.svg")
DESCRIBED = (
    "![](images/godt.svg)",
    "![ ](images/godt.svg)",
    "![pynt](images/godt.svg 'Titel')",
    "![Pynt](images/godt.svg)",
)


def test_what_is_told_of_a_picture(golden: Golden) -> None:
    images = {f"images/{name}": data for name, data in PICTURES.items()}
    shown = {path: told(f"![Et kort](<{path}>)", images) for path in (*images, *PATHS)}
    golden("errors/pictures.txt", listed(shown | {text: told(text, images) for text in DESCRIBED}))


def test_signs_of_a_template_stay_where_they_are_words() -> None:
    (paragraph,) = built("Ord med | en streg").blocks
    assert isinstance(paragraph, Paragraph)
    assert plain_text(paragraph.children) == "Ord med | en streg"


@pytest.mark.parametrize(
    ("template", "dumped"),
    [
        (":::{contents}\n:::", "Contents 'Indhold' depth=1"),
        (":::{contents} Oversigt\n:depth: 3\n:::", "Contents 'Oversigt' depth=3"),
        (":::{title}\nOrd\n:::", "Title 'Ord'"),
        (":::{title}\n:::", "Title "),
        (":::{chapter}\n:number: 2\n:icon: leaf\n\n# Ord\n:::", "Division chapter number 2 icon leaf"),
        (":::{note}\nOrd\n:::", "Division note"),
        ("- Ord {id=punkt number=3 icon=leaf weight=10}", "List"),
        ("---", "PageBreak"),
        ("Ord {id=her}", "Paragraph 'Ord' #her"),
    ],
)
def test_what_only_a_template_can_say(template: str, dumped: str) -> None:
    (block,) = built(template).blocks
    first = dump(replace(every_node(), blocks=(block,), notes=()), places=False).split("\n")[1]
    assert first.strip() == dumped.strip()


def test_an_item_of_a_template_has_its_marks() -> None:
    (block,) = built("- Ord {id=punkt number=3 icon=leaf weight=10}").blocks
    assert isinstance(block, List)
    (item,) = block.items
    assert (item.id, item.number, item.icon, item.weight) == ("punkt", 3, "leaf", 10)


@pytest.mark.parametrize(
    ("typed", "alt", "caption", "credit"),
    [
        ("![Et kort](images/godt.png)", "Et kort", "", ""),
        ('![Et kort](images/godt.png "Byens gader")', "Et kort", "Byens gader", ""),
        ('![Et kort](images/godt.png "Foto: Navn")', "Et kort", "", "Foto: Navn"),
        ("![pynt](images/godt.png)", "", "", ""),
    ],
)
def test_a_picture_has_its_bytes_whatever_its_title_says(typed: str, alt: str, caption: str, credit: str) -> None:
    found = of_content(f"Ord.\n\n{typed}", {"images/godt.png": PICTURES["godt.png"]})
    assert found.problems == ()
    _, _, figure, *more = found.blocks
    assert isinstance(figure, Figure)
    assert (figure.data, figure.media_type, figure.alt) == (PICTURES["godt.png"], "image/png", alt)
    assert figure.decorative is (not alt)
    assert plain_text(figure.caption.children if figure.caption else ()) == caption
    assert list(texts(replace(every_node(), blocks=tuple(more), notes=()))) == [credit] * bool(credit)
    assert {block.origin.line for block in (figure, *more)} == {4}
