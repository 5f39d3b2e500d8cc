"""Merging: how many tokens the bytes of a word become, by the merges of an encoding."""

from __future__ import annotations

from collections.abc import Callable
from heapq import heapify, heappop, heappush

from promptgauge.tokens.vocabulary import UNRANKED


def merged(word: bytes, order: Callable[[bytes], int]) -> int:
    """The tokens of `word`, in n log n steps for n bytes.

    Each byte is a part at first. As long as two neighbours make a token together they become one part: those first
    that make the token with the lowest `order` (see `Vocabulary.order`), and of equals the leftmost.
    """
    if len(word) < 2 or order(word) != UNRANKED:
        return min(len(word), 1)
    length = len(word)
    # A part is named by the place of its first byte.
    after = list(range(1, length + 1))
    before = list(range(-1, length - 1))
    # The order of each part together with the part after it; a part that was taken in by another has -1.
    orders = [order(word[place : place + 2]) for place in range(length - 1)]
    orders.append(UNRANKED)
    # An entry is order and place in one number. One whose order is no longer that of its place is passed over.
    queue = [found * length + place for place, found in enumerate(orders) if found != UNRANKED]
    heapify(queue)
    parts = length
    while queue:
        found, place = divmod(heappop(queue), length)
        if orders[place] != found:
            continue
        taken = after[place]
        end = after[taken] if taken < length else length
        parts -= 1
        after[place] = end
        orders[taken] = -1
        orders[place] = UNRANKED
        if end < length:
            before[end] = place
            found = orders[place] = order(word[place : after[end]])
            if found != UNRANKED:
                heappush(queue, found * length + place)
        previous = before[place]
        if previous >= 0:
            found = orders[previous] = order(word[previous:end])
            if found != UNRANKED:
                heappush(queue, found * length + previous)
    return parts
