"""How far linkage errs on a made-up force of a seed on which no model was trained: whole and by group, for a model's card.

`python -m bench.linkage_error [SEED] [TIMES]`: a force TIMES as large as the small one is written, received, linked and held
against its truth; what stands on standard output goes into the card of the model under `measured_by_group`. A table in
words goes to standard error.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parent))  # its neighbours, as they import each other

import linkage_force

UNSEEN: Final = 31_415_927
"""A seed on which no model was trained."""

_PROGRAM: Final = (sys.executable, "-c", "from duecare.cli import main; main()")


def main() -> None:
    """Measure, and print the table twice: for the card, and for whoever reads."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else UNSEEN
    times = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory(prefix="duecare-measured-") as folder:
        out, home = Path(folder, "force"), Path(folder, "home")
        os.environ.update(DUECARE_HOME=str(home), DUECARE_USER="measurer")
        linkage_force.write(out, times=times, seed=seed)
        _run("enrol-first", "measurer")
        _run("receive", *map(str, sorted(one for one in out.iterdir() if one.is_dir() and one.name != "truth")))
        _run("link")
        print(_measured(out / "truth" / "people.csv", seed))


def _run(*words: str) -> None:
    done = subprocess.run([*_PROGRAM, *words], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"duecare {words[0]}: {done.stderr.strip()}")


def _measured(truth: Path, seed: int) -> str:
    os.environ["DJANGO_SETTINGS_MODULE"] = "duecare.settings"
    import django

    django.setup()
    from duecare.figure.linkage_error.link_groups import groups_of, measured_error, shares_of
    from duecare.store.facts.fact_lookup import records_known
    from duecare.store.linkage.linked_people import every_membership
    from duecare.vocabulary.london_clock import london_day

    with truth.open(encoding="utf-8", newline="") as file:
        told = {f"{row['source']}:{row['record_id']}": row["true_person"] for row in csv.DictReader(file)}
    people = {f"{source}:{record}": person for source, record, person, _ in every_membership()}
    both = people.keys() & told.keys()
    from duecare.store.linkage.linkage_runs import read_record

    known = records_known({read_record(one) for one in both})
    on = london_day(max(one.written_at for one in known.values() if one.written_at is not None))
    found = measured_error(
        {one: people[one] for one in both},
        {one: told[one] for one in both},
        {str(key): groups_of(record, on) for key, record in known.items()},
        force_seed=seed,
    )
    for row, false, missed in shares_of(found.rows):
        words = [f"{share:8.2%}" if share is not None else "       –" for share in (false, missed)]
        name = f"{row.dimension}, {row.group}"
        print(f"{name:50} false {words[0]} of {row.joined:7,}  missed {words[1]} of {row.true:7,}", file=sys.stderr)
    return found.to_text()


if __name__ == "__main__":
    main()
