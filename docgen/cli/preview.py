"""`docgen preview`."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

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


@click.command(cls=Command)
@folder_options
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="N", help="Port på maskinen; 0 er en ledig.")
@click.option("--no-browser", is_flag=True, help="Åbn ikke browseren, men skriv adressen.")
@click.option(
    "--idle-hours",
    type=click.FloatRange(0.001, 240),
    default=12.0,
    metavar="TIMER",
    help="Stop, når ingen har set på så længe [12].",
)
def preview(content: Path, templates: Path, port: int, no_browser: bool, idle_hours: float) -> None:
    """Viser dokumenterne i browseren, mens de bliver skrevet: hver gang noget bliver gemt, følger siden med."""
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
    serve(content, templates, port, opens=opens, idle_hours=idle_hours, started=started)
