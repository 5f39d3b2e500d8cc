"""Ignores hold back what they name, where the engine strips the comment, and nothing else; idle ones are reported."""

from __future__ import annotations

from textwrap import indent

import pytest

from promptgauge.lint import Settings, check
from promptgauge.lint.fingerprint import fingerprint
from promptgauge.lint.model import Result
from promptgauge.lint.settings import Ignored
from promptgauge.text import Text

LOW = {"PG101": {"tokens": 2.0}}
RULES = "You are a helper. Answer politely.\nNever be rude to users at all.\n"


def run(content: str, path: str = "a.system.j2", settings: Settings | None = None) -> Result:
    return check(Text(content), path, settings or Settings(thresholds=LOW), lambda _path: None)


def codes(result: Result) -> list[str]:
    return [finding.code for finding in result.findings]


def held(result: Result) -> list[tuple[str, str]]:
    return [(one.finding.code, one.reason) for one in result.suppressed]


@pytest.mark.parametrize(
    ("content", "path"),
    [
        ("{# promptgauge: ignore[PG101] long on purpose #}\n" + RULES, "a.j2"),
        ("{#- promptgauge: ignore[PG101] long on purpose -#}\r\n\r\n" + RULES, "a.j2"),
        ("{# promptgauge: ignore[behaviour-over-budget]: long on purpose #}" + RULES, "a.j2"),
        ("{# promptgauge: ignore-file[pg101] long on purpose #}\n" + RULES, "a.j2"),
        (RULES + "{# promptgauge: ignore-file[PG102, PG101] long on purpose #}\n", "a.j2"),
        (RULES.replace("politely.", "politely. {#- promptgauge: ignore[PG101] long on purpose #}"), "a.j2"),
        ("{# promptgauge: ignore[PG101] long on purpose #}\nsystem:\n" + RULES, "a.j2"),
        ("---\nmodel: m  # promptgauge: ignore[PG101] long on purpose\n---\n" + RULES, "a.prompt.txt"),
        ("---\npromptgauge:\n  ignore: {PG101: long on purpose}\n---\n" + RULES, "AGENTS.prompt.txt"),
        ("---\npromptgauge: {ignore: [PG101], reason: long on purpose}\n---\n" + RULES, "a.prompt.txt"),
        ("---\npromptgauge: {ignore: PG101, reason: long on purpose}\n---\n" + RULES, "a.prompt.txt"),
        (
            "# promptgauge: ignore[PG101] long on purpose\nmessages:\n- role: user\n  content: Answer in German.\n",
            "a.yml",
        ),
        ("messages:\n- role: user\n  # promptgauge: ignore[PG101] long on purpose\n  content: Answer it.\n", "a.yml"),
        (
            "messages:\n- role: user\n  content: |  # promptgauge: ignore[PG101] long on purpose\n    Answer it all.\n",
            "a.yml",
        ),
        ("messages:\n- role: user\n  content: Answer it all. # promptgauge: ignore[PG101] long on purpose\n", "a.yml"),
        ("messages:\n- {role: user, # promptgauge: ignore[PG101] long on purpose\n   content: Answer it.}\n", "a.yml"),
    ],
)
def test_an_ignore_holds_back_the_finding_and_keeps_it_with_its_reason(content: str, path: str) -> None:
    result = run(content, path)
    assert [("PG101", "long on purpose")] == held(result)
    assert "PG101" not in codes(result)


@pytest.mark.parametrize(
    ("content", "path"),
    [
        ("<!-- promptgauge: ignore[PG101] x -->\n" + RULES, "a.prompt.txt"),
        ("# promptgauge: ignore[PG101] x\n" + RULES, "a.prompt.md"),
        ("{# promptgauge: ignore[PG101] x #}\n" + RULES, "a.prompt.txt"),
        ('{"messages": [{"role": "user", "content": "# promptgauge: ignore[PG101] x\\nAnswer it."}]}', "a.json"),
        ("messages:\n- role: user\n  content: |\n    # promptgauge: ignore[PG101] x\n    Answer it.\n", "a.yml"),
        ('messages:\n- role: user\n  content: "Answer. \\n # promptgauge: ignore[PG101] x"\n', "a.yml"),
        ("{% raw %}{# promptgauge: ignore[PG101] x #}{% endraw %}\n" + RULES, "a.j2"),
    ],
)
def test_an_ignore_that_reaches_the_model_holds_nothing_back_and_is_reported(content: str, path: str) -> None:
    result = run(content, path, Settings(thresholds=LOW, purpose="call"))
    assert [] == held(result)
    assert "PG101" in codes(result)
    messages = [finding.message for finding in result.findings if finding.code == "PG901"]
    assert len(messages) == (0 if "raw" in content else 1)
    assert all("sent to the model" in message for message in messages)


@pytest.mark.parametrize(
    "content",
    [
        "Explain what `promptgauge: ignore[PG202]` does.\n",
        "Write a comment such as promptgauge: ignore[PG202] above it.\n",
        "```\n{# promptgauge: ignore[PG202] reason #}\n```\n",
        "promptgauge: ignore rude users.\n",
    ],
)
def test_text_that_only_speaks_of_ignores_is_no_ignore(content: str) -> None:
    assert [] == codes(run(content, "a.prompt.txt", Settings()))


@pytest.mark.parametrize(
    ("content", "underlined", "said"),
    [
        ("{# promptgauge: ignore[PG202] x #}\n" + RULES, "PG202", "PG202 is not reported here"),
        (RULES + "{# promptgauge: ignore[PG101] x #}\n", "PG101", "PG101 is reported on line 1, not here"),
        ("{# promptgauge: ignore[PG999] x #}\n" + RULES, "PG999", "no rule is called `PG999`; `promptgauge rules`"),
        ("{# promptgauge: ignore[exemple-bank] x #}\n", "exemple-bank", "did you mean `example-bank`?"),
        ("{# promptgauge: ignroe[PG101] x #}\n" + RULES, "promptgauge: ignroe[PG101] x", "did you mean `ignore`?"),
        ("{# promptgauge: ignore all of it #}\n" + RULES, "promptgauge: ignore all of it", "names the rules"),
    ],
)
def test_an_ignore_that_holds_nothing_back_is_reported_with_the_reason(
    content: str, underlined: str, said: str
) -> None:
    result = run(content)
    (unused,) = [finding for finding in result.findings if finding.code == "PG901"]
    assert underlined == content[slice(*unused.span)]
    assert said in unused.message
    assert "information" == unused.level


def test_an_ignore_of_a_rule_that_does_not_run_is_not_called_unused() -> None:
    content = "{# promptgauge: ignore[PG202] x #}\n" + RULES
    assert [] == codes(run(content, settings=Settings(ignore=("PG202",))))


def test_reports_of_idle_ignores_can_be_ignored_themselves() -> None:
    content = "{# promptgauge: ignore-file[PG901] kept for later #}\n{# promptgauge: ignore[PG202] x #}\n" + RULES
    result = run(content, settings=Settings())
    assert [] == codes(result)
    assert [("PG901", "kept for later")] == held(result)


def test_an_ignore_above_one_prompt_leaves_the_others_alone() -> None:
    prompt = "messages:\n- role: user\n  content: Answer it.\n"
    result = run(f"# promptgauge: ignore[PG101] x\n{prompt}---\n{prompt}", "a.yml")
    assert [0] == [one.finding.prompt for one in result.suppressed]
    assert [1] == [finding.prompt for finding in result.findings if finding.code == "PG101"]


def test_an_ignore_above_a_message_holds_for_all_of_it_and_no_other() -> None:
    text = 'Be kind.\n\nAnswer in JSON:\n\n```json\n{\n  "title": "short"\n  "rating": 4\n}\n```\n'
    message = "  content: |\n" + indent(text, "    ")
    content = f"messages:\n# promptgauge: ignore[PG403] x\n- role: system\n{message}- role: user\n{message}"
    result = run(content, "a.yml", Settings())
    assert 1 == len(result.suppressed)
    assert 1 == codes(result).count("PG403")


def test_nothing_is_held_back_or_called_idle_where_ignores_are_off() -> None:
    content = "{# promptgauge: ignore[PG101, PG202] x #}\n" + RULES
    assert ["PG101"] == codes(run(content, settings=Settings(thresholds=LOW, no_ignores=True)))


def test_the_underlined_line_is_never_the_ignore_itself() -> None:
    content = "{# promptgauge: ignore[PG102] x #}\n" + RULES
    (finding,) = [finding for finding in run(content).findings if finding.code == "PG101"]
    assert "You are a helper. Answer politely." == content[slice(*finding.span)]


def test_an_ignore_of_the_configuration_holds_by_fingerprint_wherever_the_text_moved() -> None:
    (finding,) = run(RULES).findings
    plain = run(RULES)
    print_ = fingerprint(finding, plain.document, plain.text)
    settings = Settings(thresholds=LOW, ignores=(Ignored("PG101", print_, "why not", "promptgauge.toml:3"),))
    for content in (RULES, "\n\n" + RULES, "   " + RULES.replace("\n", "\r\n")):
        result = run(content, settings=settings)
        assert [] == codes(result)
        assert [("PG101", "why not")] == held(result)
        assert ["promptgauge.toml:3"] == [one.by for one in result.suppressed]


def test_an_ignore_of_the_configuration_ends_when_the_text_changes() -> None:
    ignore = Ignored("PG101", "0" * 16, "why not", "promptgauge.toml:3")
    result = run(RULES, settings=Settings(thresholds=LOW, ignores=(ignore,)))
    assert ["PG101", "PG901"] == sorted(codes(result))
    assert "PG101 at promptgauge.toml:3" in next(f.message for f in result.findings if f.code == "PG901")


def test_fingerprints_tell_codes_prompts_and_texts_apart_and_hold_no_text() -> None:
    prompt = "- messages:\n  - role: user\n    content: Answer {}.\n"
    result = run(prompt.format("it") + prompt.format("them"), "a.yml")
    found = [fingerprint(finding, result.document, result.text) for finding in result.findings]
    assert 2 == len(set(found))
    assert all(len(one) == 16 and set(one) <= set("0123456789abcdef") for one in found)


def test_many_ignores_in_a_long_file_take_no_time_to_speak_of() -> None:
    content = "# promptgauge: ignore[PG101] x\n" * 3000 + "messages:\n- role: user\n  content: Answer it all.\n"
    assert ["PG101"] == [one.finding.code for one in run(content, "a.yml").suppressed]


def test_yaml_that_breaks_off_still_has_the_comments_before() -> None:
    content = "# promptgauge: ignore-file[PG606] generated\nmessages:\n- role: user\n  content: a: b: c\n"
    assert [("PG606", "generated")] == held(run(content, "a.yml"))
