"""The built style and scripts hold nothing of GOV.UK's own livery and ask no other place for anything."""

import re

import pytest
from tests.house import tree

BUILT = tree.SRC / "web" / "static_built"


@pytest.fixture
def built():
    if not (BUILT / ".built").exists():
        pytest.skip("LEFT OUT: style and scripts are not built here; make assets builds them")
    return BUILT


def test_neither_the_crown_nor_the_typeface_is_used(built):
    style = (built / "duecare.css").read_text(encoding="utf-8")

    assert re.findall(r"@font-face|GDS Transport|crown|crest", style) == []


def test_no_livery_is_shipped(built):
    names = [path.name for path in built.rglob("*") if path.is_file()]

    assert [name for name in names if re.search(r"crown|crest|logotype|\.woff2?$|\.ttf$", name)] == []


def test_every_picture_that_the_style_asks_for_is_there(built):
    asked = re.findall(r"url\(\"?([^)\"]+)\"?\)", (built / "duecare.css").read_text(encoding="utf-8"))

    assert asked
    assert [picture for picture in asked if not (built / picture).is_file()] == []


def test_every_script_that_a_script_asks_for_is_there(built):
    asked = re.findall(r"from '\./([^']+)'", (built / "duecare.js").read_text(encoding="utf-8"))

    assert len(asked) == 3
    assert [script for script in asked if not (built / script).is_file()] == []


def test_nothing_points_to_a_source_map_that_is_not_shipped(built):
    assert [path.name for path in built.glob("*.*s") if "sourceMappingURL" in path.read_text(encoding="utf-8")] == []
