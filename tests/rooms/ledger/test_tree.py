"""The tree against a naive one written straight from RFC 6962, and proofs that have been forged."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.ledger import tree
from duecare.vocabulary.refusals import Refusal

leaves = st.lists(st.binary(min_size=32, max_size=32), max_size=70)


def naive_root(parts):
    """RFC 6962, section 2.1, word for word."""
    if not parts:
        return hashlib.sha256(b"").digest()
    if len(parts) == 1:
        return parts[0]
    split = 1
    while split * 2 < len(parts):
        split *= 2
    return hashlib.sha256(b"\x01" + naive_root(parts[:split]) + naive_root(parts[split:])).digest()


def test_the_known_roots_of_certificate_transparency():
    # The test vectors of https://github.com/google/certificate-transparency, merkletree/merkle_tree_test.cc
    inputs = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
    roots = {
        1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    }

    grown = [tree.range_of([hashlib.sha256(b"\0" + bytes.fromhex(one)).digest() for one in inputs[:n]]) for n in roots]

    assert [one.root.hex() for one in grown] == list(roots.values())


@given(leaves)
def test_the_root_is_that_of_the_naive_tree(parts):
    assert tree.range_of(parts).root == naive_root(parts)


@given(leaves)
def test_a_range_kept_in_a_row_and_read_back_is_the_same(parts):
    grown = tree.range_of(parts)

    assert tree.CompactRange.from_bytes(grown.to_bytes()) == grown


@given(leaves)
def test_the_peaks_cover_every_entry_once_and_hash_what_they_cover(parts):
    grown = tree.range_of(parts)

    assert [number for first, last in grown.spans for number in range(first, last + 1)] == list(
        range(1, len(parts) + 1)
    )
    assert [naive_root(parts[first - 1 : last]) for first, last in grown.spans] == list(grown.peaks)


@pytest.mark.parametrize("kept", [b"", b"\0" * 7, b"\0" * 9, (3).to_bytes(8, "big") + b"x" * 63], ids=len)
def test_bytes_that_are_no_range_are_refused(kept):
    with pytest.raises(Refusal) as refused:
        tree.CompactRange.from_bytes(kept)

    assert refused.value.code == "LED-003"


@given(leaves.filter(bool), st.data())
def test_every_entry_is_proved_to_be_there(parts, data):
    size = data.draw(st.integers(1, len(parts)))
    index = data.draw(st.integers(0, size - 1))

    proof = tree.inclusion_proof(parts, index, size)

    assert tree.is_included(parts[index], index, size, naive_root(parts[:size]), proof)


@given(leaves, st.data())
def test_every_older_tree_is_proved_to_be_part_of_every_newer_one(parts, data):
    newer = data.draw(st.integers(0, len(parts)))
    older = data.draw(st.integers(0, newer))

    proof = tree.consistency_proof(parts, older, newer)

    assert tree.is_grown_from(older, naive_root(parts[:older]), newer, naive_root(parts[:newer]), proof)


def forgeries(proof, data):
    """A proof one hash too many, one too few, one changed, or two exchanged."""
    forged = list(proof)
    kind = data.draw(st.sampled_from(("more", "fewer", "changed", "exchanged")))
    if kind == "more" or not forged:
        forged.insert(data.draw(st.integers(0, len(forged))), data.draw(st.binary(min_size=32, max_size=32)))
    elif kind == "fewer":
        forged.pop(data.draw(st.integers(0, len(forged) - 1)))
    elif kind == "changed" or len(forged) < 2:
        at = data.draw(st.integers(0, len(forged) - 1))
        forged[at] = bytes([forged[at][0] ^ 1]) + forged[at][1:]
    else:
        forged[0], forged[-1] = forged[-1], forged[0]
    return forged


distinct = st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=70, unique=True)


@given(distinct, st.data())
def test_a_forged_proof_of_an_entry_is_rejected(parts, data):
    size = data.draw(st.integers(1, len(parts)))
    index = data.draw(st.integers(0, size - 1))
    proof = list(tree.inclusion_proof(parts, index, size))
    root = naive_root(parts[:size])

    assert not tree.is_included(parts[index], index, size, root, forgeries(proof, data))
    assert not tree.is_included(b"\0" * 32, index, size, root, proof) or parts[index] == b"\0" * 32
    assert not tree.is_included(parts[index], index, size, hashlib.sha256(root).digest(), proof)
    for other in set(range(-1, size + 1)) - {index}:
        assert not tree.is_included(parts[index], other, size, root, proof)


@given(distinct, st.data())
def test_a_forged_proof_of_growth_is_rejected(parts, data):
    newer = data.draw(st.integers(1, len(parts)))
    older = data.draw(st.integers(1, newer))
    old, new = naive_root(parts[:older]), naive_root(parts[:newer])
    proof = list(tree.consistency_proof(parts, older, newer))

    assert not tree.is_grown_from(older, old, newer, new, forgeries(proof, data))
    assert not tree.is_grown_from(older, hashlib.sha256(old).digest(), newer, new, proof)
    assert not tree.is_grown_from(older, old, newer, hashlib.sha256(new).digest(), proof)
    assert not tree.is_grown_from(newer + 1, old, newer, new, proof)
    assert not tree.is_grown_from(0, old, newer, new, proof) or old == tree.EMPTY_ROOT


@given(distinct.filter(lambda parts: len(parts) > 1), st.data())
def test_a_rewritten_past_has_no_proof_of_growth(parts, data):
    newer = data.draw(st.integers(2, len(parts)))
    older = data.draw(st.integers(1, newer - 1))
    at = data.draw(st.integers(0, older - 1))
    rewritten = [*parts[:at], hashlib.sha256(parts[at]).digest(), *parts[at + 1 :]]

    proof = tree.consistency_proof(rewritten, older, newer)

    assert not tree.is_grown_from(older, naive_root(parts[:older]), newer, naive_root(rewritten[:newer]), proof)


@pytest.mark.parametrize(("index", "size"), [(-1, 2), (2, 2), (0, 4), (0, 0)])
def test_no_proof_is_made_of_an_entry_that_is_not_there(index, size):
    with pytest.raises(Refusal) as refused:
        tree.inclusion_proof([b"a" * 32] * 3, index, size)

    assert refused.value.code == "LED-004"


@pytest.mark.parametrize(("older", "newer"), [(-1, 2), (2, 1), (1, 4)])
def test_no_proof_is_made_of_a_tree_that_is_not_there(older, newer):
    with pytest.raises(Refusal) as refused:
        tree.consistency_proof([b"a" * 32] * 3, older, newer)

    assert refused.value.code == "LED-004"
