"""What the letters of a limit's reference mean: `CU8` is the eighth limit about custody."""

from __future__ import annotations

import re
from typing import Final

REFERENCE_SUBJECTS: Final = {
    "AL": "allocation, supervision and the force's own duties to a case",
    "CP": "child protection: police protection, conferences, referrals, crime recording",
    "CU": "children in custody",
    "MI": "missing children",
    "RO": "registered sex offenders",
    "SC": "standards first asked for by a scenario of inspection, named after it",
}
"""Letters -> the subject. A new limit takes the letters of its subject and the next number that no limit has had."""

REFERENCE: Final = re.compile(r"(?P<letters>[A-Z]{2})(?P<number>[1-9]\d*)")


def subject_of_reference(reference: str) -> str:
    """The subject of a limit's reference.

    Raises:  ValueError where the reference is not two known letters and a number.
    """
    match = REFERENCE.fullmatch(reference)
    if match is None or match["letters"] not in REFERENCE_SUBJECTS:
        raise ValueError(f"{reference!r} is not two letters of {', '.join(REFERENCE_SUBJECTS)} and a number")
    return REFERENCE_SUBJECTS[match["letters"]]
