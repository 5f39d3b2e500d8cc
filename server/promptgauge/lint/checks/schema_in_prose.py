"""schema-in-prose: a sample of the answer's shape in the text, where the file declares none to the API."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping

from promptgauge.anatomy import lexicon
from promptgauge.anatomy.model import Anatomy, Place
from promptgauge.lint.checks.model import Check, Hit
from promptgauge.lint.subject import Subject
from promptgauge.tokens import count

_GAP = 120
"""Characters between an order and the sample that it leads to."""


def find(subject: Subject, limits: Mapping[str, float]) -> Iterator[Hit]:
    """One hit at the largest of the samples, if it has enough tokens; the others are related."""
    anatomy = subject.parts
    output, messages = anatomy.output, anatomy.prompt.messages
    if not output.asked or output.language != "json" or output.declared:
        return
    sizes = []
    for skeleton in output.skeletons:
        if not _is_asked(anatomy, skeleton.place):
            continue
        text = messages[skeleton.place.message].text[slice(*skeleton.place.span)]
        if skeleton.error is None and len(text.encode()) >= limits["tokens"]:
            sizes.append((count(text, anatomy.encoding), skeleton.place))
    sizes = [pair for pair in sizes if pair[0] >= limits["tokens"]]
    if sizes:
        tokens, place = max(sizes, key=lambda pair: pair[0])
        yield Hit(place, {"size": tokens}, tuple(other for _, other in sizes if other != place))


def _is_asked(anatomy: Anatomy, shape: Place) -> bool:
    """Whether an order for JSON leads to a sample; elsewhere it may be the shape of something else."""
    above = bisect_left(anatomy.statements, shape, key=lambda statement: statement.place) - 1
    if above < 0:
        return False
    _, (message, span), text, *_ = anatomy.statements[above]
    if message != shape.message or shape.span.start > span.end + _GAP:
        return False
    return lexicon.NOTATION.search(text) is not None and lexicon.ASKS.search(text) is not None


CHECK = Check("schema-in-prose", "prompt", ("size",), {"tokens": "tokens"}, find)
