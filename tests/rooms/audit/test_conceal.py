"""What is concealed opens with its own key alone, whole or not at all, and its length says nothing."""

import pytest
from cryptography.hazmat.primitives import hpke, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from duecare.audit.grading.grade_encryption import (
    MOST_BYTES,
    conceal_content,
    conceal_draft,
    key_fingerprint,
    make_key,
    make_own_key,
    read_key,
    reveal_content,
    reveal_draft,
)
from duecare.vocabulary.refusals import Refusal

WHAT = "round R1, merlin M/1"


@pytest.fixture(scope="module")
def pair():
    return make_key("three made up words")


@pytest.fixture(scope="module")
def key(pair):
    return read_key(pair.private_pem, "three made up words")


@given(st.binary(max_size=2_000))
def test_what_is_concealed_is_revealed_by_its_key(pair, key, content):
    assert reveal_content(conceal_content(content, pair.public, WHAT), key, WHAT) == content


@given(st.binary(max_size=2_000), st.binary(max_size=2_000))
def test_whatever_is_said_the_length_is_the_same(pair, one, other):
    own = make_own_key()

    assert len(conceal_content(one, pair.public, WHAT)) == len(conceal_content(other, pair.public, WHAT))
    assert len(conceal_draft(one, own, WHAT)) == len(conceal_draft(other, own, WHAT))


def test_the_longest_there_can_be_has_the_same_length_and_one_more_is_refused(pair, key):
    longest = b"x" * MOST_BYTES

    assert len(conceal_content(longest, pair.public, WHAT)) == len(conceal_content(b"", pair.public, WHAT))
    assert reveal_content(conceal_content(longest, pair.public, WHAT), key, WHAT) == longest
    with pytest.raises(Refusal) as refused:
        conceal_content(longest + b"x", pair.public, WHAT)
    assert refused.value.code == "AUD-031"


def test_the_words_are_not_in_what_is_concealed(pair):
    assert b"inadequate" not in conceal_content(b"inadequate" * 50, pair.public, WHAT)
    assert b"inadequate" not in conceal_draft(b"inadequate" * 50, make_own_key(), WHAT)


def code_of(act):
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.code


def test_another_key_another_name_or_a_changed_byte_opens_nothing(pair, key):
    concealed = conceal_content(b"a judgement", pair.public, WHAT)
    another = read_key(make_key("x").private_pem, "x")
    changed = concealed[:-1] + bytes([concealed[-1] ^ 1])

    assert code_of(lambda: reveal_content(concealed, another, WHAT)) == "AUD-035"
    assert code_of(lambda: reveal_content(concealed, key, "round R1, merlin M/2")) == "AUD-035"
    assert code_of(lambda: reveal_content(changed, key, WHAT)) == "AUD-035"
    assert code_of(lambda: reveal_content(b"", key, WHAT)) == "AUD-035"
    assert code_of(lambda: reveal_content(concealed[:40], key, WHAT)) == "AUD-035"


def test_what_is_not_padded_as_ours_is_refused(pair, key):
    suite = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)
    public = X25519PublicKey.from_public_bytes(pair.public)

    for content in (b"", b"a short one", b"\xff" * 64 * 1024):
        concealed = suite.encrypt(content, public, WHAT.encode())
        assert code_of(lambda concealed=concealed: reveal_content(concealed, key, WHAT)) == "AUD-035"


def test_the_key_file_is_under_its_passphrase(pair):
    assert b"ENCRYPTED PRIVATE KEY" in pair.private_pem
    assert code_of(lambda: read_key(pair.private_pem, "another")) == "AUD-035"
    assert code_of(lambda: read_key(pair.private_pem, "")) == "AUD-035"
    assert code_of(lambda: read_key(b"no key", "x")) == "AUD-035"
    assert code_of(lambda: make_key("")) == "AUD-035"


def test_a_key_of_another_kind_is_refused():
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.BestAvailableEncryption(b"x")
    )

    assert code_of(lambda: read_key(pem, "x")) == "AUD-035"


def test_a_key_is_known_again_by_its_fingerprint(pair):
    assert key_fingerprint(pair.public) == key_fingerprint(pair.public)
    assert key_fingerprint(pair.public) != key_fingerprint(make_key("x").public)
    assert len(key_fingerprint(pair.public)) == 19


def test_a_draft_opens_with_the_graders_own_key_for_its_own_file_alone():
    own = make_own_key()
    concealed = conceal_draft(b"so far", own, WHAT)

    assert reveal_draft(concealed, own, WHAT) == b"so far"
    assert reveal_draft(concealed, own, "another file") is None
    assert reveal_draft(concealed, make_own_key(), WHAT) is None
    assert reveal_draft(b"", own, WHAT) is None
