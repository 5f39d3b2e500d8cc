"""missing-include and include-ring: what the includes of a prompt bring in, as it was looked up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from promptgauge.lint.checks.model import Check, Hit
from promptgauge.lint.subject import Subject


def _missing(subject: Subject, _limits: Mapping[str, float]) -> Iterator[Hit]:
    """One hit for each include that brings in nothing, where the prompt names it."""
    for missing in subject.parts.prompt.inclusion.missing:
        yield Hit(missing.span, {"path": missing.path, "what": missing.why})


def _rings(subject: Subject, _limits: Mapping[str, float]) -> Iterator[Hit]:
    """One hit for each ring of files, where the way into it begins."""
    for ring in subject.parts.prompt.inclusion.rings:
        yield Hit(ring.span, {"ring": " → ".join(ring.paths)})


MISSING = Check("missing-include", "prompt", ("path", "what"), {}, _missing)
RING = Check("include-ring", "prompt", ("ring",), {}, _rings)
