"""What a build is asked for."""

from __future__ import annotations

from pathlib import Path

from docgen.kinds.edition import Edition
from docgen.structs import Struct, field
from docgen.writers.formats import Format, default_formats


class ClusterAddress(Struct, frozen=True):
    """Where a running Dask cluster listens, `tcp://HOST:PORT` or `tls://HOST:PORT`; for TLS the files with the
    certificate of who vouches for the cluster, and with one's own certificate and key. Those that are not named are as
    Dask's own configuration says."""

    address: str
    authority: Path | None = None
    certificate: Path | None = None
    key: Path | None = None


class BuildOptions(Struct, frozen=True):
    """What to build, from where, to where. `documents` are ids or kinds; none means all.

    `with_annexes` makes of each case one more PDF, the case and its annexes (`…-med-bilag.pdf`), and of each agenda the
    whole meeting (`moedemappe.pdf`). `jobs` is the number of processes; 0 is one, and for many
    documents as many as there are cores. (A script that asks for more than one guards its `__main__`.)
    `proofread` says whether the proof-reader reads the documents' files meanwhile; `incremental` that documents which
    are as they were are left alone, and `force` that the list of those is only written. `cluster` makes the documents
    where it is named, in place of processes here.
    """

    content: Path = Path("content")
    templates: Path = Path("templates")
    output: Path = Path("build")
    documents: tuple[str, ...] = ()
    formats: tuple[Format, ...] = field(default_factory=default_formats)
    edition: Edition = Edition.PUBLIC
    with_annexes: bool = False
    jobs: int = 1
    proofread: bool = False
    incremental: bool = False
    force: bool = False
    cluster: ClusterAddress | None = None
