"""The log says what happened and where, on one line, and never what a prompt says."""

from __future__ import annotations

import logging

from promptgauge.lsp.log import Discreet, describe

SECRET = "the text of a prompt"


def printed(name: str, message: str, *values: object, error: BaseException | None = None) -> str:
    info = (type(error), error, error.__traceback__) if error else None
    return Discreet().format(logging.LogRecord(name, logging.ERROR, "f.py", 1, message, values, info))


def failure() -> ValueError:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        return error


def test_records_of_other_packages_lose_their_values() -> None:
    actual = printed("pygls.protocol.json_rpc", "Failed to handle notification %r: %s", "didOpen", SECRET)

    assert "promptgauge: error: Failed to handle notification %r: %s [pygls.protocol.json_rpc]" == actual


def test_our_own_records_keep_their_values() -> None:
    assert "promptgauge: error: checking a.md failed" == printed("promptgauge.lsp", "checking %s failed", "a.md")


def test_an_exception_is_named_with_its_place_but_not_with_its_text() -> None:
    actual = printed("asyncio", f"Task exception was never retrieved\nfuture: {SECRET}", error=failure())

    assert SECRET not in actual
    assert 1 == len(actual.splitlines())
    assert actual.startswith(
        "promptgauge: error: Task exception was never retrieved [asyncio] (ValueError at test_log.py:"
    )


def test_what_caused_an_exception_is_named_too() -> None:
    cause = failure()
    try:
        raise RuntimeError(SECRET) from cause
    except RuntimeError as error:
        actual = describe(error)

    assert SECRET not in actual
    assert actual.startswith("RuntimeError at test_log.py:")
    assert ", caused by ValueError at test_log.py:" in actual


def test_an_exception_that_was_never_raised_has_only_a_name() -> None:
    assert "KeyError" == describe(KeyError(SECRET))
