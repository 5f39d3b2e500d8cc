"""The values of a YAML or JSON file with their places, alike for both hosts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from promptgauge.text import Span


@dataclass(slots=True)
class Node:
    """A value at `span`: an object, an array, or a scalar whose `value` is a string, number, boolean or None.

    For an object `keys` holds the key of each of `items`. `style` is the quote of a YAML scalar (`|` and `>` for
    blocks). A YAML alias is the very node that it points to, so the tree may share nodes.
    """

    span: Span
    value: Any = None
    items: list[Node] = field(default_factory=list)
    keys: list[Node] = field(default_factory=list)
    kind: Literal["scalar", "array", "object"] = "scalar"
    style: str = ""

    def entries(self) -> Iterator[tuple[str, Node, Node]]:
        """The name, key and value of each entry of an object, in order."""
        for key, item in zip(self.keys, self.items, strict=False):
            yield str(key.value), key, item

    def get(self, *path: str) -> Node | None:
        """The value under these names, one inside the other; None if one is missing."""
        node: Node | None = self
        for name in path:
            node = next((item for key, _, item in node.entries() if key == name), None) if node else None
        return node

    def plain(self, depth: int = 50) -> Any:
        """The value as Python's own types; what is nested deeper than `depth` becomes None."""
        if depth == 0:
            return None
        if self.kind == "array":
            return [item.plain(depth - 1) for item in self.items]
        if self.kind == "object":
            return {name: item.plain(depth - 1) for name, _, item in self.entries()}
        return self.value


def walk(root: Node) -> Iterator[Node]:
    """Every node once, parents before children, in the order of the file."""
    seen: set[int] = set()
    stack = [root]
    while stack:
        node = stack.pop()
        if id(node) not in seen:
            seen.add(id(node))
            yield node
            stack.extend(reversed(node.items))


def duplicate_key(root: Node) -> Node | None:
    """The first key that stands twice in one object (YAML's merge key `<<` may)."""
    for node in walk(root):
        names: set[str] = set()
        for name, key, _ in node.entries():
            if name in names and name != "<<":
                return key
            names.add(name)
    return None
