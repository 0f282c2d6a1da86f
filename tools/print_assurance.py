"""Write one page from the notes that the attacks left: promise, method, n, figure, pass mark, date, commit, seed."""

import json
import re
import sys
from pathlib import Path

COLUMNS = ("promise", "method", "engine", "n", "figure", "pass_mark", "seed", "date", "commit")
HEADINGS = ("Promise", "Method", "Store", "n", "Figure", "Pass mark", "Seed", "Date", "Commit")


def main(notes: Path, page: Path) -> int:
    """Write the page; say how many attacks it lists; fail where there were none."""
    lines = [
        json.loads(line) for file in notes.glob("*.jsonl") for line in file.read_text(encoding="utf-8").splitlines()
    ]
    lines.sort(key=lambda line: (int(re.sub(r"\D", "", line["promise"]) or 0), line["method"], line["engine"]))
    rows = ["| " + " | ".join(HEADINGS) + " |", "|" + "---|" * len(HEADINGS)]
    for line in lines:
        cells = ("none" if line[column] is None else str(line[column]).replace("|", "\\|") for column in COLUMNS)
        rows.append("| " + " | ".join(cells) + " |")
    page.write_text(
        "# What Duecare promises, and how each promise was attacked\n\n"
        "Only attacks that were made, and held, are listed. No failure in n independent trials bounds the rate of "
        "failure below 3/n.\n\n" + "\n".join(rows) + "\n",
        encoding="utf-8",
    )
    print(f"{len(lines)} attacks held; the page is {page}.")
    return 0 if lines else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
