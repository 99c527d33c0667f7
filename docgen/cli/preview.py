"""`docgen preview` and `docgen studio`."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from docgen.cli.danish import Command
from docgen.cli.options import folder_options
from docgen.problems import Origin, OutputError, Problem

STUDIO_PACKAGES = ("starlette", "uvicorn", "watchfiles")


def require_studio() -> None:
    """Raises OutputError where what the studio is made with is not installed."""
    missing = [name for name in STUDIO_PACKAGES if find_spec(name) is None]
    if missing:
        message = f"{', '.join(missing)} mangler, som kommandoen bruger"
        raise OutputError([Problem(Origin("docgen"), message, 'installér det med: pip install "docgen[studio]"')])


def _serving_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of what shows documents in the browser."""
    hours = click.option("--idle-hours", type=_HOURS, default=12.0, metavar="TIMER", help=_HOURS_HELP)
    silent = click.option("--no-browser", is_flag=True, help="Åbn ikke browseren, men skriv adressen.")
    port = click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="N", help=_PORT_HELP)
    return folder_options(port(silent(hours(command))))


_PORT_HELP = "Port på maskinen; 0 er en ledig."
_HOURS = click.FloatRange(0.001, 240)
_HOURS_HELP = "Stop, når ingen har set på så længe [12]."


@click.command(cls=Command)
@_serving_options
def preview(content: Path, templates: Path, port: int, no_browser: bool, idle_hours: float) -> None:
    """Viser dokumenterne i browseren, mens de bliver skrevet: hver gang noget bliver gemt, følger siden med."""
    _serve(content, templates, port, no_browser, idle_hours, writes=False)


@click.command(cls=Command)
@_serving_options
@click.option("--read-only", is_flag=True, help="Vis kun, som docgen preview.")
def studio(content: Path, templates: Path, port: int, no_browser: bool, idle_hours: float, read_only: bool) -> None:
    """Viser dokumenterne i browseren, så de kan skrives dér: klik på et ord, ret det, og gem med Ctrl+S."""
    _serve(content, templates, port, no_browser, idle_hours, writes=not read_only)


def _serve(content: Path, templates: Path, port: int, no_browser: bool, idle_hours: float, *, writes: bool) -> None:
    require_studio()
    import webbrowser

    from docgen.studio.serving import serve

    def started(address: str) -> None:
        if no_browser:
            click.echo(address)
        else:
            click.echo("Åbner dokumenterne i browseren.", err=True)
        click.echo("Det kører, til du trykker Ctrl+C her. Kun denne maskine kan se siden.", err=True)

    opens = None if no_browser else webbrowser.open
    serve(content, templates, port, opens=opens, idle_hours=idle_hours, writes=writes, started=started)
