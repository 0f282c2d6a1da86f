"""The printed pages of the rulebook agree with the declarations and the examples."""

import importlib.util
from pathlib import Path

ROOT = Path(__file__).parents[3]


def printer():
    spec = importlib.util.spec_from_file_location("print_rulebook", ROOT / "tools/print_rulebook.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_pages_of_the_rulebook_are_fresh():
    printed = printer().pages()
    kept = {path.name: path.read_text("utf-8") for path in (ROOT / "docs/reference/rulebook").glob("*.md")}

    assert kept == printed, "run: make docs"


def test_a_page_says_who_owes_what_by_when_and_who_says_so():
    page = printer().pages()["PACE-s40-review.md"]

    assert "CU1: 6 elapsed hours; later ones CU2: 9 elapsed hours" in page
    assert "section 40(3)" in page
    assert "detainee under 18 or of unknown age" in page
    assert "SC27" in page
