"""Trees of distinct prompt files for the benchmarks, made of Python's own documentation and of rules and examples."""

from __future__ import annotations

import pydoc_data.topics
import random
from pathlib import Path

_ACTS = ("refund", "complaint", "invoice", "delivery", "password", "subscription", "warranty", "exchange")
_FORM = 'Answer in JSON:\n\n```json\n{"label": "...", "reason": "..."}\n```\n'


def tree(folder: Path, files: int, size: int) -> int:
    """Write `files` prompts of about `size` characters; gives back the bytes. No two have a paragraph in common."""
    chance = random.Random(11)
    written = 0
    for number in range(files):
        path = folder / f"part{number % 20}" / f"{number}.{('j2', 'prompt.md', 'prompt.txt')[number % 3]}"
        path.parent.mkdir(exist_ok=True)
        written += path.write_bytes(prompt(chance, number, size).encode())
    return written


def prompt(chance: random.Random, number: int, size: int) -> str:
    """One prompt: a task, rules, examples, the shape of the answer, and reference matter until the size is reached."""
    parts = [f"You sort the mail of shop {number} into {len(_ACTS)} queues.\n\n# Rules\n"]
    for rule in range(12):
        act = chance.choice(_ACTS)
        parts.append(f"- If message {rule} of shop {number} is about a {act}, answer `{act}`, unless it is urgent.")
    parts.append(f"\n# Output\n\n{_FORM}\n# Examples\n")
    for example in range(6):
        act = chance.choice(_ACTS)
        parts.append(
            f"Input: I wrote to shop {number} {example} times about my {act}.\n"
            f'Output: {{"label": "{act}", "reason": "case {number * 100 + example}"}}\n'
        )
    parts.append("# Reference\n")
    length = sum(map(len, parts))
    words = _words()
    while length < size:
        start = chance.randrange(len(words) - 60)
        parts.append(" ".join(words[start : start + chance.randint(12, 60)]) + f" ({number}).\n")
        length += len(parts[-1])
    return "\n".join(parts)


def _words() -> list[str]:
    if not _WORDS:
        _WORDS.extend(word for topic in pydoc_data.topics.topics.values() for word in topic.split() if "{" not in word)
    return _WORDS


_WORDS: list[str] = []
