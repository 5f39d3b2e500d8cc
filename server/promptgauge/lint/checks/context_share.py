"""context-share: how much of the model's context window the fixed part of a prompt takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from promptgauge.anatomy.model import Place
from promptgauge.lint.checks.model import Check, Hit
from promptgauge.lint.subject import Subject
from promptgauge.lint.wording import show
from promptgauge.text import Span
from promptgauge.tokens.model_facts import facts_of


def find(subject: Subject, limits: Mapping[str, float]) -> Iterator[Hit]:
    """One hit where the share is above the threshold; none where the model, or its window, is not known."""
    anatomy = subject.parts
    model = anatomy.prompt.model
    facts = facts_of(model) if model and anatomy.tokens else None
    if model and facts and facts.context and anatomy.tokens / facts.context > limits["share"]:
        values: dict[str, float | str] = {
            "part": show(anatomy.tokens / facts.context, "share"),
            "window": facts.context,
            "model": model,
            "as_of": facts.as_of,
        }
        first = next(index for index, message in enumerate(anatomy.prompt.messages) if message.text.strip())
        yield Hit(Place(first, Span(0, len(anatomy.prompt.messages[first].text))), values)


CHECK = Check("context-share", "prompt", ("part", "window", "model", "as_of"), {"share": "share"}, find)
