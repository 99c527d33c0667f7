"""A folder of many documents: what each costs does not depend on how many others there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from docgen.build.cache import BuildCache
from docgen.build.options import BuildOptions
from docgen.build.run import Plan
from docgen.ledger import records as ledger
from docgen.project import Project
from tests.support.contents import repository, small_content


class Counted(Mapping[str, bytes]):
    """Files, and how often a path was come by where all were gone through."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files, self.seen = files, 0

    def __getitem__(self, path: str) -> bytes:
        return self._files[path]

    def __contains__(self, path: object) -> bool:
        return path in self._files

    def __len__(self) -> int:
        return len(self._files)

    def __iter__(self) -> Iterator[str]:
        for path in self._files:
            self.seen += 1
            yield path


def policies(count: int) -> dict[str, bytes]:
    """A folder with as many policies, each issued."""
    files = small_content()
    own = {path: data for path, data in files.items() if path.startswith("policies/")}
    for number in range(count):
        files |= {path.replace("eksempel", f"eksempel-{number}"): data for path, data in own.items()}
        name = ledger.record_name(f"policy/eksempel-{number}", "1.0", "public")
        files[f"{ledger.FOLDER}/{number + 1:04d}-{name}.json"] = b"{}"
    return files


def passes(count: int, folder: Path) -> float:
    """How often the files of a folder of so many policies are gone through while it is found out what to make."""
    files = Counted(policies(count))
    project = Project(files, repository().template_files)
    options = BuildOptions(folder / "content", folder / "templates", folder / "ud", ("policy",))
    plan = Plan(options, project, BuildCache(options.output))
    requested = {document: (str(document),) for document in project.graph.documents}
    left = {document: names for document, names in requested.items() if plan.up_to_date(document, names) is None}
    for batch in plan.batches(left, 8):
        for document in batch.requested:
            ledger.record_index(batch.project).find(str(document), "1.0", "public")
    return files.seen / len(files)


def test_the_folder_is_gone_through_as_often_for_many_documents_as_for_few(tmp_path: Path) -> None:
    assert passes(96, tmp_path) == passes(24, tmp_path) < 12


@given(st.lists(st.sampled_from(["a", "a-b", "a_b", "a-v1", "b"]), max_size=12), st.data())
def test_a_record_is_found_by_its_name(names: list[str], data: st.DataObject) -> None:
    """The last printing of a version, and all records of a document, however alike the names are."""
    printings: dict[str, int] = {}
    files, paths = {}, dict[str, list[str]]()
    for number, name in enumerate(names, 1):
        printings[name] = printing = printings.get(name, 0) + 1
        path = f"{ledger.FOLDER}/{number:04d}-{ledger.record_name(f'case/{name}', '1.0', 'public', printing)}.json"
        files[path] = path.encode()
        paths.setdefault(name, []).append(path)
    index = ledger.RecordIndex(dict(data.draw(st.permutations(list(files.items())))))
    assert list(index.paths) == list(files)
    for name in {*names, "c"}:
        found = [path.decode() for path in index.of(f"case/{name}")]
        assert set(paths.get(name, [])) <= set(found)
        assert found == sorted(found)
