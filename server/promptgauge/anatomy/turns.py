"""Turns: user and assistant messages that are given as a demonstration of how to answer."""

from __future__ import annotations

from collections.abc import Sequence

from promptgauge.anatomy.lines import Line
from promptgauge.formats.model import Message

Turn = list[tuple[int, tuple[int, int]]]


def find_turns(messages: Sequence[Message], lines: Sequence[list[Line]]) -> list[Turn]:
    """The demonstrations, each as two message indexes with the range of lines that belongs to it.

    A user message with the assistant's reply is one, if a further user message follows it or if there are several;
    a reply alone at the end is a prefill. What holds slots is filled at run time and demonstrates nothing.
    """
    pairs: list[Turn] = []
    for index in range(len(messages) - 1):
        if messages[index].role != "user" or messages[index + 1].role != "assistant":
            continue
        spans = [_fixed_lines(lines[index]), _fixed_lines(lines[index + 1])]
        if spans[0] and spans[1]:
            pairs.append([(index, spans[0]), (index + 1, spans[1])])
    followed = [pair for pair in pairs if any(m.role == "user" for m in messages[pair[1][0] + 1 :])]
    return pairs if len(pairs) > 1 else followed


def _fixed_lines(lines: list[Line]) -> tuple[int, int] | None:
    """The range of a message's lines, template control flow at its ends left out; None if it holds a slot."""
    if any(line.outputs for line in lines):
        return None
    filled = [line.index for line in lines if line.text and line.slots == "none" and not line.comment]
    return (filled[0], filled[-1]) if filled else None
