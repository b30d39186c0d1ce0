"""In which language the commands speak: `--lang`, else DECIDE_LANG, else the workspace's own."""

from collections.abc import Callable
from contextvars import ContextVar
from typing import TypeVar

import click

from decide.language import ENGLISH, languages, say, say_many

LANGUAGE: ContextVar[str] = ContextVar("LANGUAGE", default="")

Decorated = TypeVar("Decorated", bound=Callable[..., object])


def language_option(command: Decorated, *, envvar: str | None = None) -> Decorated:
    """Add `--lang` to a command."""
    option = click.option(
        "--lang",
        metavar="LANG",
        envvar=envvar,
        callback=_choose,
        expose_value=False,
        is_eager=True,
        help=f"Speak this language: {', '.join(languages())}.",
    )
    return option(command)


def chosen() -> str:
    """Return the language to speak."""
    return LANGUAGE.get() or ENGLISH


def ending() -> str:
    """Return what a file's name ends with where it is not in English."""
    return "" if chosen() == ENGLISH else f"-{chosen()}"


def tell(template: str, /, **pieces: object) -> str:
    """Say a sentence in the chosen language."""
    return say(chosen(), template, **pieces)


def tell_many(number: int, one: str, many: str, /, **pieces: object) -> str:
    """Say a sentence about so many things in the chosen language."""
    return say_many(chosen(), number, one, many, **pieces)


def _choose(ctx: click.Context, param: click.Parameter, language: str | None) -> None:  # noqa: ARG001  # click's signature
    if language is None:
        return
    if language not in languages():
        known = ", ".join(languages())
        raise click.BadParameter(
            tell(
                "{language!r} is not spoken here; there are {known}", language=language, known=known
            )
        )
    LANGUAGE.set(language)
