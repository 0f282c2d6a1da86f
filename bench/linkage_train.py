"""Train the shipped model again, on a made-up force written again: `python bench/linkage_train.py`."""

from __future__ import annotations

import csv
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import linkage_force

from duecare.linkage import Model, Thresholds, link_records, train_model
from duecare.linkage.linkage_model import SHIPPED

TIMES, SEED = 12, 7
UNSEEN_TIMES, UNSEEN_SEED = 8, 20_261_126


def households(out: Path) -> dict[str, str]:
    """In which household lives whoever a record is of, in truth, by `source:record_id`?"""
    with (out / "truth" / "people.csv").open(encoding="utf-8", newline="") as file:
        return {f"{row['source']}:{row['record_id']}": row["household"] for row in csv.DictReader(file)}


def counted(
    found: Mapping[str, str], truth: Mapping[str, str], household: Mapping[str, str]
) -> tuple[int, int, int, int]:
    """How many pairs of records are of one person, are rightly found, wrongly within a household, and wrongly at all?"""
    groups = (
        Counter(truth.values()),
        Counter((found[record], who) for record, who in truth.items()),
        Counter((found[record], household[record]) for record in truth),
        Counter(found[record] for record in truth),
    )
    true, right, at_home, joined = (sum(n * (n - 1) // 2 for n in group.values()) for group in groups)
    return true, right, at_home - right, joined - right


def measured(model: Model) -> str:
    """What goes wrong with this model on a made-up force that it never saw, in words for its card."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "force"
        linkage_force.write(out, times=UNSEEN_TIMES, seed=UNSEEN_SEED)
        force, household = linkage_force.read(out), households(out)
    rows = link_records(force.records, model=model).clusters.to_pylist()
    found = {f"{row['source']}:{row['record_id']}": row["person"] for row in rows}
    true, right, at_home, wrong = counted(found, force.truth, household)
    return (
        f"on {force.records.num_rows} records of seed {UNSEEN_SEED}, unseen: precision {right / (right + wrong):.4f}, recall"
        f" {right / true:.4f} of pairs; {at_home} false links between people of one household, {wrong - at_home} others"
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "force"
        linkage_force.write(out, times=TIMES, seed=SEED)
        force = linkage_force.read(out)
    card = {
        "trained_on": f"the made-up force, {TIMES} times the small one, its seed {SEED}; no truth was read",
        "trained_on_day": "2026-11-26",
        "how": (
            "u from random pairs, m by expectation-maximisation, 3 % of hand-set chances kept; partners counted; the"
            " household class counted at one home, 10 % of hand-set chances kept"
        ),
        "known_limits": (
            "made-up telephones come from 1,000 numbers, so a shared one weighs less than it would; made-up people keep"
            " their sex, e-mail and telephone, real ones do not, and real ones of one household share them; nothing here was"
            " learnt from a real person"
        ),
    }
    bounds = Thresholds(6.0, 0.0, -1.0)
    model = train_model(
        force.records, model_name=SHIPPED, random_seed=SEED, thresholds=bounds, model_card=card, random_pairs=10_000_000
    )
    model = replace(model, card={**model.card, "measured": measured(model)})
    target = Path(__file__).parents[1] / "src" / "duecare" / "linkage" / "models" / f"{SHIPPED}.json"
    target.write_text(model.to_json() + "\n", encoding="utf-8")
    sys.stderr.write(f"{target.name}: {model.trained_records} records, {model.partners} partners\n")
    sys.stderr.write(f"{model.card['measured']}\n")


if __name__ == "__main__":
    main()
