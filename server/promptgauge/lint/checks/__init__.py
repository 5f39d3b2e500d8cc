"""The few checks that need code, by the name that a rule file gives under `when`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from promptgauge.lint.checks import broken_skeleton, example_drift, syntax
from promptgauge.lint.checks.model import Check, Hit

__all__ = ["CHECKS", "Check", "Hit"]

CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        check.name: check
        for check in (example_drift.CHECK, broken_skeleton.CHECK, syntax.TEMPLATE_SYNTAX, syntax.HOST_SYNTAX)
    }
)
