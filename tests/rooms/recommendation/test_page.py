"""The page of what may follow what is printed from the table that decides it."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_the_page_of_recommendations_is_fresh():
    printed = subprocess.run(
        [sys.executable, "tools/print_recommendations.py"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout

    assert (ROOT / "docs/reference/recommendations.md").read_text(encoding="utf-8") == printed, "run: make docs"
