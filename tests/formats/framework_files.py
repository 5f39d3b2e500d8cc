"""Files of the frameworks' formats for the property tests, as hypothesis strategies of (path, content)."""

from __future__ import annotations

import json

from hypothesis import strategies as st

from tests.formats.files import _eol, _scalar  # the same scalars of all styles

_word = st.sampled_from(["Be kind.", "Zoë 😀", "a: b", "it's", 'say "x"', ""])
_chars = st.text(alphabet='ab \n\t"\\/é😀\u2028', max_size=10)


@st.composite
def nemo_files(draw: st.DrawFn) -> tuple[str, str]:
    """Guardrails prompts by content and by messages."""
    lines = ["# rails", "prompts:"]
    for number in range(draw(st.integers(1, 3))):
        lines.append(f"  - task: t{number}")
        if draw(st.booleans()):
            lines.append(f"    content: {draw(_scalar(6))}")
        else:
            lines += ["    messages:", "      - type: system", f"        content: {draw(_scalar(10))}"]
            lines += draw(st.sampled_from([[], ['      - "{{ history }}"']]))
    return "prompts.yml", "\n".join(lines).replace("\n", draw(_eol))


@st.composite
def crewai_files(draw: st.DrawFn) -> tuple[str, str]:
    """Agents and tasks."""
    lines = []
    for number in range(draw(st.integers(1, 2))):
        lines += [f"agent{number}:"] + [f"  {key}: {draw(_scalar(4))}" for key in ("role", "goal", "backstory")]
    lines += ["task:", f"  description: {draw(_scalar(4))}", f"  expected_output: {draw(_scalar(4))}", "last: 1"]
    return "agents.yaml", "\n".join(lines).replace("\n", draw(_eol))


@st.composite
def semantic_kernel_files(draw: st.DrawFn) -> tuple[str, str]:
    """A YAML prompt, its template one message or cut by chat tags."""
    template = draw(st.one_of(_scalar(2), _scalar(2).map(_in_chat_tags)))
    lines = ["name: story", f"template: {template}", "template_format: semantic-kernel", "input_variables:"]
    return "story.yaml", "\n".join([*lines, "  - name: topic"]).replace("\n", draw(_eol))


def _in_chat_tags(scalar: str) -> str:
    if scalar[:1] not in ("|", ">"):
        return json.dumps('<message role="system">Be kind.\n</message>\n<message role="user">{{$topic}}</message>')
    header = scalar.partition("\n")[0].replace("2", "")
    lines = ['<message role="system">Be kind.', "It's late. 😀", "</message>", '<message role="user">Hi</message>']
    return "\n  ".join([header, *lines])


@st.composite
def skprompt_files(draw: st.DrawFn) -> tuple[str, str]:
    """A template by itself."""
    words = draw(st.lists(st.one_of(_word, st.sampled_from(["{{$x}}", "{{f.g $x}}"])), max_size=4))
    if draw(st.booleans()):
        pairs = zip(["system", "user"], words, strict=False)
        words = [f'<message role="{role}">{word}</message>' for role, word in pairs]
    return "a/skprompt.txt", draw(_eol).join(words)


@st.composite
def langchain_files(draw: st.DrawFn) -> tuple[str, str]:
    """A saved prompt in YAML, or a serialized conversation in JSON."""
    if draw(st.booleans()):
        lines = ["_type: few_shot", f"prefix: {draw(_scalar(2))}", "examples:"]
        for _ in range(draw(st.integers(0, 2))):
            lines += [f"  - input: {draw(_scalar(6))}", f"    output: {draw(_scalar(6))}"]
        lines[2:] = ["examples: []"] if len(lines) == 3 else lines[2:]
        return "p.yaml", "\n".join([*lines, f"suffix: {draw(_scalar(2))}", "x: 1"]).replace("\n", draw(_eol))
    messages = [
        {"lc": 1, "id": ["langchain", "prompts", "chat", f"{name}MessagePromptTemplate"],
         "kwargs": {"prompt": {"lc": 1, "id": ["x", "PromptTemplate"], "kwargs": {"template": draw(_chars)}}}}
        for name in draw(st.lists(st.sampled_from(["System", "Human", "AI"]), min_size=1, max_size=3))
    ]  # fmt: skip
    value = {"lc": 1, "id": ["langchain", "prompts", "chat", "ChatPromptTemplate"], "kwargs": {"messages": messages}}
    content = json.dumps(value, ensure_ascii=draw(st.booleans()), indent=draw(st.sampled_from([None, 2])))
    return "p.json", content.replace("\n", draw(_eol))


@st.composite
def evals_files(draw: st.DrawFn) -> tuple[str, str]:
    """Model-graded evaluations."""
    lines = []
    for number in range(draw(st.integers(1, 3))):
        lines += [f"grade{number}:", f"  prompt: {draw(_scalar(4))}", "  choice_strings: ABC"]
    return "grade.yaml", "\n".join(lines).replace("\n", draw(_eol))


@st.composite
def taskweaver_files(draw: st.DrawFn) -> tuple[str, str]:
    """An example conversation."""
    lines = ["rounds:", "  - post_list:"]
    for sender in draw(st.lists(st.sampled_from(["User", "Planner", "CodeInterpreter"]), min_size=1, max_size=3)):
        lines += [f"      - message: {draw(_scalar(10))}", f"        send_from: {sender}", "        attachment_list:"]
        if draw(st.booleans()):
            lines += ["          - type: plan", f"            content: {draw(_scalar(14))}"]
    return "example.yaml", "\n".join(lines).replace("\n", draw(_eol))


@st.composite
def poml_files(draw: st.DrawFn) -> tuple[str, str]:
    """Elements with and without speakers, comments, loops and what makes no text."""
    parts = st.sampled_from(
        ["<task>Be kind.</task>", "<p>Zoë 😀 {{ x }}</p>", "<!-- note -->", "<let name='n' value='1'/>", "words & more",
         "<human-msg>Hi</human-msg>", "<p speaker='ai'>\n  Yes\n</p>",
         "<list><item for='i in xs'>{{ i }}</item></list>", "<stylesheet>{}</stylesheet>", "<img src='a.png'/>", ""]
    )  # fmt: skip
    eol = draw(_eol)
    body = draw(st.lists(parts, max_size=6))
    root = draw(st.booleans())
    return "a.poml", eol.join(["<poml>", *body, "</poml>"] if root else body).replace("\n", eol)


hosted_framework_file = st.one_of(
    nemo_files(), crewai_files(), langchain_files(), evals_files(), taskweaver_files(), semantic_kernel_files()
)
verbatim_framework_file = st.one_of(skprompt_files(), poml_files())
framework_file = st.one_of(hosted_framework_file, verbatim_framework_file)
