"""Print the data dictionary: every file a delivery may hold, its columns and how each is read, source by source."""

from collections.abc import Iterator
from pathlib import Path

from duecare.extract.mapping import columns_of, load_mapping
from duecare.extract.row_rules import TESTS
from duecare.record.contract import POLE_SHEETS, Reads
from duecare.record.layouts import LAYOUTS
from duecare.vocabulary.kinds import CASE_KINDS, EVENT_KINDS_BY_GROUP, ROLES

SOURCES = Path(__file__).parents[1] / "sources"

HOW = {
    Reads.TEXT: "text",
    Reads.LIST: "a list, separated by `;`",
    Reads.TIME: "an ISO 8601 time, or a day; London time without an offset",
    Reads.DAY: "a day, YYYY-MM-DD",
    Reads.PARTIAL_DATE: "YYYY-MM-DD, YYYY-MM or YYYY",
    Reads.YES: "true or false",
    Reads.JSON: "one JSON object",
    Reads.EVENT_KIND: "a kind of event, below",
    Reads.CASE_KIND: "a kind of case, below",
    Reads.ROLE: "a role, below",
    Reads.SEX: "M, F or X",
}

INTRODUCTION = """# Data dictionary

What a delivery may hold. A file is CSV, Parquet or XLSX under the name given here, or XML where that is said. A star
marks what must be filled in. This page is printed from the contract and the mappings: `make docs`. How to send one, and
what becomes of rows that cannot be read, is in [Take in a new source](../how-to/take-in-a-new-source.md).

Rows are numbered as a spreadsheet shows them: the header is row 1, the first row of data row 2. A cell that begins with
an apostrophe and then `=`, `+`, `-`, `@`, a tab or a carriage return is read without the apostrophe, as a spreadsheet
would show it.

In `persons`, a birth date, due date, address date or sex that cannot be read is kept as unknown, with the reason as a
defect; anything else that cannot be read sets its row aside.

## The neutral layout, `pole`
"""


def main() -> None:
    """Print the page."""
    print(INTRODUCTION)
    for sheet in POLE_SHEETS.values():
        print(f"### `{sheet.name}`\n")
        print(f"Key: {', '.join(f'`{name}`' for name in sheet.key)}.\n")
        print("| column | how it is read |")
        print("| --- | --- |")
        for column in sheet.columns:
            print(f"| `{column.name}`{'*' if column.required else ''} | {HOW[column.reads]} |")
        print()
    print("## Closed lists\n")
    print(f"Roles: {', '.join(f'`{role}`' for role in sorted(ROLES))}.\n")
    print(f"Kinds of case: {', '.join(f'`{kind}`' for kind in sorted(CASE_KINDS))}.\n")
    print("| group | kinds of event |")
    print("| --- | --- |")
    for group, kinds in EVENT_KINDS_BY_GROUP.items():
        print(f"| {group} | {', '.join(f'`{kind}`' for kind in kinds)} |")
    for source in LAYOUTS:
        _print_source(source)


def _print_source(source: str) -> None:
    mapping = load_mapping(source, [SOURCES])
    print(f"\n## `{source}`: {mapping.title}")
    if mapping.xml is not None:
        _print_xml(mapping)
    for file in mapping.files.values():
        print(f"\n### `{source}/{file.stem}`\n")
        if file.neutral:
            print(f"As `{file.neutral}` of the neutral layout.")
            continue
        if mapping.xml is not None:
            print(f"Element: `{_path(mapping.xml.root, file.stem)}`.\n")
        print("| column | what it becomes |")
        print("| --- | --- |")
        for column in file.columns:
            star = "*" if column in file.filled else ""
            print(f"| `{column}`{star} | {', '.join(_uses(file, column)) or 'not read'} |")
        for rule in file.rules:
            print(f"{'' if rule is not file.rules[0] else chr(10)}* {_rule(rule)}")
    for name, table in mapping.tables.items():
        print(
            f"\nCodes `{name}`: "
            + ", ".join(f"`{code}` → {f'`{word}`' if word else 'blank'}" for code, word in table.items())
            + "."
        )


def _print_xml(mapping: object) -> None:
    xml = mapping.xml
    print(
        f"\nXML files of any name, {xml.is_called} collections of {', '.join(map(str, xml.known))} by the year of"
        f" `{xml.day}`; another is refused. Each element named below makes a row, numbered by its line; a row takes the"
        " values around it too. Rows set aside come out as one CSV file in which the column `group` names the element's"
        " group, and go in again as that file."
    )
    only = [f"`{node.name}` {_years(node)}" for node in _nodes(xml.root) if node.first or node.last < 9999]
    print(f"\nOnly in some collections: {'; '.join(only)}.")
    passed = [f"`{node.name}`" for node in _nodes(xml.root) if node.passed_over]
    print(f"\nKnown and not read: {', '.join(passed)}. Any other element refuses the file.")


def _nodes(node: object) -> Iterator[object]:
    yield node
    for below in node.below.values():
        yield from _nodes(below)


def _path(node: object, group: str, above: str = "") -> str:
    """Where the element of this group stands."""
    here = f"{above}/{node.name}" if above else node.name
    if node.group == group:
        return here
    return next(filter(None, (_path(below, group, here) for below in node.below.values())), "")


def _years(node: object) -> str:
    first = f"from {node.first}" if node.first else ""
    last = f"up to {node.last}" if node.last < 9999 else ""
    return " ".join(filter(None, (first, last)))


def _rule(rule: dict) -> str:
    """One rule in words, as a defect's reason puts it."""
    words = {"not_before": "before", "not_after": "after", "within_year_to": "not within the year to"}
    test = next(name for name in TESTS if name in rule)
    other = rule[test]
    said = {
        "one_of": lambda: "none of " + ", ".join(f"`{code}`" for code in other),
        "is": lambda: {"upn": "no unique pupil number", "day": "no day YYYY-MM-DD"}[other],
        "filled": lambda: "empty",
        "or_else": lambda: f"empty, and so is `{other}`",
        "not_with": lambda: f"filled in, and so is `{other}`",
    }.get(test, lambda: f"{words[test]} `{other}`")()
    when = " and ".join(
        [f"`{rule['where']}` is filled in" for _ in [0] if "where" in rule]
        + [f"`{rule['where_empty']}` is empty" for _ in [0] if "where_empty" in rule]
    )
    outcome = "sets the row aside" if rule.get("sets_aside") else "is noted"
    return f"`{rule['column']}` {said}{f' while {when}' if when else ''}: {outcome} ({rule['rule']})."


def _uses(file: object, column: str) -> list[str]:
    if column == file.version:
        return ["the version's time"]
    if column == file.withdrawn:
        return ["withdraws the row"]
    found: dict[str, None] = {}
    for sheet, part in file.parts:
        kind = part["kind"]["value"] if isinstance(part.get("kind"), dict) and "value" in part["kind"] else ""
        for target, said in part.items():
            if target == "detail":
                for name, one in said.items():
                    if column in columns_of({name: one} if isinstance(one, str) else one):
                        found[f"`{kind}.detail.{name}`" if kind else "`detail`"] = None
            elif column in columns_of({target: said}):
                what = {"at": "time", "id": "event_id"}.get(target, target)
                found[f"`{kind or sheet}` {what}" if sheet == "events" else f"`{sheet}.{what}`"] = None
    shared = [use for use in found if use.split(" ")[-1] in {"event_id", "case_ref", "area", "ties", "team"}]
    if len(shared) > 2:
        words = sorted({use.split(" ")[-1] for use in shared})
        return [*(use for use in found if use not in shared), f"every event's {', '.join(words)}"]
    return list(found)


if __name__ == "__main__":
    main()
