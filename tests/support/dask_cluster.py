"""A Dask cluster as the guide says how to start one: a scheduler and workers, each a process that can be killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from tests.support.contents import ROOT

SECONDS = 60.0


class DaskCluster:
    """A scheduler on a free port, and the workers that are asked for; all end with the stack they are put on.

    `options` are those of TLS, which both take, and `environment` what the scheduler is set to.
    """

    def __init__(
        self,
        stack: ExitStack,
        folder: Path,
        *options: str,
        protocol: str = "tcp",
        environment: dict[str, str] | None = None,
    ) -> None:
        self._stack, self._folder, self._options, self._number = stack, folder, options, 0
        file = folder / "scheduler.json"
        listening = [
            "--host",
            f"{protocol}://127.0.0.1",
            "--port",
            "0",
            "--no-dashboard",
            "--scheduler-file",
            str(file),
        ]
        self.scheduler = self._start("scheduler", *listening, environment=environment)
        until(file.exists, self.scheduler)
        self.address: str = json.loads(file.read_text("utf-8"))["address"]

    def worker(self, preload: str = "", *, nanny: bool = False) -> subprocess.Popen[bytes]:
        """A worker with one thread, which knows the scheduler by now; `preload` is a program that it runs first."""
        self._number += 1
        named = ["--name", f"prøve-{self._number}", "--nthreads", "1", "--no-dashboard"]
        if preload:
            program = self._folder / f"preload-{self._number}.py"
            program.write_text(preload, encoding="utf-8")
            named += ["--preload", str(program)]
        worker = self._start("worker", self.address, *named, "--nanny" if nanny else "--no-nanny")
        log = self._log("worker")
        until(lambda: b"Registered to" in log.read_bytes(), worker)
        return worker

    def _start(self, *words: str, environment: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
        own = {"PYTHONPATH": str(ROOT), "DASK_TEMPORARY_DIRECTORY": str(self._folder)}
        with self._log(words[0]).open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *words, *self._options],
                cwd=self._folder,
                env={**os.environ, **own, **(environment or {})},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._stack.callback(_end, process)
        return process

    def _log(self, what: str) -> Path:
        return self._folder / f"{what}-{self._number}.log"


def until(happened: object, process: subprocess.Popen[bytes]) -> None:
    """Waits for something; fails where it does not happen, or the process ends."""
    assert callable(happened)
    started = time.monotonic()
    while not happened():
        assert process.poll() is None, process.args
        assert time.monotonic() - started < SECONDS, process.args
        time.sleep(0.05)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
