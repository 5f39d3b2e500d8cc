"""Runs: one run at a time for each open document, always on its newest text."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from threading import Event
from typing import Generic, TypeVar

from promptgauge.lsp.document import Snapshot

PAUSE = 0.03
LONGEST_PAUSE = 0.3

R = TypeVar("R")
Work = Callable[[Snapshot, Callable[[], bool]], R]


@dataclass(slots=True)
class _Job(Generic[R]):
    """What goes on for one document: `wanted` counts its changes, `last` belongs to change number `done`."""

    wanted: int = 0
    done: int = 0
    last: R | None = None
    pause: float = PAUSE
    stop: Event = field(default_factory=Event)
    task: asyncio.Task[None] | None = None


class Runs(Generic[R]):
    """Starts `work(snapshot, stopped)` in a thread once a document has been quiet for a moment.

    A change during a run makes `stopped()` true and starts another run when this one is over, so that two runs
    of one document never overlap. `publish` is called on the event loop, and only with what still holds: the
    outcome for a text that has changed since is dropped. `failed` is told of an exception of `work`.
    The pause grows to twice the time of the last run, up to `LONGEST_PAUSE`.
    """

    def __init__(
        self,
        take: Callable[[str], Snapshot | None],
        work: Work[R],
        publish: Callable[[Snapshot, R], None],
        failed: Callable[[Snapshot, Exception], None],
    ) -> None:
        self._take = take
        self._work = work
        self._publish = publish
        self._failed = failed
        self._jobs: dict[str, _Job[R]] = {}

    def start(self, uri: str) -> None:
        """The document was opened or changed, or something that it depends on was."""
        job = self._jobs.setdefault(uri, _Job())
        job.wanted += 1
        job.stop.set()
        if job.task is None or job.task.done():
            job.task = asyncio.get_running_loop().create_task(self._run(uri, job))

    def forget(self, uri: str) -> None:
        """The document was closed: what is under way for it is stopped and its outcome dropped."""
        job = self._jobs.pop(uri, None)
        if job is not None:
            job.wanted += 1
            job.stop.set()

    def stop(self) -> None:
        """Stop everything; nothing more is published."""
        for uri in list(self._jobs):
            self.forget(uri)

    def last(self, uri: str) -> R | None:
        """The outcome of the last finished run, which may be of an older text."""
        job = self._jobs.get(uri)
        return job.last if job is not None else None

    async def newest(self, uri: str) -> R | None:
        """The outcome for the document as it is now, awaited where it is under way; None where there is none."""
        job = self._jobs.get(uri)
        if job is None:
            return None
        if job.task is not None:
            await _outlast(job.task)
        return job.last if self._jobs.get(uri) is job and job.done == job.wanted else None

    async def _run(self, uri: str, job: _Job[R]) -> None:
        while self._jobs.get(uri) is job and job.done != job.wanted:
            wanted = job.wanted
            await asyncio.sleep(job.pause)
            if wanted != job.wanted:
                continue
            job.stop = Event()
            snapshot = self._take(uri)
            if snapshot is None:
                return
            began = time.monotonic()
            try:
                outcome = await asyncio.to_thread(self._work, snapshot, job.stop.is_set)
            except Exception as error:
                if wanted == job.wanted:
                    job.done, job.last = wanted, None
                    self._failed(snapshot, error)
                continue
            job.pause = min(max(PAUSE, 2 * (time.monotonic() - began)), LONGEST_PAUSE)
            if wanted == job.wanted:
                job.done, job.last = wanted, outcome
                self._publish(snapshot, outcome)


async def _outlast(task: Awaitable[None]) -> None:
    """Wait for a task without cancelling it when the waiting is cancelled."""
    await asyncio.shield(task)
