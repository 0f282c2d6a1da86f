"""Nothing real and nothing of one machine's own stands in the repository."""

import re

from tests.house import tree

# In pieces, so that this file does not hold what it forbids.
INDEXES = (
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "npmjs" + ".org",
    "npmjs" + ".com",
    "yarnpkg" + ".com",
    "anaconda" + ".org",
    "debian" + ".org",
    "ubuntu" + ".com",
    "crates" + ".io",
    "golang" + ".org",
    "maven" + ".org",
    "rubygems" + ".org",
)
MOBILE = re.compile(r"(?<![\w.])(?:\+44[ -]?|0044[ -]?|0)7\d{3}[ -]?\d{3}[ -]?\d{3}(?!\w)")
MAIL = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,})(?![\w.(])")
NHS_NUMBER = re.compile(r"(?<![\w.-])\d{3}[ -]\d{3}[ -]\d{4}(?![\w-])")
# The worked example that the NHS data dictionary itself prints for the check digit.
PUBLISHED_NHS_NUMBERS = {"943" + "4765919"}
FOLDERS = ("src", "tests", "docs", "sources", "policy", "bench", "README.md", "CONTRIBUTING.md", "SECURITY.md")


def lines(*folders):
    for path in tree.kept(*folders):
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            yield f"{tree.named(path)}:{number}", line


def test_no_file_names_a_package_index():
    assert [place for place, line in lines() if any(index in line.lower() for index in INDEXES)] == []


def test_no_lock_build_or_ci_file_holds_a_web_address():
    build = [
        tree.named(path)
        for path in tree.kept()
        if re.search(r"(lock(\.json)?|\.npmrc|package\.json|requirements[^/]*|pyproject\.toml|Makefile)$", path.name)
        or path.parent.name in {".ci", "tools"}
    ]

    assert [place for place, line in lines(*build) if re.search(r"https?:" + "//", line)] == []


def test_telephone_numbers_are_those_kept_for_made_up_people():
    real = [
        place
        for place, line in lines(*FOLDERS)
        for number in MOBILE.findall(line)
        if not re.sub(r"\D", "", number).removeprefix("0044").removeprefix("44").lstrip("0").startswith("7700900")
    ]

    assert real == []


def test_mail_addresses_lead_nowhere():
    real = [
        place
        for place, line in lines(*FOLDERS)
        for host in MAIL.findall(line)
        if not re.search(r"(^|\.)(example(\.(com|org|net))?|invalid|test|localhost)$", host.lower())
    ]

    assert real == []


def test_nhs_numbers_are_from_the_range_for_tests():
    real = [
        place
        for place, line in lines(*FOLDERS)
        for number in NHS_NUMBER.findall(line)
        if number[:3] != "999" and re.sub(r"\D", "", number) not in PUBLISHED_NHS_NUMBERS
    ]

    assert real == []
