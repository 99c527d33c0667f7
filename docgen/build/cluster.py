"""A running Dask cluster makes documents: its workers come and go, and those that would make other bytes get no work.

A batch is sent to the workers that were found to make the same bytes as here, and to no others: one that joins is asked
first. One that is lost is no harm: the scheduler gives its batch to another, and where none of those is left that it
was sent to, it is sent again. A batch that has lost several workers is made document by document, so that the one that
they fall over is told, and the others are built.
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import CancelledError, wait
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from docgen import danish
from docgen.build.batch import Batch, Outcome, Planned
from docgen.build.options import ClusterAddress
from docgen.build.sent_batch import (
    Wanted,
    apart,
    common_of,
    differences,
    made_here,
    made_there,
    make_packed,
    packed,
    take,
)
from docgen.files import read_file, reason
from docgen.problems import Origin, OutputError, Problem
from docgen.project import Project
from docgen.structs import Struct, field

if TYPE_CHECKING:
    from distributed import Client, Security

PATIENCE = 30.0
"""Seconds that a cluster may be without a worker that can be used."""
CONNECTING = 15.0  # seconds
_LOOK = 1.0  # seconds between two looks at who is there
_POLL = 0.02  # seconds between two looks at what is made
_LOSSES = 3  # times that all workers of a batch may be lost
_LOGGERS = ("distributed", "distributed.client", "distributed.core", "distributed.comm", "tornado.application")
_GOING_ON = "det, der er bygget, står der; prøv igen, så bygges resten"


class _Sent(Struct):
    """A batch on its way: what came of it so far (None: it is still to be sent), to which workers it was sent, what was
    sent along of the archive, and whether what all documents share went along too. One that has lost its workers is
    made `alone`, so that what it does to them is done to no other; `losses` is how often it was lost since."""

    batch: Batch
    future: Any = None
    workers: frozenset[str] = frozenset()
    kept: dict[str, bytes | None] = field(default_factory=dict)
    whole: bool = False
    alone: bool = False
    losses: int = 0

    @property
    def is_given_up(self) -> bool:
        """Whether it need not be tried again as it is: of several documents each is tried for itself at once."""
        return self.losses >= (_LOSSES if len(self.batch.requested) == 1 else 1)

    def lose(self) -> None:
        """Its workers are gone, and what it was becoming."""
        self.losses += self.alone
        self.future, self.alone = None, True


@contextmanager
def connected(where: ClusterAddress, project: Project, note: Callable[[Problem], None]) -> Iterator[Cluster]:
    """The cluster at an address, to make documents of a project, as long as the block lasts; `note` is told of each
    worker that is not used.

    Raises OutputError where Dask is not installed, nothing answers, TLS is not as the cluster wants it, or there is no
    worker that can be used.
    """
    try:
        from distributed import Client
    except ImportError:
        hint = 'installér det med: pip install "docgen[cluster]"'
        raise OutputError([Problem(Origin("docgen"), "distributed mangler, som --scheduler bruger", hint)]) from None
    with _quiet(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of other versions of what Dask itself uses, for those are compared here
        try:
            client = Client(where.address, security=_security(where), timeout=CONNECTING, set_as_default=False)
        # AssertionError is Dask's own: its thread was not begun in time, on a machine that does too much.
        except (OSError, TypeError, ValueError, RuntimeError, AssertionError) as error:
            raise OutputError([_unreachable(where, error)]) from None
        with client:
            if _is_open(where.address):
                hint = "brug tls:// uden for et lukket net, og altid til det, der ikke er offentligt"
                note(Problem(Origin(where.address), "indholdet bliver sendt ukrypteret", hint))
            cluster = Cluster(client, where.address, project, note)
            cluster.wait_for_workers(at_first=True)
            yield cluster


class Cluster:
    """The workers of a cluster that make the same bytes as here."""

    def __init__(self, client: Client, address: str, project: Project, note: Callable[[Problem], None]) -> None:
        self._client, self._address, self._note = client, address, note
        self._archive, self._common = project.archive, common_of(project)
        self._here = made_here()
        self._threads: dict[str, int] = {}  # of workers that are used, by address
        self._refused: dict[str, Problem] = {}
        self._looked = self._seen = time.monotonic()

    @property
    def size(self) -> int:
        """How many batches can be made at a time."""
        return sum(self._threads.values())

    def wait_for_workers(self, *, at_first: bool = False) -> None:
        """Waits until there is a worker to use. Raises OutputError where none comes, or, `at_first`, where all that are
        there would make other bytes."""
        self._look()
        while not self._threads:
            if at_first and self._refused:
                raise OutputError(self._refused.values())
            if time.monotonic() - self._seen > PATIENCE:
                hint = f"start dem på maskinerne med: dask worker {self._address}"
                shown = "klyngen har ingen hjælpere, der kan bruges"
                raise OutputError([Problem(Origin(self._address), shown, hint if at_first else _GOING_ON)])
            time.sleep(_LOOK / 4)
            self._look()

    def make(self, batches: Iterable[Batch]) -> Iterator[Outcome]:
        """What becomes of batches, in order.

        No more is under way than the workers can take up, so that memory stays flat. Raises OutputError where the
        cluster is lost, and whatever a worker raises.
        """
        waiting, under_way = iter(batches), deque[_Sent]()
        while True:
            while len(under_way) < 2 * max(1, self.size) and (batch := next(waiting, None)) is not None:
                under_way.append(_Sent(batch))
            if not under_way:
                return
            yield from self._outcomes(under_way)

    def _outcomes(self, under_way: deque[_Sent]) -> list[Outcome]:
        """What became of the first batch, which is taken out; where it must be made otherwise, that is begun."""
        sent = under_way[0]
        found = self._result(under_way)
        if isinstance(found, Wanted):
            for blob in found.blobs:
                sent.kept[blob] = self._archive.read(blob) if self._archive is not None else None
            sent.whole = sent.whole or found.common
            sent.future = None
            return []
        under_way.popleft()
        if isinstance(found, list):
            return found
        if len(sent.batch.requested) == 1:
            return [_given_up(sent.batch)]
        under_way.extendleft(reversed([_Sent(one, kept=sent.kept, alone=True) for one in apart(sent.batch)]))
        return []

    def _result(self, under_way: deque[_Sent]) -> list[Outcome] | Wanted | None:
        """What the first batch became, when it is made; None where it has lost its workers too often."""
        from distributed import KilledWorker

        sent = under_way[0]
        while not sent.is_given_up:
            self._send_all(under_way)
            if sent.future.status == "error":
                error = sent.future.exception()
                if not isinstance(error, KilledWorker):
                    raise error
                sent.losses = _LOSSES if sent.alone else 0
                sent.lose()
            elif sent.future.status == "finished" and (found := self._fetch(under_way)) is not None:
                return found
            time.sleep(_POLL)
            self._find_lost(under_way)
        return None

    def _send_all(self, under_way: deque[_Sent]) -> None:
        """Sends what is not on its way: the first batch by itself where it is to be made alone, or all before such a
        one."""
        first = under_way[0]
        for sent in under_way:
            if sent is not first and (first.alone or sent.alone):
                sent.future = None
            elif sent.future is None:
                self._send(sent)

    def _find_lost(self, under_way: Iterable[_Sent]) -> None:
        """Finds what was sent to workers of which none is left."""
        if time.monotonic() - self._looked < _LOOK:
            return
        self._look()
        for sent in under_way:
            if sent.future is None:
                continue
            if sent.future.status in ("cancelled", "lost"):  # with the scheduler, which is there again
                sent.future = None
            elif sent.future.status == "pending" and not sent.workers & self._threads.keys():
                sent.lose()

    def _fetch(self, under_way: deque[_Sent]) -> list[Outcome] | Wanted | None:
        """What the first batch became; None where the worker is lost that had it, and it is made again."""
        sent = under_way[0]
        future = sent.future
        loop: Any = self._client.loop
        fetching = asyncio.run_coroutine_threadsafe(_gathered(self._client, future), loop.asyncio_loop)
        while sent.future is future:
            if wait([fetching], _LOOK).done:
                with suppress(OSError, CancelledError):
                    return fetching.result()
                return None
            self._find_lost(under_way)
        fetching.cancel()
        return None

    def _send(self, sent: _Sent) -> None:
        self.wait_for_workers()
        sent.workers = frozenset(self._threads)
        sent.future = self._client.submit(
            make_packed,
            packed(sent.batch, sent.kept, self._common),
            self._common.hash,
            self._common.data if sent.whole else b"",
            workers=list(self._threads),
            pure=False,
        )

    def _look(self) -> None:
        """Looks who is there, and asks those that are new what they make documents with."""
        self._check_connection()
        try:
            now = self._client.nthreads()
            new = [address for address in now if address not in self._threads and address not in self._refused]
            answers = self._client.run(made_there, workers=new, on_error="return") if new else {}
        except OSError:
            self._check_connection()
            return
        self._threads = {address: now[address] for address in self._threads if address in now}
        found = {}
        for address, answer in answers.items():
            if isinstance(answer, Mapping) and not differences(answer, self._here):
                found[address] = now[address]
            elif not isinstance(answer, OSError):  # such a one is gone already
                self._refused[address] = problem = _refusal(address, answer)
                self._note(problem)
        self._give(found)
        self._threads |= found
        self._looked = time.monotonic()
        if self._threads:
            self._seen = self._looked

    def _give(self, workers: Iterable[str]) -> None:
        """Gives new workers what all documents share; one that did not get it asks for it."""
        if some := list(workers):
            with suppress(OSError):
                self._client.run(take, self._common.hash, self._common.data, workers=some, on_error="ignore")

    def _check_connection(self) -> None:
        lost = self._client.status in ("closing", "closed")
        if lost or (self._client.status != "running" and time.monotonic() - self._seen > PATIENCE):
            raise OutputError([Problem(Origin(self._address), "forbindelsen til klyngen er tabt", _GOING_ON)])


async def _gathered(client: Client, future: Any) -> list[Outcome] | Wanted:
    """What a task has become, by way of the client's own loop."""
    result: list[Outcome] | Wanted = await client.gather(future, asynchronous=True)
    return result


def _given_up(batch: Batch) -> Planned:
    """A document that was not made, for the workers fall over it."""
    (document,) = batch.requested
    place = Origin(f"content/{batch.project.graph.written_in(document)[0]}")
    hint = "se i deres log, om der var for lidt hukommelse, eller byg dokumentet her, uden --scheduler"
    return Planned(
        {document: ()}, (Problem(place, "dokumentet er ikke bygget, for hver hjælper, der prøvede, gik tabt", hint),)
    )


def _refusal(address: str, answer: object) -> Problem:
    """Why a worker gets no work, by what it answered."""
    if isinstance(answer, Mapping):
        other = danish.enumerate(differences(answer, made_here()))
        message = f"hjælperen får intet at lave, for den ville lave andre bytes: {other}"
    else:
        message = "hjælperen får intet at lave, for docgen er ikke installeret dér"
    return Problem(Origin(address), message, "installér samme docgen og de samme pakker dér som her, og start den igen")


def _unreachable(where: ClusterAddress, error: Exception) -> Problem:
    """Why there is no connection."""
    is_tls = where.address.startswith("tls://")
    told = str(error).lower()
    if is_tls and (isinstance(error, TypeError) or "ssl" in told or "certificate" in told):
        message = "klyngen og docgen godkender ikke hinandens certifikater"
        return Problem(Origin(where.address), message, "se efter i --tls-ca, --tls-cert og --tls-key")
    hint = "tjek adressen, og at fordeleren kører: dask scheduler"
    return Problem(
        Origin(where.address), "klyngen svarer ikke", hint if is_tls else f"{hint}; bruger den TLS, er det tls://"
    )


def _security(where: ClusterAddress) -> Security | None:
    """What TLS goes by; None is what Dask's own configuration says. Raises OutputError where a file cannot be read."""
    from distributed import Security

    named = {"tls_ca_file": where.authority, "tls_client_cert": where.certificate, "tls_client_key": where.key}
    given = {name: path for name, path in named.items() if path is not None}
    for path in given.values():
        try:
            read_file(path)
        except OSError as error:
            shown = f"certifikatet kan ikke læses ({reason(error)})"
            raise OutputError([Problem(Origin(path.as_posix()), shown, "tjek stien og rettighederne")]) from None
    return Security(require_encryption=True, **{name: str(path) for name, path in given.items()}) if given else None


def _is_open(address: str) -> bool:
    """Whether others could read what is sent to an address: it is not encrypted, and leaves the machine."""
    return re.fullmatch(r"tcp://(localhost|127\.[\d.]+|\[::1\]):\d+", address) is None and address.startswith("tcp:")


@contextmanager
def _quiet() -> Iterator[None]:
    """What Dask would say of lost workers and connections is told by docgen, in its own words."""
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)
