"""Print the reference page of recommendations: what may follow what, who may do it, by when, and the columns of a register."""

from duecare.access import ROLES
from duecare.duty.allowance import CalendarDays, Fixed, Months
from duecare.recommendation.deadline import RULES
from duecare.recommendation.imported_register import COLUMNS, EVENTS, REQUIRED
from duecare.recommendation.recommendation_state import MOVES, State

TOP = """# Recommendations: what may follow what

A recommendation's state is folded from its facts, as of a moment and as known at one; it is kept nowhere. This page is
printed from the code: `make docs`. How one is closed: [close a recommendation](../how-to/close-a-recommendation.md).

## States and moves

| what happens | from | to | who may | what it is |
| --- | --- | --- | --- | --- |"""
BESIDE = """
Beside the table: a test is registered once, before anything is claimed here. Whoever it is addressed to answers it: the chief
officer for the force, a borough's lead where they own it or it is of their area, the mayor's office for what is addressed to
it; the mayor's office may reply to any. Nobody verifies their own claim, nor one of their own side. Only whoever made one
supersedes it. Two who act on the same facts at once: one is told that it has changed.

```mermaid
stateDiagram-v2
    [*] --> made"""
BY_WHEN = """```

## By when

By the text in force on the day of publication. The day of publication is day 0, except where a period begins with it.

| what | owed by | within | in force | source |
| --- | --- | --- | --- | --- |"""
REGISTER = """
When an immediate one is late, and when the chief officer is told, is the force's own choice: `[recommendations]` in its
policy file.

## A register kept elsewhere

`duecare recommend import FILE` takes UTF-8 CSV, one row for each thing that happened. Rows in = accepted + unchanged + set
aside, with the reason. What is held is never changed; a later file adds what came since.

| column | what it holds |
| --- | --- |"""
EVENT_WORDS = """
| word in `event` | what it becomes |
| --- | --- |"""
LAST = "\nWhat such a register calls complete is here a claim without a test: it closes nothing."


def within(allows: Fixed | None) -> str:
    """How many days or months, in words?"""
    match allows:
        case CalendarDays(n, True):
            return f"{n} days beginning with the day"
        case CalendarDays(n, _):
            return f"{n} days"
        case Months(n, _):
            return f"{n} months"
    return "no number is given"


def main() -> None:
    """Print the page."""
    print(TOP)
    for move in MOVES:
        from_ = ", ".join(state.value for state in State if state in move.from_) or "nothing"
        who = ", ".join(role.display for role in ROLES if move.act in role.acts)
        print(f"| {move.deed.value} | {from_} | {move.to.value if move.to else 'as it was'} | {who} | {move.words} |")
    print(BESIDE)
    for move in MOVES:
        for state in State:
            if state in move.from_ and move.to is not None and move.to is not state:
                print(f"    {state.value} --> {move.to.value}: {move.deed.value}")
    print(BY_WHEN)
    for rule in RULES:
        first = f"from {rule.in_force.first.isoformat()}" if rule.in_force.first else ""
        last = f"until {rule.in_force.last.isoformat()}" if rule.in_force.last else ""
        source = f"[{rule.source.title}, {rule.source.provision}]({rule.source.url}), read {rule.source.read_on}"
        print(
            f"| {rule.says} | {rule.owed_by.value} | {within(rule.allows)} | {first or last or 'not said'} | {source} |"
        )
    print(REGISTER)
    for name, words in COLUMNS.items():
        print(f"| {name}{'*' if name in REQUIRED else ''} | {words} |")
    print(EVENT_WORDS)
    for word, deed in EVENTS.items():
        print(f"| {word} | {deed.value} |")
    print(LAST)


if __name__ == "__main__":
    main()
