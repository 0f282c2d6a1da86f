"""The written pages agree with the code: refusals, decisions, settings, glossary, versions."""

import re
import subprocess
import sys
import tomllib

from tests.house import tree

from duecare.config import SETTINGS
from duecare.vocabulary.refusals import refusal_kinds
from duecare.vocabulary.refusals.exit_codes import EXIT_CODES

HEADINGS = (
    "Status",
    "Date and deciders",
    "Context",
    "Decision",
    "Refused",
    "Consequences",
    "How we shall know",
)


def text(name):
    return (tree.ROOT / name).read_text(encoding="utf-8")


def decisions():
    return sorted((tree.ROOT / "docs/decisions").glob("*.md"))


def test_the_page_of_refusals_is_fresh():
    printed = subprocess.run(
        [sys.executable, "tools/print_refusals.py"], cwd=tree.ROOT, capture_output=True, text=True, check=True
    ).stdout

    assert text("docs/reference/refusals.md") == printed, "run: make docs"


def test_the_page_of_files_is_fresh():
    printed = subprocess.run(
        [sys.executable, "tools/print_files.py"], cwd=tree.ROOT, capture_output=True, text=True, check=True
    ).stdout

    assert text("docs/reference/files.md") == printed, "run: make docs"


def test_every_file_of_the_code_is_on_the_page_of_files_with_what_it_decides():
    lines = re.findall(r"^\| `([^`]+\.py)` \| (.*?) \|", text("docs/reference/files.md"), re.MULTILINE)

    files = {
        str(path.relative_to(tree.ROOT / "src/duecare"))
        for path in (tree.ROOT / "src/duecare").rglob("*.py")
        if path.name != "__init__.py"
    }
    assert {place for place, _ in lines} == files
    assert [place for place, sentence in lines if len(sentence) < 20] == []


def test_every_refusal_is_in_the_docs_once():
    page = text("docs/reference/refusals.md")

    assert sorted(re.findall(r"^\| ([A-Z]{3}-\d{3}) \|", page, re.MULTILINE)) == sorted(refusal_kinds())


def test_every_refusal_raised_is_in_the_catalogue_and_its_family_has_an_exit_code():
    families = "|".join(EXIT_CODES)
    raised = {
        code
        for path in tree.modules()
        for code in re.findall(rf"\b(?:{families})-\d{{3}}\b", path.read_text(encoding="utf-8"))
    }

    assert raised - set(refusal_kinds()) == set()
    assert {code[:3] for code in refusal_kinds()} <= set(EXIT_CODES)


def test_decisions_are_numbered_one_after_the_other():
    numbers = [int(path.name[:4]) for path in decisions()]

    assert numbers == list(range(1, len(numbers) + 1))


def test_the_title_of_a_decision_is_its_file_name():
    wrong = []
    for path in decisions():
        title = path.read_text(encoding="utf-8").splitlines()[0]
        slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
        if slug != path.stem:
            wrong.append(f"{path.name}: {slug}")

    assert wrong == []


def test_a_decision_has_its_headings_in_order():
    wrong = [
        path.name
        for path in decisions()
        if tuple(re.findall(r"^## (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)) != HEADINGS
    ]

    assert wrong == []


def test_every_link_between_pages_leads_somewhere():
    broken = [
        f"{tree.named(page)} -> {target}"
        for page in tree.kept()
        if page.suffix == ".md"
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]

    assert broken == []


def test_the_sample_environment_and_config_agree():
    sampled = re.findall(r"^#?\s?(DUECARE_\w+)=", text(".env.sample"), re.MULTILINE)

    assert sorted(sampled) == sorted(SETTINGS)


def test_no_setting_is_read_that_config_does_not_list():
    read = {
        name
        for path in tree.modules()
        for name in re.findall(r"environ\S*[\[(]\s*[\"'](DUECARE_\w+)", path.read_text(encoding="utf-8"))
    }

    assert read - set(SETTINGS) == set()


def test_every_room_stands_in_the_glossary_and_on_the_map():
    glossary, map_ = text("GLOSSARY.md").lower(), text("CONTRIBUTING.md")

    assert [room for room in tree.rooms() if f"**{room}**" not in glossary] == []
    assert [room for room in tree.rooms() if f"`{room}`" not in map_] == []


def test_versions_agree_wherever_they_are_written():
    project = tomllib.loads(text("pyproject.toml"))
    oldest = project["project"]["requires-python"].removeprefix(">=")

    assert project["tool"]["mypy"]["python_version"] == oldest
    assert project["tool"]["ruff"]["target-version"] == "py" + oldest.replace(".", "")
    assert f"--python-version {oldest}" in text("Makefile")
    assert f"({oldest.replace('.', ', ')})" in text("tools/find-python")
    assert "postgresql-17" in text(".ci/run")
    assert 'VERSION = "17"' in text("tests/services/postgres.py")
