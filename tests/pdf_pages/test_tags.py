"""Tags of PDFs from elsewhere: a pack of tagged parts stays one valid PDF/UA-1 file, and says of others why not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from docgen.packs.case import write_pack
from docgen.packs.parts import Pack
from docgen.pdf_pages.marked_content import Marks, is_all_marked
from docgen.pdf_pages.pages import read_pages
from docgen.pdf_pages.tags import Element, Marked, Tags
from docgen.pipeline import Job
from docgen.problems import Origin
from tests.conftest import Golden
from tests.packs.test_annexes import AGAIN, CASE, FOREIGN, OPEN_END, claims, links, project_with, reading
from tests.support.effort import tries
from tests.support.judges import PDF_A, PDF_UA, conformance_failures, require_soffice, require_verapdf
from tests.support.pdf_reading import pdf_elements, pdf_texts
from tests.support.tagged_pdfs import altered, elements, form_pdf, office_pdf, own_names_pdf, typst_pdf, unfit_pdfs

FIT = {
    "typst": lambda: typst_pdf("ua-1", "a-3a"),
    "typst uden PDF/A": lambda: typst_pdf("ua-1"),
    "egne navne": own_names_pdf,
    "form": form_pdf,
}
BOTH, UA_ALONE = ["pdfaid:part", "pdfuaid:part"], ["pdfuaid:part"]


def pack_of(data: bytes) -> Pack:
    """The small case with one annex of its own and the file twice, before and after it."""
    return write_pack(Job(project_with(FOREIGN, AGAIN, OPEN_END, rapport=data), CASE))


@cache
def pack(name: str) -> Pack:
    return pack_of(FIT[name]())


def tags_of(data: bytes) -> Tags:
    found = read_pages("x.pdf", data, Origin("sag.yaml"))
    assert found.tags is not None, found.unfit
    return found.tags


def part_of(data: bytes, label: str) -> Any:
    """The part with a title among the elements of a pack."""
    root: Any = reading(data).root_object
    (part,) = (element for element in elements(root["/StructTreeRoot"]) if element.get("/T") == label)
    return part


@pytest.mark.slow
def test_claims_stay_where_every_part_makes_them() -> None:
    assert {name: claims(pack(name).data) for name in FIT} == dict.fromkeys(FIT, UA_ALONE) | {"typst": BOTH}
    assert pack("typst").notices == ()
    said = [str(notice) for notice in pack("form").notices]
    assert len(said) == 2
    assert all("('rapport.pdf') er ikke PDF/A, så PDF'en med bilag lover kun PDF/UA" in notice for notice in said)


@pytest.mark.judge
def test_the_judge_finds_nothing(tmp_path: Path) -> None:
    require_verapdf()
    files = {name: tmp_path / f"{name.replace(' ', '-').replace('/', '')}.pdf" for name in FIT}
    for name, file in files.items():
        file.write_bytes(pack(name).data)
    assert conformance_failures([files["typst"]], [PDF_A, PDF_UA]) == []
    assert conformance_failures(list(files.values()), [PDF_UA]) == []


@pytest.mark.judge
def test_what_libreoffice_tags_is_taken_over(tmp_path: Path) -> None:
    require_soffice()
    require_verapdf()
    made = pack_of(office_pdf(tmp_path))
    assert claims(made.data) == UA_ALONE
    (tmp_path / "mappe.pdf").write_bytes(made.data)
    assert conformance_failures([tmp_path / "mappe.pdf"], [PDF_UA]) == []
    assert "H1" in [found.kind for found in pdf_elements(made.data).walk()]


@pytest.mark.slow
@pytest.mark.parametrize("name", FIT)
def test_a_reader_hears_each_part_in_its_place(name: str) -> None:
    own = pdf_texts(pack_of(typst_pdf()).data)  # the same pack without the file's tags
    read = pdf_texts(pack(name).data)
    file = pdf_texts(FIT[name]()) if name != "form" else pdf_texts(typst_pdf("ua-1"))[:-1]
    words = [text for text in read if text not in own]
    assert [text for text in read if text in own] == own
    if name != "form":  # the tests' reader does not look into forms
        assert sorted(words) == sorted(file * 2)
    assert read.index("Bilag 1Rapport") < read.index(file[0]) < read.index("Bilag 2Tal")


@pytest.mark.slow
def test_types_texts_attributes_and_language_are_kept() -> None:
    before, made = tags_of(own_names_pdf()), pack("egne navne").data
    part = part_of(made, "Bilag 1")
    assert (part["/S"], part["/Lang"]) == ("/Part", "en")
    merged = tags_of(made)
    (document,) = merged.elements
    after = next(kid for kid in document.kids if isinstance(kid, Element) and kid.texts.get("/T") == "Bilag 1")
    first = next(found for found in marks(after.kids))
    assert shape(after.kids, "", first.page) == shape(list(before.elements), "Bilag 1: ", 0)


def marks(kids: list[Any]) -> Iterator[Marked]:
    for kid in kids:
        if isinstance(kid, Marked):
            yield kid
        elif isinstance(kid, Element):
            yield from marks(kid.kids)


def shape(kids: list[Any], prefix: str, first_page: int) -> list[Any]:
    """What elements say, ids with a prefix and pages counted from the first: the same before and after."""
    found: list[Any] = []
    for kid in kids:
        match kid:
            case Element(type=type, texts=texts, attributes=attributes, id=id, kids=inner):
                said = [_plain(attribute, prefix) for attribute in attributes]
                kind = "Part" if type == "Document" else type
                found.append((kind, texts, said, id and prefix + id, shape(inner, prefix, first_page)))
            case Marked(page, mcid, _):
                found.append((page - first_page, mcid))
            case _:
                found.append("annotation")
    return found


def _plain(attribute: Any, prefix: str) -> dict[str, Any]:
    def value(key: str) -> Any:
        found = attribute[key]
        if key != "/Headers":
            return [float(item) for item in found] if isinstance(found, list) else found
        return [prefix + (item if isinstance(item, str) else bytes(item).decode()) for item in found]

    return {key: value(key) for key in attribute}


@pytest.mark.slow
def test_ids_are_one_each_and_numbers_lead_back() -> None:
    for name in FIT:
        root: Any = reading(pack(name).data).root_object
        tree = root["/StructTreeRoot"]
        ids = [str(element["/ID"]) for element in elements(tree) if "/ID" in element]
        assert len(ids) == len(set(ids))
        listed = list(tree["/IDTree"]["/Names"])[::2]
        assert sorted(map(str, listed)) == sorted(ids)
        numbers = list(tree["/ParentTree"]["/Nums"])[::2]
        assert numbers == sorted(set(numbers))
        assert tree["/ParentTreeNextKey"] > numbers[-1]
        every: list[Any] = list(reading(pack(name).data).pages)
        pages = [page for page in every if "/StructParents" in page]
        assert len({page["/StructParents"] for page in pages}) == len(pages)
        # What is drawn by a form is numbered there: the last page of the file, put in twice.
        assert len(every) - len(pages) == (2 if name == "form" else 0)
        parents = dict(zip(numbers, list(tree["/ParentTree"]["/Nums"])[1::2], strict=True))
        for page in pages:  # each sequence on a page leads to an element that has it
            for mcid, element in enumerate(parents[page["/StructParents"]].get_object()):
                if not isinstance(element.get_object(), NullObject):
                    assert (page.indirect_reference.idnum, mcid) in set(_sequences(element.get_object()))


def _sequences(element: Any) -> Iterator[tuple[int, int]]:
    """The pages (by object number) and numbers of the marked sequences that an element has itself."""
    kids = element["/K"]
    for kid in kids if isinstance(kids, list) else [kids]:
        found = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(found, int):
            yield element.raw_get("/Pg").idnum, int(found)
        elif "/MCID" in found:
            yield (found if "/Pg" in found else element).raw_get("/Pg").idnum, int(found["/MCID"])


def test_pages_are_gone_through_in_the_order_of_the_tags() -> None:
    """ISO 14289-1, 7.18.3: each page with annotations says so, and here every page of a part from elsewhere."""
    for name in FIT:
        pages: list[Any] = list(reading(pack(name).data).pages)
        assert {str(page["/Tabs"]) for page in pages if "/Annots" in page or "/Tabs" in page} == {"/S"}


def test_links_are_tagged_and_work() -> None:
    data = pack("typst").data
    pages = reading(data).pages
    start = next(number for number, page in enumerate(pages) if "The start" in page.extract_text())
    assert "https://www.kk.dk/rapport" in links(data, start)
    assert start + 1 in links(data, start)
    for page in pages:
        for annotation in page.get("/Annots", ()):
            assert annotation.get_object()["/Contents"]
            assert "/StructParent" in annotation.get_object()


@pytest.mark.slow
def test_what_is_unfit_is_named(golden: Golden) -> None:
    shown = [f"{name}: bilaget {read_pages('x.pdf', data, Origin('')).unfit}\n" for name, data in unfit_pdfs().items()]
    golden("errors/tags.txt", "".join(shown))


@pytest.mark.slow
def test_one_unfit_part_ends_the_claims_and_leaves_the_others_tags() -> None:
    made = write_pack(Job(project_with(FOREIGN, AGAIN, rapport=unfit_pdfs()["painted"]), CASE))
    assert claims(made.data) == []
    (notice,) = made.notices
    assert "har indhold uden tag på side 1, så PDF'en med bilag lover hverken PDF/UA eller PDF/A" in str(notice)


@pytest.mark.slow
def test_the_same_bytes_twice() -> None:
    assert pack_of(own_names_pdf()).data == pack("egne navne").data


# -- trees that nobody would write ------------------------------------------------------------------------------

KEYS = ["/K", "/S", "/Pg", "/P", "/A", "/C", "/ID", "/RoleMap", "/ClassMap", "/Alt"]
KINDS = st.sampled_from(["Sect", "Div", "P", "Span", "Egen", "BlockQuote"])
VALUES = st.sampled_from(
    [
        NullObject(),
        NumberObject(-1),
        NumberObject(10**9),
        TextStringObject("x"),
        NameObject("/Ukendt"),
        ArrayObject([]),
        ArrayObject([NumberObject(0), NullObject()]),
        DictionaryObject({}),
        DictionaryObject({NameObject("/S"): NameObject("/P"), NameObject("/K"): NumberObject(0)}),
        BooleanObject(True),
    ]
)


@pytest.mark.slow
@settings(max_examples=tries(30))
@given(st.data())
def test_a_hostile_tree_is_refused_or_taken_over_but_never_a_fault(data: st.DataObject) -> None:
    def change(writer: Any, root: Any) -> None:
        found = [root, *elements(root)]
        for _ in range(data.draw(st.integers(1, 3))):
            element = found[data.draw(st.integers(0, len(found) - 1))]
            key = data.draw(
                st.sampled_from(["/K", "/S", "/Pg", "/P", "/A", "/C", "/ID", "/RoleMap", "/ClassMap", "/Alt"])
            )
            element[NameObject(key)] = data.draw(VALUES | st.sampled_from([found[1].indirect_reference]))

    hostile = altered(change)
    found = read_pages("x.pdf", hostile, Origin("sag.yaml"))
    assert (found.tags is None) == bool(found.unfit)
    if found.tags is not None:
        assert claims(pack_of(hostile).data) == UA_ALONE


@pytest.mark.slow
@settings(max_examples=tries(12))
@given(st.data())
def test_any_tree_comes_out_as_it_went_in(data: st.DataObject) -> None:
    """Random nesting, roles, texts and ids over the report's own content."""

    def change(writer: Any, root: Any) -> None:
        root["/RoleMap"][NameObject("/Egen")] = NameObject("/Div")
        wrapped = data.draw(st.sets(st.integers(1, 40), max_size=5))
        for number, element in enumerate(elements(root)):
            if number in wrapped:
                inner = writer._add_object(DictionaryObject(element))
                kind = data.draw(KINDS)
                element.clear()
                element[NameObject("/S")] = NameObject(f"/{kind}")
                element[NameObject("/K")] = ArrayObject([inner])
                element[NameObject("/Lang")] = TextStringObject(data.draw(st.sampled_from(["da", "en", "de"])))
                element[NameObject("/E")] = TextStringObject(data.draw(st.text("aæøå()\\ ", max_size=4)))
                element[NameObject("/ID")] = TextStringObject(f"id{number}")

    changed = altered(change)
    before, (document,) = tags_of(changed), tags_of(pack_of(changed).data).elements
    parts = [kid for kid in document.kids if isinstance(kid, Element) and kid.type == "Part"]
    assert len(parts) == 2
    for part, label in zip(parts, ("Bilag 1: ", "Bilag 3: "), strict=True):
        first = next(marks(part.kids)).page
        assert shape(part.kids, "", first) == shape(list(before.elements), label, 0)


@given(
    st.lists(st.sampled_from(["(a (b) f) Tj", "/P <</MCID 0>> BDC", "EMC", "<0f> Tj", "% f S", "BT", "0 0 m", "W n"]))
)
def test_strings_and_comments_paint_nothing(parts: list[str]) -> None:
    depth, all_marked = 0, True
    for part in parts:
        depth += part.endswith("BDC")
        depth -= part == "EMC" and depth > 0
        all_marked &= depth > 0 or not part.endswith("Tj")
    content = "\n".join(parts).encode()
    assert is_all_marked(content, Marks(DictionaryObject(), {0: {0}})) == all_marked


def marks_of(writer: PdfWriter, known: dict[int, set[int]], **forms: StreamObject) -> Marks:
    """Marks with a property list `Liste` that says MCID 7, and forms by name."""
    properties = DictionaryObject({NameObject("/Liste"): DictionaryObject({NameObject("/MCID"): NumberObject(7)})})
    shown = DictionaryObject({NameObject(f"/{name}"): writer._add_object(form) for name, form in forms.items()})
    return Marks(DictionaryObject({NameObject("/Properties"): properties, NameObject("/XObject"): shown}), known)


def form(content: bytes, kind: str = "/Form") -> StreamObject:
    made = DecodedStreamObject()
    made.set_data(content)
    made[NameObject("/Subtype")] = NameObject(kind)
    return made


@pytest.mark.parametrize(
    ("content", "marked"),
    [
        (b"", True),
        (b"(a) Tj", False),
        (b"/P <</MCID 1>> BDC (a) Tj EMC", True),
        (b"/P <</MCID 2>> BDC (a) Tj EMC", False),  # in no tree
        (b"/P <</Lang (da) /MCID 1 /E (x)>> BDC [(a) 2 (b)] TJ EMC", True),
        (b"/P <</Lang (da)>> BDC (a) Tj EMC", False),
        (b"/P /Liste BDC (a) Tj EMC", True),
        (b"/P /Ukendt BDC (a) Tj EMC", False),
        (b"/Artifact BMC (a) Tj EMC", True),
        (b"/Artifact <</Type /Pagination>> BDC (a) Tj EMC", True),
        (b"/Andet BMC (a) Tj EMC", False),
        (b"/Artifact BMC /Andet BMC (a) Tj EMC (b) Tj EMC", True),
        (b"/Artifact BMC EMC (a) Tj", False),
        (b"/Artifact BMC EMC EMC /P <</MCID 1>> BDC (a) Tj EMC", True),
        (b"0 0 m 1 1 l S", False),
        (b"0 0 m 1 1 l n", True),
        (b"(a) '", False),
        (b"/Artifact BMC BI /W 1 ID (x Tj EMC EI EMC", True),
        (b"BI /W 1 ID xx EI", False),
        (b"/Artifact BMC BI /W 1 ID xx EMC", False),  # the picture never ends
        (b"/Maerket Do", True),
        (b"/Umaerket Do", False),
        (b"/Billede Do", False),
        (b"/Findes#20ikke Do", False),
        (b"/Artifact BMC /Umaerket Do EMC", True),
        (b"/Ring Do", False),
    ],
)
def test_all_that_is_painted_must_be_marked(content: bytes, marked: bool) -> None:
    writer = PdfWriter()
    forms = {
        "Maerket": form(b"/P <</MCID 3>> BDC (a) Tj EMC"),
        "Umaerket": form(b"/P <</MCID 1>> BDC (a) Tj EMC"),
        "Billede": form(b"", "/Image"),
        "Ring": form(b"/Ring Do"),
    }
    marks = marks_of(writer, {0: {1, 7}}, **forms)
    number = marks.resources["/XObject"].raw_get("/Maerket").idnum
    marks.known[number] = {3}
    assert is_all_marked(content, marks) is marked


def test_forms_in_forms_are_followed_as_deep_as_anyone_needs_and_use_their_own_resources() -> None:
    writer = PdfWriter()
    known: dict[int, set[int]] = {}
    inner = writer._add_object(form(b"/P <</MCID 0>> BDC (a) Tj EMC"))
    known[inner.idnum] = {0}
    found = []
    for _ in range(6):
        found.append(is_all_marked(b"/F Do", Marks(_resources(inner), known)))
        outer = form(b"/F Do")
        outer[NameObject("/Resources")] = _resources(inner)
        inner = writer._add_object(outer)
    assert found == [True] * 5 + [False]


def _resources(inner: IndirectObject) -> DictionaryObject:
    return DictionaryObject({NameObject("/XObject"): DictionaryObject({NameObject("/F"): inner})})
