"""The few checks that need code, by the name that a rule file gives under `when`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from promptgauge.lint.checks import (
    broken_skeleton,
    example_drift,
    examples,
    includes,
    instructions,
    schema_in_prose,
    secret,
    size,
    slots,
    syntax,
    variables,
    volatile_fact,
)
from promptgauge.lint.checks.model import Check, Hit

__all__ = ["CHECKS", "Check", "Hit"]

CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        check.name: check
        for check in (
            size.SHARE,
            size.BUDGET,
            slots.BEFORE_PREFIX,
            examples.DUPLICATE,
            example_drift.CHECK,
            examples.BREACH,
            examples.IMBALANCE,
            examples.SIMILAR,
            volatile_fact.CHECK,
            schema_in_prose.CHECK,
            broken_skeleton.CHECK,
            instructions.VAGUE,
            instructions.REPEATED,
            instructions.CONFLICTING,
            syntax.TEMPLATE_SYNTAX,
            variables.UNDECLARED,
            variables.UNUSED,
            slots.OPEN,
            includes.MISSING,
            syntax.HOST_SYNTAX,
            includes.RING,
            secret.CHECK,
        )
    }
)
