"""The names that a Jinja template reads from outside, told by Jinja's parser; nothing is evaluated."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.lexer import TokenStream


def names_from_outside(source: str, blocks: frozenset[str] = frozenset()) -> frozenset[str]:
    """The names that `source` does not set itself; unknown filters, tests and globals are fine.

    `blocks` are tags of extensions, each read as a block up to its end tag. Raises Jinja's `TemplateSyntaxError`,
    whose `lineno` is the number (from 0) of the token that does not fit, and `RecursionError`.
    """
    from jinja2 import meta

    environment = _reading(blocks)
    tree = environment.parse(source)
    generator = meta.TrackingCodeGenerator(environment)
    # Jinja works out constants at once, however long `{{ 9**9**9 }}` takes. Without the optimizer, and with values
    # that seem to need the run's context to be printed, it does not.
    generator.optimizer = None
    generator.visit(tree)
    return frozenset(generator.undeclared_identifiers)


@cache
def environment() -> Environment:
    """Jinja with the extensions that come with it."""
    from jinja2 import Environment

    return Environment(
        keep_trailing_newline=True, extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols", "jinja2.ext.i18n"]
    )


@lru_cache(maxsize=8)
def _reading(blocks: frozenset[str]) -> Environment:
    from jinja2 import pass_context

    @pass_context
    def printed(_: Any, value: Any) -> Any:
        return value

    extensions = [_token_numbers(), _block_extension(blocks - {"trans"})]
    reading = environment().overlay(extensions=extensions, finalize=printed)
    reading.filters = _AnyName(reading.filters)
    reading.tests = _AnyName(reading.tests)
    return reading


class _AnyName(dict[str, Any]):
    """A table in which every filter or test exists: which ones a project has cannot be told from a template."""

    def __contains__(self, name: object) -> bool:
        return True

    def get(self, name: str, default: Any = None) -> Any:
        return super().get(name, _any_filter)

    def __missing__(self, name: str) -> Any:
        return _any_filter


def _any_filter(value: Any, *_: Any, **__: Any) -> Any:
    return value


@cache
def _token_numbers() -> Any:
    """A Jinja extension that puts the token's number where Jinja keeps its line: errors then tell the very token."""
    from jinja2 import TemplateSyntaxError
    from jinja2.ext import Extension
    from jinja2.lexer import Token

    def filter_stream(self: Any, stream: TokenStream) -> Iterator[Token]:
        number = 0
        try:
            for number, token in enumerate(stream):
                yield Token(number, token.type, token.value)
        except TemplateSyntaxError as error:
            raise TemplateSyntaxError(error.message or "it does not parse", number + 1) from error
        except ValueError as error:  # a number with more digits than Python turns into an integer
            raise TemplateSyntaxError("a number has too many digits", number + 1) from error

    return type("TokenNumbers", (Extension,), {"filter_stream": filter_stream, "identifier": "token-numbers"})


def _block_extension(names: frozenset[str]) -> Any:
    """A Jinja extension that reads each of `names` as a block up to its end tag."""
    from jinja2 import nodes
    from jinja2.ext import Extension

    def parse(self: Any, parser: Any) -> Any:
        token = next(parser.stream)
        while parser.stream.current.type != "block_end":
            next(parser.stream)
        body = parser.parse_statements((f"name:end{token.value}",), drop_needle=True)
        return nodes.Scope(body, lineno=token.lineno)

    return type("Blocks", (Extension,), {"tags": set(names), "parse": parse, "identifier": "blocks"})
