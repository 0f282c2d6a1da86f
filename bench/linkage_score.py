"""How good are these people? Pairwise and B-cubed precision, recall and F1, taken on clusters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping


def _twos(number: int) -> int:
    return number * (number - 1) // 2


def measure(found: Mapping[str, str], truth: Mapping[str, str]) -> dict[str, float]:
    """Pair and B-cubed figures, the largest person found and the largest true one.

    Units:   proportions 0..1; counts of records.
    """
    by_found, by_truth = Counter(found[r] for r in truth), Counter(truth.values())
    both = Counter((found[record], who) for record, who in truth.items())
    hit = sum(_twos(n) for n in both.values())
    precision = hit / max(1, sum(_twos(n) for n in by_found.values()))
    recall = hit / max(1, sum(_twos(n) for n in by_truth.values()))
    b_precision = sum(n * n / by_found[f] for (f, _), n in both.items()) / len(truth)
    b_recall = sum(n * n / by_truth[t] for (_, t), n in both.items()) / len(truth)
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / max(1e-12, precision + recall),
        "b_precision": b_precision,
        "b_recall": b_recall,
        "b_f1": 2 * b_precision * b_recall / (b_precision + b_recall),
        "people": len(by_found),
        "largest": max(by_found.values()),
        "largest_true": max(by_truth.values()),
    }
