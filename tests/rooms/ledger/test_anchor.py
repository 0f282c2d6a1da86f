"""Anchors: signed, written, read back, forged; and the key that signs them."""

import errno
import json
import os
import stat
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from duecare import ledger
from duecare.ledger.entry import LARGEST_NUMBER
from duecare.vocabulary.refusals import Refusal

KEY = Ed25519PrivateKey.generate()
AT = datetime(2026, 3, 1, 9, 30, 0, tzinfo=UTC)
ANCHOR = ledger.sign_anchor(12, b"r" * 32, AT, KEY)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def code(call, *given):
    with pytest.raises(Refusal) as refused:
        call(*given)
    return refused.value.code


def test_an_anchor_written_and_read_back_is_the_same_and_signed():
    read = ledger.from_text(ledger.to_text(ANCHOR))

    assert read == ANCHOR
    assert ledger.is_signed_by(read, KEY.public_key())


@pytest.mark.parametrize(
    "forged",
    [
        replace(ANCHOR, size=13),
        replace(ANCHOR, root=b"s" * 32),
        replace(ANCHOR, at=AT + timedelta(seconds=1)),
        replace(ANCHOR, signature=bytes(64)),
        ledger.sign_anchor(12, b"r" * 32, AT, Ed25519PrivateKey.generate()),
    ],
    ids=["size", "root", "time", "signature", "another key"],
)
def test_a_forged_anchor_is_not_signed(forged):
    assert not ledger.is_signed_by(forged, KEY.public_key())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("duecare ledger anchor 1", "duecare ledger anchor 2"),
        ('"size": 12', '"size": true'),
        ('"size": 12', '"size": -1'),
        ('"size": 12', '"size": "12"'),
        ("+00:00", ""),
        ("72727272", "7272727"),
        ("72727272", "7272727Z"),
        ("{", "["),
        ("{", "[" * 100_000),
    ],
)
def test_a_file_that_is_no_anchor_is_refused(old, new):
    assert code(ledger.from_text, ledger.to_text(ANCHOR).replace(old, new)) == "LED-005"


def test_a_list_is_no_anchor():
    assert code(ledger.from_text, "[]") == "LED-005"


def test_a_key_made_is_the_key_read_and_nobody_else_may_open_its_file(tmp_path):
    made = ledger.make_key(tmp_path / "keys" / "ledger.pem")

    assert stat.S_IMODE((tmp_path / "keys" / "ledger.pem").stat().st_mode) == 0o600
    assert names(tmp_path / "keys") == ["ledger.pem"]
    anchor = ledger.sign_anchor(1, b"r" * 32, AT, ledger.read_key(tmp_path / "keys" / "ledger.pem"))
    assert ledger.is_signed_by(anchor, ledger.read_public(ledger.public_text(made.public_key())))


def test_a_key_is_never_overwritten(tmp_path):
    path = tmp_path / "ledger.pem"
    ledger.make_key(path)
    before = path.read_bytes()

    assert code(ledger.make_key, path) == "LED-006"
    assert path.read_bytes() == before
    assert names(tmp_path) == ["ledger.pem"]


def test_a_key_that_others_can_open_is_refused(tmp_path):
    ledger.make_key(tmp_path / "ledger.pem")
    (tmp_path / "ledger.pem").chmod(0o640)

    assert code(ledger.read_key, tmp_path / "ledger.pem") == "LED-006"


def test_files_that_hold_no_such_key_are_refused(tmp_path):
    other = X25519PrivateKey.generate()
    pem = other.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    for name, held in {"junk": b"junk", "other": pem}.items():
        (tmp_path / name).write_bytes(held)
        (tmp_path / name).chmod(0o600)

        assert code(ledger.read_key, tmp_path / name) == "LED-006"
    assert code(ledger.read_key, tmp_path / "absent") == "LED-006"
    public = other.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    assert code(ledger.read_public, public.decode()) == "LED-006"
    assert code(ledger.read_public, "junk") == "LED-006"


def test_first_starts_at_once_agree_on_one_key(tmp_path):
    path, made = tmp_path / "ledger.pem", []
    starts = [threading.Thread(target=lambda: made.append(ledger.read_or_make_key(path))) for _ in range(8)]
    for start in starts:
        start.start()
    for start in starts:
        start.join()

    assert len({ledger.public_text(key.public_key()) for key in made}) == 1
    assert len(made) == 8


def test_where_no_key_can_be_made_that_is_said(tmp_path):
    (tmp_path / "file").write_text("")

    assert code(ledger.read_or_make_key, tmp_path / "file" / "ledger.pem") == "LED-006"


def test_a_key_that_another_start_made_meanwhile_is_the_key(tmp_path, monkeypatch):
    path, make = tmp_path / "ledger.pem", ledger.make_key

    def another_was_first(wanted):
        make(wanted)
        return make(wanted)

    monkeypatch.setattr("duecare.ledger.anchor.make_key", another_was_first)

    assert ledger.public_text(ledger.read_or_make_key(path).public_key()) == ledger.public_text(
        ledger.read_key(path).public_key()
    )


def sent(**changed):
    return json.dumps({**json.loads(ledger.to_text(ANCHOR)), **changed})


@pytest.mark.parametrize(
    ("size", "is_taken"), [(-1, False), (0, True), (LARGEST_NUMBER, True), (LARGEST_NUMBER + 1, False)]
)
def test_a_ledger_may_be_empty_and_no_larger_than_a_number_can_say(size, is_taken):
    if is_taken:
        assert ledger.from_text(sent(size=size)).size == size
    else:
        assert code(ledger.from_text, sent(size=size)) == "LED-005"


@pytest.mark.parametrize("field", ["root", "signature"])
def test_a_list_of_letters_is_no_text_in_hex(field):
    letters = list(json.loads(ledger.to_text(ANCHOR))[field])

    assert code(ledger.from_text, sent(**{field: letters})) == "LED-005"


def test_a_forged_anchor_is_a_plain_no():
    assert ledger.is_signed_by(replace(ANCHOR, size=13), KEY.public_key()) is False


@pytest.mark.parametrize("mode", [0o601, 0o602, 0o604, 0o610, 0o620, 0o640])
def test_a_key_that_anybody_else_may_use_in_any_way_is_not_used(tmp_path, mode):
    key_file = tmp_path / "key.pem"
    ledger.make_key(key_file)
    key_file.chmod(mode)

    assert code(ledger.read_key, key_file) == "LED-006"


def test_a_second_key_may_stand_beside_the_first(tmp_path):
    ledger.make_key(tmp_path / "one.pem")
    ledger.make_key(tmp_path / "two.pem")

    assert names(tmp_path) == ["one.pem", "two.pem"]


def test_where_no_key_can_be_made_the_reason_is_that_of_making_it(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")

    with pytest.raises(Refusal) as refused:
        ledger.read_or_make_key(blocked / "key.pem")

    assert refused.value.code == "LED-006"
    assert refused.value.found == os.strerror(errno.EEXIST)
