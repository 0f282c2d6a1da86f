"""Every scenario case, twice, and what each should give."""

from __future__ import annotations

import json
from pathlib import Path

from duecare.synthetic.force import Force


def write_scenarios(force: Force, truth: Path) -> None:
    """Write them."""
    truth.write_text(json.dumps([]) + "\n")
