"""The command `decide` itself: its options, and a table of commands that are loaded when called."""

from functools import partial
from importlib import import_module
from pathlib import Path

import click

from decide.cli.language import language_option, tell
from decide.version import VERSION

COMMANDS = {
    "report": "Evaluate the model and write the report.",
    "check": "List everything that is wrong with the files.",
    "show": "Print results as tables.",
    "explain": "Say where a number comes from and what it drives.",
    "decided": "Record what the meeting decided, or show the record.",
    "export": "Write every result to a file that other programs read.",
    "init": "Start a workspace in an empty folder.",
    "schema": "Print the JSON Schema of the files, for editors.",
}


class LazyGroup(click.Group):
    """Knows its commands by name and one line each; imports the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """Name the commands, the most used first."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Load one command."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"decide.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is meant, and name the nearest where there is none."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            near = import_module("difflib").get_close_matches(args[0], COMMANDS, n=1)
            if near:
                ctx.fail(
                    tell("no command {name!r}; did you mean {near!r}?", name=args[0], near=near[0])
                )
            known = ", ".join(COMMANDS)
            ctx.fail(tell("no command {name!r}; there are {known}", name=args[0], known=known))
        return super().resolve_command(ctx, args)


@click.command(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 good, 1 failed, 2 wrong use or wrong files, 3 warnings under --strict.",
)
@click.version_option(VERSION, "--version", message="decide %(version)s")
@click.option(
    "-C",
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    metavar="FOLDER",
    help="Work in this folder instead of the one you stand in.",
)
@partial(language_option, envvar="DECIDE_LANG")
@click.option("--debug", is_flag=True, help="Where decide itself fails, show the traceback.")
@click.pass_context
def decide(ctx: click.Context, folder: Path, *, debug: bool) -> None:  # noqa: ARG001  # read in entry
    """Turn the files in criteria/ and targets/ into an answer, and show how sure it is."""
    ctx.obj = folder
