"""schema-in-prose: a sample of the answer's shape in the text, where the file declares none to the API."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from promptgauge.lint.checks.model import Check, Hit
from promptgauge.lint.subject import Subject
from promptgauge.tokens import count


def find(subject: Subject, limits: Mapping[str, float]) -> Iterator[Hit]:
    """One hit at the largest of the samples, if it has enough tokens; the others are related."""
    anatomy = subject.parts
    output, messages = anatomy.output, anatomy.prompt.messages
    if not output.asked or output.language != "json" or output.declared:
        return
    sizes = []
    for skeleton in output.skeletons:
        text = messages[skeleton.place.message].text[slice(*skeleton.place.span)]
        if skeleton.error is None and len(text.encode()) >= limits["tokens"]:
            sizes.append((count(text, anatomy.encoding), skeleton.place))
    sizes = [pair for pair in sizes if pair[0] >= limits["tokens"]]
    if sizes:
        tokens, place = max(sizes, key=lambda pair: pair[0])
        yield Hit(place, {"size": tokens}, tuple(other for _, other in sizes if other != place))


CHECK = Check("schema-in-prose", "prompt", ("size",), {"tokens": "tokens"}, find)
