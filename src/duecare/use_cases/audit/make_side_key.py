"""A side's key: made once, its public half kept, its private half written to a file under a passphrase."""

from __future__ import annotations

import os
from pathlib import Path

from duecare.access.act import Act
from duecare.access.thing import GRADES
from duecare.audit.grading.grade_encryption import key_fingerprint, make_key
from duecare.authorisation.audit_sides import side_of
from duecare.authorisation.authorise import authorise, log_write
from duecare.authorisation.request import Request
from duecare.store.audit import side_keys
from duecare.store.database.transaction import transaction
from duecare.vocabulary.refusals import Refusal


def make_side_key(request: Request, audit_side: str, file_path: Path, passphrase: str) -> str:
    """Make this side's key and write its private half there; the fingerprint of the key.

    Shape:   judgements submitted from now on are concealed for it; those submitted before need the key of before.
    Raises:  ACC-003 unless the viewer leads that side; AUD-035 without a passphrase; AUD-039 where the file is there
             already or cannot be written: then no key is made.
    """
    authorise(request, Act.OPEN_GRADES, GRADES)
    side_of(request, Act.OPEN_GRADES, audit_side)
    key_made = make_key(passphrase)
    try:
        with os.fdopen(os.open(file_path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as key_file:
            key_file.write(key_made.private_pem)
    except OSError as error:
        raise Refusal("AUD-039", found=error.strerror or "it cannot be written") from error
    try:
        with transaction():
            side_keys.keep_key(audit_side, key_made.public, request.now, request.viewer.account)
            known_by = key_fingerprint(key_made.public)
            log_write(request, Act.OPEN_GRADES, outcome=f"done: key {known_by} of the side {audit_side}")
    except Refusal:
        file_path.unlink()
        raise
    return known_by
