"""undeclared-variable and unused-input: what a file declares against what its template reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from promptgauge.formats.model import Prompt
from promptgauge.lint.checks.model import Check, Hit
from promptgauge.lint.nearest import did_you_mean
from promptgauge.lint.subject import Subject


def _undeclared(subject: Subject, _limits: Mapping[str, float]) -> Iterator[Hit]:
    """One hit for each variable that is not among the declared inputs, where there are some to be declared."""
    prompt = subject.parts.prompt
    if prompt.inputs is None or _is_broken(subject):
        return
    declared = {variable.name for variable in prompt.inputs}
    for variable in prompt.variables:
        if variable.name not in declared:
            unused = declared - {variable.name for variable in prompt.variables}
            meant = did_you_mean(variable.name, unused)
            yield Hit(variable.span, {"name": variable.name, "meant": meant})


def _unused(subject: Subject, _limits: Mapping[str, float]) -> Iterator[Hit]:
    """One hit for each declared input that no prompt of the file reads; an include may read any."""
    prompt, prompts = subject.parts.prompt, subject.document.prompts
    if prompt.inputs is None or _is_broken(subject) or any(one.includes for one in prompts):
        return
    used = {variable.name for one in prompts for variable in one.variables}
    for variable in prompt.inputs:
        if variable.name not in used and _is_first(variable, subject, prompts):
            yield Hit(variable.span, {"name": variable.name})


def _is_broken(subject: Subject) -> bool:
    """Whether the template does not parse, so that its variables are not all known."""
    return any(problem.kind == "template-syntax" for problem in subject.document.problems)


def _is_first(variable: object, subject: Subject, prompts: tuple[Prompt, ...]) -> bool:
    """Whether no earlier prompt of the file declares the same input at the same place."""
    return not any(variable in (one.inputs or ()) for one in prompts[: subject.prompt])


UNDECLARED = Check("undeclared-variable", "prompt", ("name", "meant"), {}, _undeclared)
UNUSED = Check("unused-input", "prompt", ("name",), {}, _unused)
