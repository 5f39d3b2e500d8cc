"""The JSON Schemas of what `check`, `inspect` and `tokens` print with `--format json`."""

from __future__ import annotations

from pathlib import Path


def schema(command: str) -> str:
    """The schema's file as text; `command` is `check`, `inspect` or `tokens`."""
    return Path(__file__).with_name(f"{command}.schema.json").read_text(encoding="utf-8")
