"""What a page shows has passed the viewer's filter: its types say so, and only the room of visibility makes them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from mypy import api
from tests.house import tree

VISIBLE = tree.SRC / "visibility" / "visible.py"
HEAD = """
from datetime import datetime
from duecare.duty.finding import Finding
from duecare.record.pole import CaseKey, PersonRecord
from duecare.visibility import page_types as pages
from duecare.visibility import visible as types
from duecare.worklist.item import Item

at = datetime(2026, 1, 1)
"""
PAGES = {
    "a finding with its reasons": ("{0}Finding", "pages.Explained({1}, '', '', ())"),
    "the list of findings": ("{0}Finding", "pages.FindingsPage(({1},), 0, None, None, (), (), at)"),
    "the worklist": ("{0}Item", "pages.WorklistPage(({1},), 1, 1, 1, {{}}, (), (), at)"),
    "the name of somebody in a list": ("{0}Name", "pages.NamedPerson('', {1})"),
    "a line of the custody board": (
        "{0}Finding", "pages.CustodyLine('', '', '', '', None, at, '', '', '', None, '', ({1},))"
    ),
    "a case": (
        "{0}TimelineRow", "pages.CasePage(CaseKey('', ''), None, (), '', '', ({1},), (), at, None)"
    ),
    "the timeline of a person": (
        "{0}TimelineRow",
        "pages.PersonPage('', '', (), (), (), '', (), (), ({1},), (), (), (), at, None)",
    ),
    "the records of a person": (
        "{0}PersonRecord", "pages.PersonPage('', '', (), (), (), '', ({1},), (), (), (), (), (), at, None)"
    ),
    "the links of a person": (
        "{0}LinkShown", "pages.PersonPage('', '', (), (), (), '', (), (), (), (), ({1},), (), at, None)"
    ),
}  # fmt: skip
UNFILTERED = {"{0}Finding": "Finding", "{0}Item": "Item", "{0}PersonRecord": "PersonRecord", "{0}Name": "str"}
FILTERED = {"{0}PersonRecord": "types.VisibleRecord", "{0}LinkShown": "types.VisibleLink"}


def snippet(*, filtered: bool) -> str:
    """One function a page, each given a value of the type named: unfiltered, or as a filter makes it."""
    lines = [HEAD]
    for number, (kind, page) in enumerate(PAGES.values()):
        plain = UNFILTERED.get(kind, kind.format("types."))
        visible = FILTERED.get(kind, kind.format("types.Visible"))
        lines.append(f"def page_{number}(value: {visible if filtered else plain}) -> object:")
        lines.append(f"    return {page.format('', 'value')}")
    return "\n".join(lines)


def refused(source: str, folder: Path) -> list[str]:
    """The errors that mypy finds in this source, by line."""
    path = folder / "page.py"
    path.write_text(source, encoding="utf-8")
    words, wrong, _ = api.run(
        [
            "--config-file=",
            "--strict",
            "--follow-imports=silent",
            f"--cache-dir={folder}",
            "--no-error-summary",
            str(path),
        ]
    )
    assert not wrong, wrong
    return re.findall(r"page\.py:(\d+): error: .*\[(?:arg-type|list-item)\]", words)


def lines_of_pages(source: str) -> list[str]:
    return [str(number) for number, line in enumerate(source.splitlines(), 1) if line.startswith("    return ")]


def test_a_page_built_from_what_was_never_filtered_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("MYPYPATH", str(tree.SRC.parent))
    unfiltered, filtered = snippet(filtered=False), snippet(filtered=True)

    assert refused(filtered, tmp_path) == []
    assert refused(unfiltered, tmp_path) == lines_of_pages(unfiltered)
    # The counter: a page that takes any finding is let through.
    careless = unfiltered.replace("pages.Explained(", "dict[str, Finding | str | tuple[()]](a=").replace(
        ", '', '', ())", ")"
    )
    assert lines_of_pages(careless)[0] not in refused(careless, tmp_path)


def made_only_there() -> frozenset[str]:
    """The names of the types that only a filter makes."""
    return frozenset(
        node.targets[0].id
        for node in tree.tree(VISIBLE).body
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id == "NewType"
        and isinstance(node.targets[0], ast.Name)
    )


def makes_visible(module: ast.Module) -> list[int]:
    """The lines on which one of these types is made, or something is merely called one."""
    names = made_only_there()
    found = []
    for node in ast.walk(module):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        is_cast = called == "cast" and any(name in ast.unparse(node.args[0]) for name in names)
        handed_over = any(getattr(one, "id", getattr(one, "attr", "")) in names for one in node.args)
        if called in names or is_cast or (handed_over and called == "map"):
            found.append(node.lineno)
    return found


def test_only_the_room_of_visibility_makes_what_is_visible():
    assert len(made_only_there()) >= 6
    outside = [path for path in tree.modules() if path.parent != VISIBLE.parent]

    assert [f"{tree.named(path)}:{line}" for path in outside for line in makes_visible(tree.tree(path))] == []


@pytest.mark.parametrize(
    "line",
    [
        "VisibleFinding(finding)",
        "visible.VisibleFinding(finding)",
        "cast('list[VisibleFinding]', findings)",
        "cast(VisibleItem, item)",
        "tuple(map(VisibleRecord, records))",
    ],
)
def test_counter_one_made_elsewhere_is_seen(line):
    assert makes_visible(ast.parse(f"page = Page({line})")) == [1]


def test_what_policy_judges_a_case_by_is_made_in_one_place():
    made = [
        tree.named(path)
        for path in tree.modules()
        for node in ast.walk(tree.tree(path))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "CaseThing"
    ]

    assert made == ["src/duecare/visibility/case_scope.py"]


def test_no_use_case_puts_the_filters_together_by_itself():
    parts = {"SealedFilter", "PointerOnlyFilter", "pointer_sources"}
    found = [
        f"{tree.named(path)} imports {alias.name}"
        for path in tree.modules()
        if path.parent != VISIBLE.parent
        for node in ast.walk(tree.tree(path))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name in parts
    ]

    assert found == []
