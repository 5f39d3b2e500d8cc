"""Includes in `check`: counted and linted with the includer, every path recorded, and the rules about them."""

from __future__ import annotations

from collections.abc import Mapping

from promptgauge.lint.check import check
from promptgauge.lint.model import Result
from promptgauge.lint.settings import Settings
from promptgauge.text import Text
from promptgauge.tokens import count


def checked(content: str, files: Mapping[str, str], settings: Settings | None = None, path: str = "main.j2") -> Result:
    return check(Text(content), path, settings or Settings(), files.get)


def codes(result: Result) -> list[tuple[str, str]]:
    return [(f.code, f.level) for f in result.findings if f.code in ("PG605", "PG607")]


def test_included_text_is_counted_with_the_includer() -> None:
    [anatomy] = checked('Be kind. {% include "a.j2" %}', {"a.j2": "Never promise {{ what }} a refund."}).anatomies
    assert count("Be kind. Never promise  a refund.") == anatomy.tokens
    assert count(" Never promise  a refund.") - 1 <= anatomy.included <= count("Never promise  a refund.")
    assert sum(segment.tokens for segment in anatomy.segments) == anatomy.tokens


def test_findings_in_included_text_stand_at_the_tag() -> None:
    sample = 'Answer in JSON like this:\n\n```json\n{"id": "x"\n "total": 2}\n```\n'
    content = 'You read invoices.\n{% include "format.j2" %}\n'
    [finding] = [f for f in checked(content, {"format.j2": sample}).findings if f.code == "PG403"]
    assert '{% include "format.j2" %}' == content[slice(*finding.span)].strip()


def test_every_path_that_was_tried_is_recorded() -> None:
    result = checked('{% include "a.j2" %}', {}, Settings(include_roots=("/lib",)))
    assert ("/lib/a.j2", "a.j2") == result.paths_tried


def test_a_missing_include_is_an_error_once_the_roots_are_known() -> None:
    assert [("PG605", "information")] == codes(checked('{% include "a.j2" %}', {}))
    assert [("PG605", "error")] == codes(checked('{% include "a.j2" %}', {}, Settings(include_roots=("/lib",))))


def test_a_ring_is_an_error_that_names_it() -> None:
    result = checked('Say hello. {% include "a.j2" %}', {"a.j2": 'A {% include "main.j2" %}'})
    assert [("PG607", "error")] == codes(result)
    [finding] = [f for f in result.findings if f.code == "PG607"]
    assert "main.j2 → a.j2 → main.j2" in finding.message


def test_a_prompt_without_includes_loads_no_more() -> None:
    assert () == checked("Say hello.", {}).paths_tried
