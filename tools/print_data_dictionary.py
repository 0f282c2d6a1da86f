"""Print the data dictionary: every file a delivery may hold, its columns and how each is read, source by source."""

from pathlib import Path

from duecare.extract.mapping import columns_of, load_mapping
from duecare.record.contract import POLE, Reads
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

What a delivery may hold. A file is CSV, Parquet or XLSX under the name given here. A star marks what must be filled in.
This page is printed from the contract and the mappings: `make docs`. How to send one, and what becomes of rows that
cannot be read, is in [Take in a new source](../how-to/take-in-a-new-source.md).

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
    for sheet in POLE.values():
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
    for file in mapping.files.values():
        print(f"\n### `{source}/{file.stem}`\n")
        if file.neutral:
            print(f"As `{file.neutral}` of the neutral layout.")
            continue
        print("| column | what it becomes |")
        print("| --- | --- |")
        for column in file.columns:
            star = "*" if column in file.filled else ""
            print(f"| `{column}`{star} | {', '.join(_uses(file, column)) or 'not read'} |")
    for name, table in mapping.tables.items():
        print(
            f"\nCodes `{name}`: "
            + ", ".join(f"`{code}` → {f'`{word}`' if word else 'blank'}" for code, word in table.items())
            + "."
        )


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
