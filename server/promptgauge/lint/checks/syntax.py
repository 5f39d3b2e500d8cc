"""template-syntax and host-syntax: what kept the file, or a part of it, from being read as its format asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from promptgauge.lint.checks.model import Check, Hit
from promptgauge.lint.subject import Subject


def _problems(kind: str) -> Check:
    def find(subject: Subject, _limits: Mapping[str, float]) -> Iterator[Hit]:
        for problem in subject.document.problems:
            if problem.kind == kind:
                yield Hit(problem.span, {"what": problem.message})

    return Check(kind, "document", ("what",), {}, find)


TEMPLATE_SYNTAX = _problems("template-syntax")
HOST_SYNTAX = _problems("host-syntax")
