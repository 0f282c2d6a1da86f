"""What is said of a pair adds up."""

import re

from duecare.cli.explain_link import _reason_lines


def test_the_lines_add_up_to_the_weight_said():
    comparisons = [
        {"name": "given", "level": "same", "weight": 8.66},
        {"name": "sex", "level": "other", "weight": -1.1},
    ]
    said = {"a": "cad:1", "b": "cad:2", "weight": -9.3, "probability": 0.0016, "comparisons": comparisons}

    first, *lines = _reason_lines({**said, "held": None, "judgement": None})

    assert "-9.3 bits" in first
    assert round(sum(float(re.search(r"[-+][\d.]+$", line)[0]) for line in lines), 1) == -9.3
