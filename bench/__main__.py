"""`make bench`: each measure with its figure, beside a peer where one can run; a table, never a test."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

PARTS = ("chain", "duty", "incremental", "arriving", "pages", "linkage", "search", "noting", "report", "disclosure")


def main() -> None:
    """Run the parts named on the command line, else all there are."""
    wanted = sys.argv[1:] or [part for part in PARTS if (Path(__file__).parent / f"{part}.py").exists()]
    for part in wanted:
        if part not in PARTS or importlib.util.find_spec(f"bench.{part}") is None:
            sys.exit(f"There is no bench {part}; there are {', '.join(PARTS)}.")
        print(f"## {part}\n")
        importlib.import_module(f"bench.{part}").main()
        print()


main()
