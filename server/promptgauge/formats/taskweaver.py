"""TaskWeaver's example conversations: rounds of posts between the user, the planner and its workers."""

from __future__ import annotations

from collections.abc import Iterator

from promptgauge.formats.hosted import Draft, HostedFile
from promptgauge.formats.model import Document, Prompt, Purpose, Role
from promptgauge.formats.tree import Node
from promptgauge.text import Span, Text

_ROLES: dict[str, Role] = {"user": "user", "planner": "assistant", "codegenerator": "assistant"}


def read_taskweaver(text: Text, path: str, purpose: Purpose) -> Document:
    """A file of rounds: each round is a conversation, each post one or more messages of the one who sends it."""
    file = HostedFile(text, "yaml", purpose)
    root, broken = file.parse()
    return file.document("taskweaver", _prompts(file, root) if root else (), (broken,))


def _prompts(file: HostedFile, root: Node) -> Iterator[Prompt]:
    rounds = root.get("rounds")
    for turn in rounds.items if rounds else ():
        posts = turn.get("post_list")
        draft = Draft()
        for post in posts.items if posts else ():
            sender = post.get("send_from")
            role = _ROLES.get(str(sender.value).lower(), "tool") if sender else "unknown"
            for node in _texts(post):
                draft.add(file.tell(node, "none", role, _header(sender)))
        if draft.messages:
            yield draft.prompt(file.purpose)


def _texts(post: Node) -> Iterator[Node]:
    """What a post says: its message, then its attachments."""
    message, attachments = post.get("message"), post.get("attachment_list")
    if message:
        yield message
    for attachment in attachments.items if attachments else ():
        content = attachment.get("content")
        if content:
            yield content


def _header(sender: Node | None) -> Span | None:
    return sender.span if sender else None
