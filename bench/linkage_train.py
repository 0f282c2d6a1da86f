"""Train the shipped model again, on a made-up force written anew: `python bench/linkage_train.py`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import linkage_force

from duecare.linkage import Thresholds, train
from duecare.linkage.model import SHIPPED

TIMES, SEED = 12, 7


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "force"
        linkage_force.write(out, times=TIMES, seed=SEED)
        force = linkage_force.read(out)
    card = {
        "trained_on": f"the made-up force, {TIMES} times the small one, its seed {SEED}; no truth was read",
        "how": "u from random pairs, m by expectation-maximisation, 3 % of hand-set chances kept; partners counted",
        "known_limits": (
            "made-up telephones come from 1,000 numbers, so a shared one weighs less than it would; made-up people keep"
            " their sex, e-mail and telephone, real ones do not; nothing here was learnt from a real person"
        ),
    }
    bounds = Thresholds(6.0, 0.0, 1.0)
    model = train(force.records, name=SHIPPED, seed=SEED, thresholds=bounds, card=card, random_pairs=10_000_000)
    target = Path(__file__).parents[1] / "src" / "duecare" / "linkage" / "models" / f"{SHIPPED}.json"
    target.write_text(model.to_json() + "\n", encoding="utf-8")
    sys.stderr.write(f"{target.name}: {model.trained_records} records, {model.partners} partners\n")


if __name__ == "__main__":
    main()
