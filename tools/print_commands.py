"""Print the reference page of the command line: every command, what it takes, what it may be told."""

from __future__ import annotations

import os

import click


def commands(group: click.Group, before: str) -> list[tuple[str, click.Command]]:
    """Every command below this one, by its whole name."""
    found: list[tuple[str, click.Command]] = []
    for name, command in sorted(group.commands.items()):
        path = f"{before} {name}"
        found += commands(command, path) if isinstance(command, click.Group) else [(path, command)]
    return found


def usage(path: str, command: click.Command) -> str:
    """How is it typed?"""
    words = [path]
    for parameter in command.params:
        if isinstance(parameter, click.Argument):
            name = parameter.human_readable_name.upper()
            words.append(f"{name}…" if parameter.nargs == -1 else name)
    return " ".join(words)


def option(parameter: click.Option) -> str:
    """One line of the table of options."""
    name = ", ".join(f"`{one}`" for one in parameter.opts)
    takes = ""
    if not parameter.is_flag:
        takes = " or ".join(f"`{one}`" for one in getattr(parameter.type, "choices", ())) or parameter.type.name
    said = parameter.help or ""
    if parameter.show_default and parameter.default is not None and not parameter.is_flag:
        said = f"{said} Default: {parameter.default}.".strip()
    if parameter.required:
        said = f"{said} Must be given.".strip()
    return f"| {name} | {takes} | {said} |"


def main() -> None:
    """Print the page."""
    os.environ.setdefault("DUECARE_HOME", os.devnull)
    from duecare.cli import main as program
    from duecare.vocabulary.refusals.exit_codes import EXIT_CODES

    print("# The command line\n")
    print("Printed from the code: `make docs`. With `--json` a command prints one JSON document on standard output and")
    print("nothing else there; progress and messages go to standard error. Commands act as the account that")
    print(
        "`DUECARE_USER` names, or else the operating-system user. What they read and do is recorded in the ledger, with"
    )
    print("`--purpose`.\n")
    codes = ", ".join(f"{code} ({family})" for family, code in EXIT_CODES.items())
    print("Exit codes: 0 done; 1 an unexpected error; 2 wrong usage; then by the family of the")
    print(f"[refusal](refusals.md): {codes}.")
    for path, command in commands(program, "duecare"):
        print(f"\n## {path}\n")
        print(f"{(command.help or '').splitlines()[0]}\n")
        print(f"    {usage(path, command)}\n")
        options = [one for one in command.params if isinstance(one, click.Option)]
        if options:
            print("| option | takes | what it is |")
            print("| --- | --- | --- |")
            for one in options:
                print(option(one))


if __name__ == "__main__":
    main()
