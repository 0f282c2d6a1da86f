"""Take out of package-lock.json what npm does not need and this repository may not hold: web addresses."""

import json
from pathlib import Path

LOCK = Path("package-lock.json")

lock = json.loads(LOCK.read_text(encoding="utf-8"))
for package in lock["packages"].values():
    package.pop("funding", None)
    package.pop("resolved", None)
LOCK.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
