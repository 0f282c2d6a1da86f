"""Print the rulebook's pages: each duty's declaration, its source, and its worked examples.

python tools/print_rulebook.py          write docs/reference/rulebook/*.md
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
PAGES = ROOT / "docs" / "reference" / "rulebook"


def pages() -> dict[str, str]:
    """Every page by its file name."""
    from duecare.rulebook.all_duties import all_duties
    from duecare.rulebook.duty_page import duty_page_text

    examples = {}
    for path in sorted((ROOT / "tests" / "spec").glob("*/test_*.py")):
        module = import_module(f"tests.spec.{path.parent.name}.{path.stem}")
        examples[module.DUTY] = module.EXAMPLES
    found = {"index.md": _index(all_duties())}
    for duty in all_duties():
        told = [
            duty_page_text(duty),
            "\n## Worked examples\n\nTimes are what clocks in London showed; each example is a test.\n",
        ]
        for name, text in examples[duty.id].items():
            table = "\n".join(line.strip() for line in dedent(text).strip().splitlines() if line.strip())
            told.append(f"\n### {name}\n\n```\n{table}\n```\n")
        found[f"{duty.id}.md"] = "".join(told)
    return found


def references(duty) -> tuple[str, ...]:
    """Which entries of the reference set a limit of this duty, in order?"""
    found = [ref for rule in duty.rules for ref in (ref for ref, _ in rule.turns)]
    return tuple(dict.fromkeys(found))


def _index(duties: tuple) -> str:
    rows = "\n".join(f"| [{d.id}]({d.id}.md) | {', '.join(references(d))} | {d.says} |" for d in duties)
    return (
        "# The rulebook\n\nPrinted from the declarations and their worked examples: `make docs`. To change a duty, change "
        "its declaration\nin `src/duecare/rulebook/` and its examples in `tests/spec/`.\n\n| duty | reference | what it "
        f"says |\n| --- | --- | --- |\n{rows}\n\n## Which facts begin, discharge and excuse each duty\n\nA kind alone is "
        "not always enough: the duty's own page gives the conditions. What is in brackets meets a rule about the\nstarting "
        "fact itself. The last column says whether the limit is the force's own.\n\n| duty | owed by | starts | discharged "
        f"by | excused by | limit |\n| --- | --- | --- | --- | --- | --- |\n{_kinds(duties)}\n"
    )


def _kinds(duties: tuple) -> str:
    return "\n".join(
        f"| [{d.id}]({d.id}.md) | {d.owed_by.replace('_', ' ')} | {_named(f for level in d.starts for f in level)} |"
        f" {f'({_named(d.met_by)})' if d.holds else _named(d.met_by)} | {_excuses(d)} |"
        f" {'its own' if d.local else 'the text'} |"
        for d in duties
    )


def _named(facts) -> str:
    return ", ".join(dict.fromkeys(f"`{fact.kind}`" for fact in facts))


def _excuses(duty) -> str:
    late = [f"a late one that says `{duty.late_excused_by_detail[0]}`"] if duty.late_excused_by_detail else []
    return ", ".join([*([_named(duty.excused_by)] if duty.excused_by else []), *late])


if __name__ == "__main__":
    PAGES.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (PAGES / name).write_text(text, encoding="utf-8")
