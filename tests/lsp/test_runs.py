"""One run at a time for a document, on its newest text, and nothing stale is published."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from pathlib import Path

from promptgauge.lsp.document import Snapshot
from promptgauge.lsp.runs import Runs
from promptgauge.text import Text

A = "file:///w/a.md"
B = "file:///w/b.md"


class Bench:
    """A pretended editor: documents by URI, a record of what ran and what was published."""

    def __init__(self, work: Callable[[Snapshot, Callable[[], bool]], str] | None = None) -> None:
        self.open: dict[str, str] = {}
        self.ran: list[str] = []
        self.running = 0
        self.most_at_once = 0
        self.published: list[str] = []
        self.failures: list[str] = []
        self.work = work or (lambda snapshot, stopped: snapshot.text.content)
        self._lock = threading.Lock()
        self.runs: Runs[str] = Runs(
            self.take,
            self._work,
            lambda snapshot, outcome: self.published.append(outcome),
            lambda snapshot, error: self.failures.append(str(error)),
        )

    def take(self, uri: str) -> Snapshot | None:
        if uri not in self.open:
            return None
        return Snapshot(uri, Path("/w"), Text(self.open[uri]), None)

    def change(self, uri: str, content: str) -> None:
        self.open[uri] = content
        self.runs.start(uri)

    def _work(self, snapshot: Snapshot, stopped: Callable[[], bool]) -> str:
        with self._lock:
            self.running += 1
            self.most_at_once = max(self.running, self.most_at_once)
            self.ran.append(snapshot.text.content)
        try:
            return self.work(snapshot, stopped)
        finally:
            with self._lock:
                self.running -= 1


async def test_changes_in_quick_succession_cause_one_run() -> None:
    bench = Bench()

    for number in range(20):
        bench.change(A, str(number))
    await bench.runs.newest(A)

    assert ["19"] == bench.ran
    assert ["19"] == bench.published


async def test_a_change_during_a_run_stops_it_and_the_newest_text_wins() -> None:
    begun = threading.Event()
    saw_stop: list[bool] = []

    def work(snapshot: Snapshot, stopped: Callable[[], bool]) -> str:
        begun.set()
        while snapshot.text.content == "old" and not stopped():
            time.sleep(0.001)
        saw_stop.append(stopped())
        return snapshot.text.content

    bench = Bench(work)
    bench.change(A, "old")
    await asyncio.to_thread(begun.wait)
    bench.change(A, "new")

    assert "new" == await bench.runs.newest(A)
    assert ["new"] == bench.published
    assert [True, False] == saw_stop
    assert 1 == bench.most_at_once


async def test_documents_do_not_wait_for_each_other() -> None:
    both = threading.Barrier(2, timeout=5)

    def work(snapshot: Snapshot, stopped: Callable[[], bool]) -> str:
        both.wait()
        return snapshot.text.content

    bench = Bench(work)
    bench.change(A, "a")
    bench.change(B, "b")

    assert ["a", "b"] == [await bench.runs.newest(A), await bench.runs.newest(B)]


async def test_the_outcome_of_a_closed_document_is_dropped() -> None:
    begun, end = threading.Event(), threading.Event()

    def work(snapshot: Snapshot, stopped: Callable[[], bool]) -> str:
        begun.set()
        end.wait(5)
        return "outcome"

    bench = Bench(work)
    bench.change(A, "a")
    await asyncio.to_thread(begun.wait)
    waiting = asyncio.create_task(bench.runs.newest(A))
    await asyncio.sleep(0)
    del bench.open[A]
    bench.runs.forget(A)
    end.set()

    assert await waiting is None
    assert [] == bench.published
    assert bench.runs.last(A) is None


async def test_a_run_that_fails_is_reported_once_and_the_next_one_works() -> None:
    def work(snapshot: Snapshot, stopped: Callable[[], bool]) -> str:
        if snapshot.text.content == "bad":
            raise ValueError("no")
        return snapshot.text.content

    bench = Bench(work)
    bench.change(A, "bad")
    assert await bench.runs.newest(A) is None
    bench.change(A, "good")

    assert "good" == await bench.runs.newest(A)
    assert ["no"] == bench.failures
    assert ["good"] == bench.published


async def test_waiting_for_the_newest_outcome_can_be_cancelled_without_harm() -> None:
    bench = Bench()
    bench.change(A, "a")
    waiting = asyncio.create_task(bench.runs.newest(A))
    await asyncio.sleep(0)
    waiting.cancel()

    assert "a" == await bench.runs.newest(A)
    assert ["a"] == bench.published


async def test_nothing_is_known_of_a_document_that_was_never_opened() -> None:
    bench = Bench()
    bench.runs.start(A)

    assert await bench.runs.newest(A) is None
    assert await bench.runs.newest(B) is None
    assert [] == bench.ran
