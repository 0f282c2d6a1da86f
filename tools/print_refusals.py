"""Print the reference page of refusals: every code, what it means, what to do next, and its exit status."""

from duecare.vocabulary.refusals import refusal_kinds
from duecare.vocabulary.refusals.exit_codes import EXIT_CODES

ROOMS = {
    "CFG": "config",
    "EXT": "extract",
    "REC": "record",
    "LNK": "linkage and person",
    "DUT": "duty and rulebook",
    "ACC": "access",
    "AUD": "audit",
    "REP": "report",
    "LED": "ledger",
    "STO": "store",
    "RCM": "recommendation",
}


def main() -> None:
    """Print the page."""
    print("# Refusals\n")
    print("When Duecare will not do something it says so with a code, in the reader's words, and says what to do next.")
    print(
        "Messages name things by their keys and never hold personal data. The exit status tells a scheduler the family."
    )
    print("This page is printed from the code: `make docs`.")
    for family, status in EXIT_CODES.items():
        kinds = sorted((kind for kind in refusal_kinds().values() if kind.family == family), key=lambda kind: kind.code)
        if not kinds:
            continue
        print(f"\n## {family}: {ROOMS[family]} (exit status {status})\n")
        print("| code | what is wrong | what to do next |")
        print("| --- | --- | --- |")
        for kind in kinds:
            print(f"| {kind.code} | {kind.what} | {kind.todo} |")


if __name__ == "__main__":
    main()
