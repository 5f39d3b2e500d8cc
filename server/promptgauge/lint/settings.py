"""Settings: what `check` is told about one file. Where they come from is none of the core's business."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from promptgauge.formats.model import Purpose
from promptgauge.lint.model import Level


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings that hold for one file.

    `select` adds rules to the stable ones (the only way to preview rules) and `ignore` takes rules away; both
    hold codes (`PG101`), prefixes (`PG1`) or names (`behaviour-over-budget`), and the longest match wins.
    `levels` and `thresholds` are keyed by code. `purpose` and `format` are None where the file itself decides.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    levels: Mapping[str, Level] = field(default_factory=dict)
    thresholds: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    purpose: Purpose | None = None
    format: str | None = None
    encoding: str = "o200k_base"
