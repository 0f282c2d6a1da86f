"""A released figure is made in one place: by clearance, or read back from what was cleared."""

import ast

import pytest
from tests.house import tree

MADE_BY = {
    "report/release/release_clearance.py": {"_count", "_share", "_sure", "_typical", "_mark_figure"},
    "report/release/release_serialisation.py": {"_table_of"},
}
DOOR_IN = {*MADE_BY, "report/release/released_figures.py"}


def calls_in(node):
    return [
        one for one in ast.walk(node)
        if isinstance(one, ast.Call) and (getattr(one.func, "id", "") or getattr(one.func, "attr", "")) == "ReleasedFigure"
    ]  # fmt: skip


def names_in(node):
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)} | {
        alias.name for one in ast.walk(node) if isinstance(one, ast.ImportFrom) for alias in one.names
    }


def test_no_other_module_makes_a_released_figure_or_knows_the_door():
    found = [
        tree.named(path)
        for path in tree.modules()
        if (calls_in(tree.tree(path)) and not str(path).endswith(tuple(MADE_BY)))
        or ("_DOOR" in names_in(tree.tree(path)) and "report" in str(path) and not str(path).endswith(tuple(DOOR_IN)))
    ]

    assert found == []


@pytest.mark.parametrize(("file", "by"), MADE_BY.items(), ids=MADE_BY)
def test_within_its_homes_only_clearance_and_reading_back_make_one(file, by):
    home = next(path for path in tree.modules() if str(path).endswith(file))
    makers = {
        function.name
        for function in ast.walk(tree.tree(home))
        if isinstance(function, ast.FunctionDef) and calls_in(function)
    }

    assert makers == by


def test_pages_for_the_public_are_handed_released_things_alone():
    views = [path for path in tree.modules() if "web/releases" in str(path) and "published" in path.name]
    steps = {
        name for path in views for name in names_in(tree.tree(path)) if name in {"drafted", "read_draft", "snapshot"}
    }

    assert views
    assert steps == set()
