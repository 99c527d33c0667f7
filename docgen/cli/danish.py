"""click in Danish: usage, headings of the help, and what a wrong call is told; click's own words follow the host."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import click

USAGE_ERROR = 2


class _Danish(click.Command):
    """Help with Danish headings."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes `Brug: …`."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Brug: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the options under `Valg`."""
        options = [parameter for parameter in self.get_params(ctx) if isinstance(parameter, click.Option)]
        records = [record for option in options if (record := option.get_help_record(ctx))]
        if records:
            with formatter.section("Valg"):
                formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option `--help`, explained in Danish."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Vis denne hjælp og stop."
        return option


class Command(_Danish):
    """A command in Danish."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[VALG]")
        super().__init__(*args, **kwargs)


class Group(_Danish, click.Group):
    """A group of commands in Danish; a wrong call is told in one or two lines, with exit code 2."""

    command_class = Command

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[VALG]")
        kwargs.setdefault("subcommand_metavar", "KOMMANDO …")
        super().__init__(*args, **kwargs)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the options, then the commands under `Kommandoer`."""
        _Danish.format_options(self, ctx, formatter)
        commands = [(name, command) for name in self.list_commands(ctx) if (command := self.get_command(ctx, name))]
        with formatter.section("Kommandoer"):
            formatter.write_dl([(name, command.get_short_help_str(90)) for name, command in commands])

    def main(self, args: Sequence[str] | None = None, *rest: Any, **options: Any) -> Any:
        """Runs the command line; returns or exits as `click.Group.main` does."""
        standalone = options.pop("standalone_mode", True)
        options["standalone_mode"] = False
        try:
            result = super().main(args, *rest, **options)
        except click.UsageError as error:
            if not standalone:
                raise
            if error.ctx is not None and isinstance(error, click.exceptions.NoArgsIsHelpError):
                click.echo(error.ctx.get_help(), err=True)
                sys.exit(USAGE_ERROR)
            click.echo(f"Fejl: {explain(error)}", err=True)
            click.echo(f"Se: {error.ctx.command_path if error.ctx else 'docgen'} --help", err=True)
            sys.exit(USAGE_ERROR)
        except click.ClickException as error:
            if not standalone:
                raise
            click.echo(f"Fejl: {error.format_message()}", err=True)
            sys.exit(error.exit_code)
        except BrokenPipeError:
            # Whoever read the output has gone (as `head` does); there is nobody to tell.
            sys.stdout = None  # or Python would try to flush it at exit
            sys.exit(1)
        except click.Abort:
            if not standalone:
                raise
            click.echo("Afbrudt.", err=True)
            sys.exit(1)
        if standalone:
            sys.exit(result if isinstance(result, int) else 0)
        return result


def explain(error: click.UsageError) -> str:
    """What is wrong with a call, in Danish, with the word that was probably meant."""
    if isinstance(error, click.NoSuchOption):
        options = [name for parameter in (error.ctx.command.params if error.ctx else []) for name in parameter.opts]
        return f"valget '{error.option_name}' kendes ikke{_guess(error.option_name, options)}"
    if isinstance(error, click.BadOptionUsage):
        return f"valget '{error.option_name}' mangler en værdi"
    if isinstance(error, click.MissingParameter):
        return f"'{error.param.human_readable_name if error.param else '?'}' mangler"
    if isinstance(error, click.BadParameter) and error.param is not None:
        if isinstance(error.param.type, click.Choice):
            choices = list(map(str, error.param.type.choices))
            return f"'{error.param.opts[0]}' kan være {', '.join(choices[:-1])} eller {choices[-1]}"
        return f"'{error.param.opts[0]}'{_wrong_value(error.param.type) or f': {error.message}'}"
    if isinstance(error, click.BadParameter):
        return error.message
    group = error.ctx.command if error.ctx else None
    if isinstance(group, click.Group) and error.message.startswith("No such command"):
        name = error.message.split("'")[1]
        return f"kommandoen '{name}' kendes ikke{_guess(name, sorted(group.commands))}"
    if error.message.startswith("Got unexpected extra argument"):
        return f"for mange ord: {error.message.split('(')[-1].rstrip(').')}"
    return error.message


def _wrong_value(kind: click.ParamType[Any]) -> str:
    """What an option may be, as the end of a sentence; empty where docgen itself says what is wrong."""
    if isinstance(kind, click.IntRange):
        return f" skal være et helt tal fra {kind.min} til {kind.max}"
    if isinstance(kind, click.types.IntParamType):
        return " skal være et helt tal"
    return " skal være en dato; skriv fx 2026-12-01" if isinstance(kind, click.DateTime) else ""


def _guess(word: str, known: list[str]) -> str:
    import difflib  # not loaded for what is right

    found = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return f"; mente du '{found[0]}'?" if found else f"; vælg {', '.join(known)}"
