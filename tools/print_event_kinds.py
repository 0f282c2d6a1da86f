"""Print the reference of event kinds: the fields that the detail of each may have, and what may stand in them."""

from duecare.vocabulary.event_details import DETAIL_FIELDS, Allowed
from duecare.vocabulary.kinds import EVENT_KINDS_BY_GROUP

INTRODUCTION = """# Event kinds

Every kind of event, with the fields that its `detail` may have. A kind that is not listed here sets its row aside. A field
that is not listed is kept and shown, and noted as a defect: no duty reads it. This page is printed from the code:
`make docs`.
"""


def main() -> None:
    """Print the page."""
    print(INTRODUCTION)
    for group, kinds in EVENT_KINDS_BY_GROUP.items():
        print(f"## {group[0].upper()}{group[1:]}\n")
        print("| kind | fields of `detail` |")
        print("| --- | --- |")
        for kind in kinds:
            fields = DETAIL_FIELDS.get(kind, {})
            print(f"| `{kind}` | {'; '.join(f'`{name}`: {_words(fields[name])}' for name in fields) or 'none'} |")
        print()


def _words(allowed: Allowed) -> str:
    return allowed if isinstance(allowed, str) else ", ".join(f"`{one}`" for one in allowed)


main()
