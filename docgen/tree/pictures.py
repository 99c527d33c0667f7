"""Pictures that content may show: which files, which kinds, and what an SVG must not hold."""

from __future__ import annotations

import difflib
import posixpath
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from docgen.remembering import remembered
from docgen.tree.picture_metadata import without_metadata

if TYPE_CHECKING:
    from lxml import etree

MAX_BYTES = 10_000_000
_MOST_POINTS = 100_000_000  # of a photograph: A4 in 1000 dpi; unpacked it fills a few hundred megabytes
_MOST_DRAWN = 200_000  # elements of an SVG with all that they repeat
_MOST_LAYERS = 100
_REFERENCE = re.compile(r"url\(\s*[\"']?#([^)\"'\s]+)")
_STYLE_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_ENCODING = re.compile(rb"""^[\s\xef\xbb\xbf]*<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)["']""")
_KINDS = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
_BEGINNINGS = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
_ACTIVE_SVG = re.compile(
    rb"<script|<!entity|<foreignobject|\son[a-z]+\s*=|(?:href|src)\s*=\s*[\"'](?!#|data:image/)|url\(\s*[\"']?(?!#)|@import",
    re.IGNORECASE,
)


class PictureError(Exception):
    """A picture cannot be shown; `message` and `hint` are in Danish."""

    def __init__(self, message: str, hint: str) -> None:
        self.message, self.hint = message, hint
        super().__init__(message)


class Pictures(Mapping[str, bytes]):
    """The pictures that a document may show, by path, among the content's files; `shown` are those that it does, as
    they are shown. What docgen draws itself is added."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._found = {path: data for path, data in files.items() if path.startswith("images/")}
        self._own = set(self._found)
        self.shown: dict[str, bytes] = {}

    def add(self, path: str, data: bytes) -> None:
        """Adds a picture that is no file."""
        self._found[path] = data

    def show(self, path: str, media_type: str, data: bytes) -> bytes:
        """A picture, given as it was read, as it is shown: a file's without its metadata."""
        if path in self._own:
            data = self.shown[path] = without_metadata(data, media_type)
        return data

    def __getitem__(self, path: str) -> bytes:
        return self._found[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def read(path: str, images: Mapping[str, bytes]) -> tuple[bytes, str]:
    """The picture that content calls `path`, among `images` by path, without its metadata; and its media type.

    Raises PictureError for a path outside the folder, an unknown file or kind, and an SVG that could run or fetch
    something.
    """
    if path.startswith("/") or "\\" in path or ":" in path or posixpath.normpath(path).startswith(".."):
        raise PictureError(
            f"billedet '{path}' ligger uden for mappen", "læg det i content/images og skriv images/navn.svg"
        )
    name = unicodedata.normalize("NFC", posixpath.normpath(path))
    if name not in images:
        near = difflib.get_close_matches(name, images, n=1, cutoff=0.6)
        hint = f"mente du '{near[0]}'?" if near else "læg det i content/images og skriv images/navn.svg"
        raise PictureError(f"billedet '{path}' findes ikke", hint)
    data, media_type = _checked(path, name, images[name])
    if isinstance(images, Pictures):
        return images.show(name, media_type, data), media_type
    return without_metadata(data, media_type), media_type


@remembered(512, lambda path, name, data: (path, name, data))
def _checked(path: str, name: str, data: bytes) -> tuple[bytes, str]:
    """A file that is called `name`, and its media type. Raises PictureError as `read`."""
    media_type = _KINDS.get(posixpath.splitext(name)[1].lower())
    if media_type is None:
        raise PictureError(f"billedet '{path}' er af en ukendt slags", "brug .svg, .png eller .jpg")
    if len(data) > MAX_BYTES:
        raise PictureError(f"billedet '{path}' fylder mere end 10 MB", "gem det i en mindre størrelse")
    if media_type == "image/svg+xml":
        data = _plain_svg(path, data)
        if _ACTIVE_SVG.search(data):
            raise PictureError(f"billedet '{path}' indeholder kode eller henter noget udefra", "gem det som ren SVG")
        if fault := _drawing_fault(data):
            raise PictureError(f"billedet '{path}' {fault[0]}", fault[1])
    elif not data.startswith(_BEGINNINGS[media_type]):
        raise PictureError(f"billedet '{path}' er ikke, hvad navnet siger", "gem det som PNG eller JPEG")
    elif _points(data) > _MOST_POINTS:
        hint = "gem det i en mindre størrelse"
        raise PictureError(f"billedet '{path}' har mere end {_MOST_POINTS // 1_000_000} mio. punkter", hint)
    elif media_type == "image/jpeg" and _components(data) == 4:
        raise PictureError(f"billedet '{path}' er i fire trykfarver (CMYK)", "gem det i skærmens farver (RGB)")
    return data, media_type


def _plain_svg(path: str, data: bytes) -> bytes:
    """An SVG in UTF-8 without a DOCTYPE, as all that draw it can read; the same bytes where it is that already.

    Raises PictureError for what is no SVG, and for a DOCTYPE that defines something.
    """
    head = data[:4000]
    is_wide = head.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<"))
    named = _ENCODING.search(head)
    doctype = b"<!doctype" in data.lower()
    if b"<svg" not in head and not is_wide and b":svg" not in head:
        raise PictureError(f"billedet '{path}' er ikke en SVG-fil", "gem det som SVG")
    if not (doctype or is_wide) and (named is None or named[1].lower() in (b"utf-8", b"us-ascii")) and _is_utf8(data):
        return data
    from lxml import etree  # loaded only for a drawing that is not as it should be

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, LookupError, ValueError):
        hint = "gem det som SVG i UTF-8 på ny"
        raise PictureError(
            f"billedet '{path}' er ikke skrevet i det tegnsæt, som det siger, eller ikke gyldig XML", hint
        ) from None
    if etree.QName(root).localname != "svg":
        raise PictureError(f"billedet '{path}' er ikke en SVG-fil", "gem det som SVG")
    inside = root.getroottree().docinfo.internalDTD
    if inside is not None and (any(True for _ in inside.iterentities()) or any(True for _ in inside.iterelements())):
        raise PictureError(
            f"billedet '{path}' har en DOCTYPE-linje, der lægger noget ind i det", "slet linjen med <!DOCTYPE i filen"
        )
    return etree.tostring(root, encoding="utf-8")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _components(data: bytes) -> int:
    """How many colours each point of a JPEG has (ITU-T T.81, B.2.2); 0: not said."""
    place = _frame_of(data)
    return data[place + 9] if place and place + 9 < len(data) else 0


def _points(data: bytes) -> int:
    """Width times height of a PNG or JPEG by its own word (ISO 15948, 11.2.2; ITU-T T.81, B.2.2); 0: not said."""
    if data.startswith(b"\x89PNG"):
        return int.from_bytes(data[16:20], "big") * int.from_bytes(data[20:24], "big")
    place = _frame_of(data)
    return int.from_bytes(data[place + 5 : place + 7], "big") * int.from_bytes(data[place + 7 : place + 9], "big")


def _frame_of(data: bytes) -> int:
    """Where a JPEG's frame header begins, which tells its size and colours; the end where there is none."""
    place = 2
    while place + 9 <= len(data) and data[place] == 0xFF:
        kind = data[place + 1]
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            return place
        place += 1 if kind == 0xFF else 2 + int.from_bytes(data[place + 2 : place + 4], "big")
    return len(data)


# -- what an SVG takes to draw ----------------------------------------------------------------------------------


def _drawing_fault(data: bytes) -> tuple[str, str] | None:
    """Why an SVG cannot be drawn in sane time: what is wrong, and what would be right."""
    from lxml import etree  # loaded only for a drawing

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        return f"er ikke gyldig XML (linje {error.lineno})", "gem det som SVG på ny"
    hint = "gem det enklere, eller som PNG"
    if next(root.iter("{*}filter"), None) is not None:
        return "bruger filtre, som skygger og sløring er lavet af", "gem det uden, eller som PNG"
    if _Drawing(root).size() > _MOST_DRAWN:
        return "er bygget af for mange lag eller gentagelser", hint
    return None


class _Drawing:
    """An SVG and how its elements repeat each other: by `<use>`, patterns, masks, clips and markers."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._by_id = {element.get("id"): element for element in root.iter("*") if element.get("id")}
        self._sizes: dict[etree._Element, int] = {}
        self._styles: defaultdict[str, set[str]] = defaultdict(set)
        for style in root.iter("{*}style"):
            for selector, rules in _STYLE_RULE.findall("".join(style.itertext())):
                classes = re.findall(r"\.([\w-]+)", selector) or ["*"]
                for name in classes:
                    self._styles[name].update(_REFERENCE.findall(rules))

    def size(self) -> int:
        """How many elements are drawn; what leads back to itself counts once."""
        return self._size(self._root, 0)

    def _size(self, element: etree._Element, layers: int) -> int:
        if element in self._sizes:
            return self._sizes[element]
        if layers > _MOST_LAYERS:
            return _MOST_DRAWN + 1
        self._sizes[element] = 1  # for what leads back to it
        size = 1
        for name in self._references(element):
            if (target := self._by_id.get(name)) is not None:
                size += self._size(target, layers + 1)
        for child in element.iterchildren("*"):
            size += self._size(child, layers + 1)
        self._sizes[element] = min(size, _MOST_DRAWN + 1)
        return self._sizes[element]

    def _references(self, element: etree._Element) -> Iterator[str]:
        for name, value in element.attrib.items():
            text = str(value)
            yield from _REFERENCE.findall(text)
            if text.startswith("#") and str(name).rpartition("}")[2] == "href":
                yield text[1:]
        for name in ("*", *str(element.get("class", "")).split()):
            yield from self._styles.get(name, ())
