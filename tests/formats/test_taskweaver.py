"""TaskWeaver's example conversations."""

from __future__ import annotations

import pytest

from promptgauge.formats import format_of, read_document
from promptgauge.text import Text

EXAMPLE = """\
enabled: True
rounds:
  - user_query: count the rows
    post_list:
      - message: count the rows
        send_from: User
        send_to: Planner
        attachment_list:
      - message: Load the file
        send_from: Planner
        send_to: CodeInterpreter
        attachment_list:
          - type: plan
            content: |-
              1. Load
              2. Count {x}
      - message: There are 100 rows
        send_from: CodeInterpreter
"""


def test_the_keys_tell_the_format() -> None:
    assert "taskweaver" == format_of("example.yaml", EXAMPLE)


def test_each_post_and_attachment_is_a_message_of_its_sender() -> None:
    (prompt,) = read_document(Text(EXAMPLE), "example.yaml", None, None, lambda _: None).prompts
    assert [
        ("user", "count the rows"), ("assistant", "Load the file"), ("assistant", "1. Load\n2. Count {x}"),
        ("tool", "There are 100 rows"),
    ] == [(message.role, message.text) for message in prompt.messages]  # fmt: skip
    assert () == prompt.variables


@pytest.mark.parametrize(
    "content", ["", "rounds:", "rounds: [1, {post_list: [2, {attachment_list: [3]}]}]", "rounds: &a [*a]"]
)
def test_what_holds_no_text_is_no_prompt(content: str) -> None:
    assert () == read_document(Text(content), "a.yaml", "taskweaver", None, lambda _: None).prompts
