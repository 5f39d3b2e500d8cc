"""Models: which encoding a model counts in."""

from __future__ import annotations

import json
import re
from functools import cache

from promptgauge.data import data_file

DEFAULT_ENCODING = "o200k_base"


def encoding_for(model: str) -> tuple[str, bool]:
    """The encoding of `model`, and whether that is known; an unknown model is counted in o200k_base.

    Names with a provider before them (`openai/gpt-4o`, `azure:gpt-4o`) and tuned models (`ft:gpt-4o:...`) are known
    by the model that is named in them.
    """
    for part in re.split(r"[/:]", model.strip().lower()):
        name = part.removeprefix("openai.")
        for pattern, encoding in _table():
            if pattern.match(name):
                return encoding, True
    return DEFAULT_ENCODING, False


@cache
def _table() -> tuple[tuple[re.Pattern[str], str], ...]:
    table: dict[str, list[str]] = json.loads(data_file("models.json").read_text(encoding="utf-8"))
    return tuple((_pattern(entry), encoding) for encoding, entries in table.items() for entry in entries)


def _pattern(entry: str) -> re.Pattern[str]:
    """The names that an entry of the table means.

    That very name, or it with `-` or `@` and more after it (`gpt-4-0613` for `gpt-4`, but not `gpt-4o`); an entry
    that ends in `*` means any name that begins so.
    """
    rest = r".*" if entry.endswith("*") else r"(?:[-@].*)?"
    return re.compile(re.escape(entry.removesuffix("*")) + rest + r"\Z")
