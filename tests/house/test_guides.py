"""Every command, target and path that a guide names is there, and a selection of tests selects some."""

import re
import shlex

import click
import pytest
from tests.house import tree

from duecare.cli import main

GUIDES = [
    path
    for name in ("README.md", "CONTRIBUTING.md", "docs/how-to", "docs/tutorial")
    for path in ([tree.ROOT / name] if name.endswith(".md") else sorted((tree.ROOT / name).glob("*.md")))
]
INLINE = re.compile(r"`([^`\n]+)`")
BLOCK = re.compile(r"^ {4,}(?:[A-Z_]+=\S+ )*((?:duecare|make|\.venv/bin/\w+) (?:[^\n\\]|\\\n)*)$", re.MULTILINE)
PROGRAMS = ("duecare ", "make ", ".venv/bin/")
FOLDERS = ("src/", "tests/", "docs/", "tools/", "sources/", "policy/", "bench/")
STANDS_FOR = re.compile(r"…|<\w+>|^[A-Z][A-Z_:]*$|[A-Z_]{2,}:[A-Z_]{2,}|NAME|<theme>")


def lines_of(text):
    """Each command that a guide names: (its words, is it whole)."""
    for found in BLOCK.finditer(text):
        whole_line = re.sub(r"\\\n\s*", " ", found[1])
        yield whole_line, True
    for found in INLINE.finditer(text):
        if found[1].startswith(PROGRAMS):
            yield found[1], False


def words_of(line):
    """The words of a command line, without a comment, a remark after it, or where its output goes."""
    line = re.split(r"\s+#|\s{3,}|\s\d?>\s|\s&&\s|\s\|\s", line.strip())[0]
    return shlex.split(line)


def faults_of_command(words, is_whole):
    """What is wrong with a command of `duecare`? What is only mentioned may lack its arguments."""
    command, at = main, 1
    context = click.Context(main, info_name="duecare")
    while isinstance(command, click.Group) and at < len(words):
        following = command.get_command(context, words[at])
        if following is None:
            return [f"there is no {' '.join(words[: at + 1])}"]
        command, at = following, at + 1
        context = click.Context(command, info_name=words[at - 1], parent=context)
    if isinstance(command, click.Group):
        return [f"{' '.join(words)} needs a command after it"] if is_whole else []
    try:
        command.make_context(words[at - 1], words[at:])
    except click.MissingParameter as wrong:
        return [wrong.format_message()] if is_whole else []
    except click.BadParameter as wrong:
        return [wrong.format_message()] if isinstance(getattr(wrong.param, "type", None), click.Choice) else []
    except click.UsageError as wrong:
        return [wrong.format_message()]
    return []


TARGETS = set(re.findall(r"^([a-z][a-z-]*):(?!=)", (tree.ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def faults_of_make(words):
    """What is wrong with a line of make: no such target, or a test that selects nothing?"""
    faults = [f"there is no make {one}" for one in words[1:] if "=" not in one and one not in TARGETS]
    for one in words[1:]:
        if one.startswith("T="):
            faults += faults_of_pytest(shlex.split(one[2:]))
    return faults


def faults_of_pytest(words):
    """What is wrong with these arguments of pytest: no such place, or nothing selected by -k?"""
    if any(STANDS_FOR.search(word) for word in words):
        return []
    chosen = words[words.index("-k") + 1] if "-k" in words else ""
    places = [tree.ROOT / word.partition("::")[0] for word in words if not word.startswith("-") and word != chosen]
    faults = [f"there is no {tree.named(place)}" for place in places if not place.exists()]
    if chosen and not any(chosen.lower() in name.lower() for place in places for name in test_names(place)):
        faults.append(f"-k {chosen} selects nothing")
    return faults


def test_names(place):
    """The names of the tests in this folder or file, with the names of their files."""
    files = sorted(place.rglob("test_*.py")) if place.is_dir() else [place]
    for path in files:
        yield path.name
        yield from re.findall(r"^def (test_\w+)", path.read_text("utf-8"), re.MULTILINE)


test_names.__test__ = False


def faults_of(line, is_whole):
    """What is wrong with this line of a guide?"""
    words = words_of(line)
    if words[0] == "duecare":
        return faults_of_command(words, is_whole)
    if words[0] == "make":
        return faults_of_make(words)
    return faults_of_pytest(words[1:]) if words[0] == ".venv/bin/pytest" else []


def paths_in(text):
    """Each path of the repository that a guide names; what stands for a name is `*`."""
    for found in INLINE.finditer(text):
        path = found[1].split("::")[0]
        if path.startswith(FOLDERS) and " " not in path:
            yield re.sub(r"<\w+>|NAME|SUBJECT", "*", path)


@pytest.mark.parametrize("guide", GUIDES, ids=tree.named)
def test_commands_of_a_guide_are_there_with_these_options(guide):
    faults = [
        f"{line}: {fault}" for line, whole in lines_of(guide.read_text("utf-8")) for fault in faults_of(line, whole)
    ]

    assert faults == []


@pytest.mark.parametrize("guide", GUIDES, ids=tree.named)
def test_paths_of_a_guide_are_there(guide):
    assert [path for path in paths_in(guide.read_text("utf-8")) if not any(tree.ROOT.glob(path.rstrip("/")))] == []


@pytest.mark.parametrize("guide", GUIDES, ids=tree.named)
def test_pages_that_a_guide_leads_to_are_there(guide):
    led_to = re.findall(r"\]\((?!https?:)([^)#\s]+)", guide.read_text("utf-8"))

    assert [one for one in led_to if not (guide.parent / one).exists()] == []


def test_guides_name_enough_for_this_to_mean_something():
    assert sum(1 for guide in GUIDES for _ in lines_of(guide.read_text("utf-8"))) > 100


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("duecare recieve x", "there is no duecare recieve"),
        ("duecare receive x --sauce y", "No such option"),
        ("duecare audit compare --round r extra", "unexpected extra argument"),
        ("duecare receive", "Missing argument"),
        ("duecare judge a:b c:d maybe --reason x", "is not one of"),
        ("make no-such-target", "there is no make no-such-target"),
        ('make test-one T="tests/rooms/duty -k no_such_word"', "selects nothing"),
        (".venv/bin/pytest tests/rooms/no_such_room", "there is no tests/rooms/no_such_room"),
    ],
)
def test_what_is_wrong_is_found(line, fault):
    assert any(fault in one for one in faults_of(line, True))


def test_every_target_has_its_line_in_make_help():
    import subprocess

    printed = subprocess.run(["make", "help"], cwd=tree.ROOT, capture_output=True, text=True, check=True).stdout
    lines = dict(re.findall(r"^  make (\S+) +(\S.*)$", printed, re.MULTILINE))

    assert set(lines) == TARGETS
