"""Texts and names use everyday words: old-fashioned and private ones are refused, and the failure names what to write."""

import ast
import io
import re
import tokenize
from functools import cache

import pytest
from tests.house import tree

WORDS = {
    r"reckon(s|ed|ing|ings)?": "work out, assess, count",
    r"anew": "again, re-",
    r"noughts?": "0, zero",
    r"(there|where|here)(of|in|by|to|upon)": "of it, in it, by it",
    r"untold": "not reported, not known",
    r"veil(s|ed|ing)?": "filter, hide",
    r"hitherto": "so far",
    r"amiss": "wrong",
    r"seldom": "rarely",
    r"afresh": "again",
    r"(can|cannot|could|could not) be told": "is known, is not known",
    r"for no number but": "because the numbers are too small",
    r"outside of chance": "more than chance explains",
    r"could not be had": "is not available",
    r"to reckon with": "to download",
    r"goes by": "follows, uses",
    r"is held already": "is already recorded",
    r"take(s|n)? in (a|the) deliver(y|ies)": "receive",
}
BANNED = re.compile("|".join(rf"\b(?:{word})\b" for word in WORDS), re.IGNORECASE)

STORED = "words of releases and findings that are stored as written, with what a page shows instead"
FINDING = "a reason or explanation of findings, which `findings --json` prints: its bytes are kept"
DEFINED = "words of a figure's definition, which `figure list --json` prints and snapshots are bound to"
PRINTED = "printed by `--json`: its bytes are kept; pages show other words"
DUTY = "what a duty says, printed by `--json`: its bytes are kept; web/site/formatting/labels.py has the words of pages"
ALLOWED = {
    "src/duecare/web/site/formatting/report_words.py": STORED,
    "src/duecare/web/site/formatting/reasons.py": STORED,
    "src/duecare/duty/declaration.py": FINDING,
    "src/duecare/duty/due_moment.py": FINDING,
    "src/duecare/duty/explain.py": FINDING,
    "src/duecare/duty/limit.py": FINDING,
    "src/duecare/duty/engine/limits_from_facts.py": FINDING,
    "src/duecare/figure/catalogue/custody_figures.py": DEFINED,
    "src/duecare/figure/counting/duty_lines.py": DEFINED,
    "src/duecare/report/release/publication.py": PRINTED,
    "src/duecare/recommendation/registered_test.py": PRINTED,
    "src/duecare/visibility/display_names.py": PRINTED,
    "src/duecare/rulebook/short_names.py": "titles of figures, on which kept figures rest; pages show other words (web labels)",
    "src/duecare/rulebook/comparison_settings.py": "the name of a setting in the policy file of a force",
    "src/duecare/rulebook/national/npcc_rso.py": DUTY,
    "docs/reference/figures.md": DEFINED,
    "docs/reference/rulebook/ARMS-reassessment-on-change.md": DUTY,
    "docs/reference/rulebook/ARMS-reassessment.md": DUTY,
    "docs/reference/rulebook/index.md": DUTY,
}
# Its rows are rewritten by whoever measures.
UNREAD = {"docs/status.md"}

NAMES = {
    "reckon": "work_out, assess", "reckoned": "assessed", "reckoning": "assessment", "reckonings": "assessments",
    "anew": "again", "nought": "zero", "noughts": "zeros", "untold": "unreported", "veil": "pointer_only",
    "asking": "request", "consulted": "log_read", "rehearse": "check_ledger_writable", "pour": "copy_rows",
    "bring": "refresh", "brings": "refresh", "brought": "refreshed", "ring": "overlapping_tables",
    "shut": "sealed, hidden", "everyone": "FullAssessment",
}  # fmt: skip
CLASSES = {
    "Held": "FigureInputs, GuardResult, FactsAt", "Given": "GradeGiven", "Known": "PersonAttributes", "Kept": "StoredValue",
    "Seen": "DisclosedHistory", "Said": "GradingForm", "Looked": "SearchToken", "Near": "Neighbours", "Shown": "the page's name",
    "Drawn": "RoundEvidence", "Claimed": "RevisitClaim", "Judged": "JudgementEffect", "Relinked": "RegroupResult",
    "Brought": "Refreshed", "Tried": "TrialResult", "Caused": "Cause", "Came": "FigureResult", "Member": "FigureLine",
    "Ground": "EvaluationContext, AdjacencyGraph", "World": "AlternativeTable", "Field": "LinkedCells",
    "Chain": "OccurrenceChain", "Turn": "TurnStep", "Manner": "DutyShape", "Lies": "a noun", "Reading": "Interpretation",
    "Placed": "PlacedFact", "Tie": "Involvement", "Asking": "Request", "Shut": "SealedFilter", "Everyone": "FullAssessment",
    "Pointers": "PointerOnlyFilter", "Name": "LedgerRef",
}  # fmt: skip
"""Classes with a name of one word that another room uses otherwise, and what to call them."""
ALLOWED_NAMES = {
    "rulebook/comparison_settings.py anew": "the name of a setting in the policy file of a force",
}


def texts_of(python_source):
    """(line, text) of every string literal, docstring and comment; imports and code are not text."""
    found = [
        (node.lineno + number, line)
        for node in ast.walk(ast.parse(python_source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for number, line in enumerate(node.value.split("\n"))
    ]
    tokens = tokenize.generate_tokens(io.StringIO(python_source).readline)
    return found + [(token.start[0], token.string) for token in tokens if token.type == tokenize.COMMENT]


def faults_of(name, text):
    """The banned words of a file, each with its line and what to write instead."""
    lines = texts_of(text) if name.endswith(".py") else enumerate(text.split("\n"), 1)
    return [
        f"{name}:{number}: {found[0]!r}, write: {replacement_of(found[0])}"
        for number, line in lines
        for found in BANNED.finditer(line)
    ]


def replacement_of(found):
    """What to write instead of these words."""
    return next(say for word, say in WORDS.items() if re.fullmatch(word, found, re.IGNORECASE))


@cache
def files_with_words():
    """Every file with texts for people: code, pages, tools and documents."""
    paths = [*tree.modules(), *tree.kept("src/duecare/web/templates", "docs", "tools", "bench")]
    paths += [path for path in tree.kept() if path.parent == tree.ROOT and path.suffix == ".md"]
    wanted = {path for path in paths if path.suffix in {".py", ".html", ".md"} and tree.named(path) not in UNREAD}
    return tuple(sorted(wanted))


def words(node):
    """The parts of the name that this node gives to something; none where it names nothing."""
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.arg(arg=name):
            pass
        case ast.Name(id=name, ctx=ast.Store()):
            pass
        case _:
            return "", set()
    return name, set(re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower().split("_"))


def name_faults_of(name, text):
    """The banned names that this module defines, as (file and name, what to call it)."""
    found = {}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef) and node.name in CLASSES:
            found[f"{name} {node.name}"] = CLASSES[node.name]
        given, parts = words(node)
        for part in sorted(parts & NAMES.keys()):
            found[f"{name} {given}"] = NAMES[part]
    return found


def all_name_faults():
    """The banned names of every module."""
    found = {}
    for path in tree.modules():
        found |= name_faults_of(str(path.relative_to(tree.SRC)), path.read_text(encoding="utf-8"))
    return found


def test_texts_use_everyday_words():
    found = [
        fault
        for path in files_with_words()
        if tree.named(path) not in ALLOWED
        for fault in faults_of(tree.named(path), path.read_text(encoding="utf-8"))
    ]

    assert found == []


def test_names_are_those_of_the_table():
    found = {where: say for where, say in all_name_faults().items() if where not in ALLOWED_NAMES}

    assert found == {}, "call it what stands beside it"


def test_every_allowance_is_needed():
    files = {tree.named(path): path for path in files_with_words()}
    idle = [name for name in ALLOWED if not faults_of(name, files[name].read_text(encoding="utf-8"))]

    assert idle == []
    assert ALLOWED_NAMES.keys() - all_name_faults().keys() == set()


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.py", 'REFUSAL = "Nothing was reckoned."', "work out"),
        ("a.py", '"""What is counted anew."""', "again"),
        ("a.py", "x = 1  # nought", "0"),
        ("a.html", "<p>A count of which the sum cannot be told</p>", "is not known"),
        ("a.md", "Download thereof", "of it"),
    ],
)
def test_counter_a_seeded_word_is_found_with_its_replacement(name, text, says):
    (found,) = faults_of(name, text)

    assert says in found


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("def bring_records(): pass", "refresh"),
        ("def read(asking): pass", "request"),
        ("class Held: pass", "FigureInputs"),
        ("noughts = 0", "zeros"),
    ],
)
def test_counter_a_seeded_name_is_found_with_its_replacement(text, says):
    (found,) = name_faults_of("a.py", text).values()

    assert says in found


def test_everyday_words_pass():
    assert faults_of("a.py", 'X = "Work it out again: 0 or more. Tell the officer what was mended."') == []
    assert name_faults_of("a.py", "def refresh_links(request): zeros = 0") == {}
