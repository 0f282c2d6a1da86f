"""The page of figures is fresh, and every figure has its place on it once."""

import re
import subprocess
import sys

from tests.house import tree

from duecare.figure.catalogue.all_figures import figure_catalogue


def page():
    return (tree.ROOT / "docs/reference/figures.md").read_text(encoding="utf-8")


def test_the_page_of_figures_is_fresh():
    printed = subprocess.run(
        [sys.executable, "tools/print_figures.py"], cwd=tree.ROOT, capture_output=True, text=True, check=True
    ).stdout

    assert page() == printed, "run: make docs"


def test_every_figure_is_on_the_page_once():
    named = re.findall(r"^\| (?:id \| )?`([a-z0-9-]+)`", page(), re.MULTILINE)

    assert sorted(named) == sorted(figure_catalogue())
