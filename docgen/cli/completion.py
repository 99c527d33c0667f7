"""Completion in the shell: commands, options, and the ids of documents; `docgen completion` writes the script."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
    add_completion_class,
    split_arg_string,
)

from docgen.cli.danish import Command

_ASKED = "_DOCGEN_COMPLETE"
"""The variable by which the shell's script asks, as click names it after the command."""

_POWERSHELL = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $env:%(complete_var)s = 'powershell_complete'
    $env:COMP_WORDS = $commandAst.ToString()
    $env:COMP_CWORD = $wordToComplete
    %(prog_name)s | ForEach-Object {
        $value, $help = $_ -split "`t", 2
        [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $help)
    }
    Remove-Item Env:%(complete_var)s, Env:COMP_WORDS, Env:COMP_CWORD
}
"""


class PowerShellComplete(ShellComplete):
    """Completion in PowerShell, which click does not know: the line as it is, and the word that is begun."""

    name = "powershell"
    source_template = _POWERSHELL

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the one that is begun, and that one."""
        words = split_arg_string(os.environ.get("COMP_WORDS", ""))[1:]
        begun = os.environ.get("COMP_CWORD", "")
        return (words[:-1] if begun and words and words[-1] == begun else words), begun

    def format_completion(self, item: CompletionItem) -> str:
        """The word, and what it is; PowerShell wants something there."""
        return f"{item.value}\t{item.help or item.value}"


add_completion_class(PowerShellComplete)
SHELLS: Mapping[str, type[ShellComplete]] = {
    "bash": BashComplete,
    "zsh": ZshComplete,
    "fish": FishComplete,
    "powershell": PowerShellComplete,
}


def complete_document(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The documents of the content folder, and their kinds, that begin with a word."""
    ids = _ids(ctx)
    kinds = dict.fromkeys(id.partition("/")[0] for id in ids)
    return _beginning(incomplete, [*kinds, *ids])


def complete_meeting(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The ids of the meetings that begin with a word."""
    return _beginning(incomplete, [id.partition("/")[2] for id in _ids(ctx) if id.startswith("meeting/")])


def complete_rule(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The codes of the rules that begin with a word, each with its title."""
    from docgen.proofing.registry import RULES

    return [CompletionItem(rule.code, help=rule.title) for rule in RULES if rule.code.startswith(incomplete.upper())]


def _beginning(incomplete: str, words: Iterable[str]) -> list[CompletionItem]:
    return [CompletionItem(word) for word in words if word.startswith(incomplete)]


def _ids(ctx: click.Context) -> list[str]:
    """The ids of the documents in the content folder, told from the names of its files; none where there is no such."""
    from docgen.content.documents import Kinds
    from docgen.content.load import misplaced
    from docgen.folder import FolderFiles
    from docgen.kinds.registry import KINDS

    folder, kinds = ctx.params.get("content") or Path("content"), Kinds(KINDS.values())
    paths = [path for path in FolderFiles(Path(folder), leave_out="issued") if not any(misplaced([path], kinds))]
    return sorted({str(id) for path in paths if (id := kinds.document_of(path)) is not None})


@click.command(cls=Command)
@click.argument("shell", type=click.Choice(tuple(SHELLS)), metavar="SKAL")
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Skriver det, der får skallen til at fuldføre kommandoer og dokumenters id: bash, zsh, fish eller powershell.

    bash: docgen completion bash >> ~/.bashrc

    zsh: docgen completion zsh >> ~/.zshrc

    fish: docgen completion fish > ~/.config/fish/completions/docgen.fish

    PowerShell: docgen completion powershell >> $PROFILE
    """
    asked = SHELLS[shell](ctx.find_root().command, {}, "docgen", _ASKED)
    click.echo(ShellComplete.source(asked))  # that of bash would ask which bash is here
