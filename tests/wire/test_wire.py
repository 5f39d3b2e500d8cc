"""The server on the wire: nothing but frames on its output, an orderly end, little work, a discreet log."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.wire.fake_server import STRAY
from tests.wire.frames import FAKE_SERVER, Wire, serving


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    with serving(tmp_path) as wire:
        wire.initialize()
        yield wire


def test_the_server_says_what_it_can_do(tmp_path: Path) -> None:
    with serving(tmp_path) as wire:
        capabilities = wire.initialize()["result"]["capabilities"]

        assert ("utf-16", 2) == (capabilities["positionEncoding"], capabilities["textDocumentSync"]["change"])
        assert capabilities["hoverProvider"]
        assert "diagnosticProvider" not in capabilities
        assert 0 == wire.shut_down()


def test_whatever_is_printed_goes_to_the_error_stream(wire: Wire) -> None:
    wire.open("a.j2", "print\nwrite\nchild\n")

    assert ["run 1"] == wire.shown("a.j2", 1)
    wire.insert("a.j2", 2, "print\n")
    assert ["run 2"] == wire.shown("a.j2", 2)
    assert 0 == wire.shut_down()
    assert 7 == wire.errors.count(STRAY)


def test_whatever_is_printed_goes_nowhere_where_there_is_no_error_stream(tmp_path: Path) -> None:
    with serving(tmp_path, ["sh", "-c", 'exec "$@" 2>&-', "sh", *FAKE_SERVER]) as wire:
        wire.initialize()
        wire.open("a.j2", "print\nwrite\nchild\n")

        assert ["run 1"] == wire.shown("a.j2", 1)
        assert 0 == wire.shut_down()


def test_shutdown_and_exit_end_the_server_with_zero(wire: Wire) -> None:
    assert 0 == wire.shut_down()
    assert "" == wire.errors


def test_exit_without_shutdown_ends_it_with_one(wire: Wire) -> None:
    wire.send("exit")

    assert 1 == wire.end()


def test_the_end_of_the_input_ends_the_server(wire: Wire) -> None:
    wire.open("a.j2", "sleep 0.2")
    assert wire.process.stdin is not None
    wire.process.stdin.close()

    assert 1 == wire.end()


def test_shutdown_with_work_pending_is_answered_and_ends_with_zero(wire: Wire) -> None:
    wire.open("a.j2", "sleep 0.5")
    wire.open("b.j2", "sleep 0.5")
    pending = wire.hover("a.j2")

    assert 0 == wire.shut_down()
    assert "" == wire.errors
    assert "textDocument/publishDiagnostics" not in wire.methods()
    assert "result" in wire.answer(pending) or "error" in wire.answer(pending)


def test_a_change_of_a_document_that_was_never_opened_is_ignored(wire: Wire) -> None:
    wire.insert("never.j2", 2, "print\n")
    wire.open("a.j2", "x")
    wire.shown("a.j2", 1)

    assert 0 == wire.shut_down()
    assert ["textDocument/publishDiagnostics"] == wire.methods()
    assert "" == wire.errors


def test_sixty_keystrokes_cause_few_runs_and_the_last_one_counts(wire: Wire) -> None:
    wire.open("a.j2", "sleep 0.2\n")
    wire.shown("a.j2", 1)
    for version in range(2, 62):
        wire.insert("a.j2", version, "x")
        time.sleep(0.01)

    [last] = wire.shown("a.j2", 61)
    assert 6 >= int(last.removeprefix("run "))
    assert 0 == wire.shut_down()


def test_a_slow_check_of_one_document_holds_up_no_other(wire: Wire) -> None:
    wire.open("slow.j2", "sleep 1")
    wire.open("quick.j2", "x")
    wire.shown("quick.j2", 1)
    wire.answer(wire.hover("quick.j2"))
    wire.shown("slow.j2", 1)
    order = [message["params"]["uri"] for message in wire.received if "method" in message]

    assert [wire.uri("quick.j2"), wire.uri("slow.j2")] == order
    assert 0 == wire.shut_down()


def test_failures_cause_one_message_in_the_editor_and_a_log_without_prompt_text(wire: Wire) -> None:
    private = "my private prompt"
    wire.open("a.j2", f"fail\n{private}")
    assert [] == wire.shown("a.j2", 1)
    wire.insert("a.j2", 2, "\n")
    assert [] == wire.shown("a.j2", 2)
    wire.send_body(f'{{"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": "{private}"}}'.encode())
    wire.send_body(f'{{"jsonrpc": "2.0", "{private}'.encode())
    wire.open("b.j2", "x")
    wire.shown("b.j2", 1)

    assert 0 == wire.shut_down()
    assert 1 == wire.methods().count("window/showMessage")
    assert 2 == wire.errors.count("checking a.j2 failed: ValueError at fake_server.py:")
    assert private not in wire.errors
    assert "Traceback" not in wire.errors
    assert all(line.startswith("promptgauge: ") for line in wire.errors.splitlines())
