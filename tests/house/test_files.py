"""Files are small, and their names say what is in them."""

import re

from tests.house import tree

LONGEST = 500
FORBIDDEN = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "core",
    "base",
    "manager",
    "service",
    "handler",
    "data",
    "stuff",
    "new",
    "v2",
}


def test_no_file_is_longer_than_500_lines():
    lengths = {
        tree.named(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in tree.kept("src")
        if "migrations" not in path.parts
    }

    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_no_file_or_folder_has_a_name_that_says_nothing():
    # A Django or Jinja base template is called base by everyone who would look for it.
    places = [path.relative_to(tree.SRC) for path in tree.kept("src/duecare") if path.suffix not in {".html", ".jinja"}]

    said = [str(place) for place in places for part in place.parts if part.split(".")[0].lower() in FORBIDDEN]

    assert said == []


def test_whatever_is_left_to_do_names_an_issue_and_a_person():
    word = "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X"))
    bare = re.compile(rf"\b(?:{word})\b(?!\(#\d+ \w+\))")
    found = [
        f"{tree.named(path)}:{number}"
        for path in tree.kept("src", "tests", "tools", "bench", "Makefile", ".ci")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if bare.search(line)
    ]

    assert found == []
