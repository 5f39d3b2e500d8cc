"""The server's log: one line an event on the error stream, and never a word of a prompt."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from types import TracebackType

_OWN = "promptgauge"


class Discreet(logging.Formatter):
    """Prints what kind of thing happened and where, but nothing that the event carried with it.

    Of other packages' records only the template is printed, as pygls and asyncio put whole messages, that is
    prompts, into the values; of an exception the type and the place, as its text may quote what it choked on.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The record on one line."""
        own = record.name.split(".")[0] == _OWN
        what = record.getMessage() if own else str(record.msg)
        line = f"{_OWN}: {record.levelname.lower()}: " + (what.splitlines() or [""])[0]
        if not own:
            line += f" [{record.name}]"
        if record.exc_info and record.exc_info[0] is not None:
            line += f" ({describe(record.exc_info[1], record.exc_info[2])})"
        return line


def describe(error: BaseException | None, traceback: TracebackType | None = None) -> str:
    """The type of an exception, the place that raised it, and what caused it: `KeyError at engine.py:41`."""
    traceback = traceback or getattr(error, "__traceback__", None)
    described = type(error).__name__
    if traceback is not None:
        while traceback.tb_next is not None:
            traceback = traceback.tb_next
        described += f" at {Path(traceback.tb_frame.f_code.co_filename).name}:{traceback.tb_lineno}"
    if error is not None and error.__cause__ is not None:
        described += f", caused by {describe(error.__cause__)}"
    return described


def start_log() -> None:
    """Send warnings and errors of this program, pygls and asyncio to the error stream, discreetly."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Discreet())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("pygls").setLevel(logging.WARNING)
