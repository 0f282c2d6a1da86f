"""Signed checkpoints of the ledger, to be stored by someone else, and the key that signs them."""

from __future__ import annotations

import json
import os
import re
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from duecare.ledger.entry import LARGEST_NUMBER
from duecare.vocabulary.moments import iso_text, whole_second
from duecare.vocabulary.refusals import Refusal

ANCHOR_KIND: Final = "duecare ledger anchor 1"
_OPEN_TO_OTHERS: Final = 0o077
_HEX = re.compile(r"[0-9a-f]+")


@dataclass(frozen=True, slots=True)
class Anchor:
    """The number of entries and root of the ledger at a time, and who signed that.

    Units:   UTC, whole seconds; `signature` is Ed25519 over the canonical JSON of the rest.
    """

    size: int
    root: bytes
    at: datetime
    signature: bytes


def sign_anchor(tree_size: int, tree_root: bytes, signed_at: datetime, private_key: Ed25519PrivateKey) -> Anchor:
    """Sign an anchor: at this time the ledger had this size and this root."""
    signed_at = whole_second(signed_at)
    return Anchor(tree_size, tree_root, signed_at, private_key.sign(_signed_bytes(tree_size, tree_root, signed_at)))


def is_signed_by(anchor: Anchor, public_key: Ed25519PublicKey) -> bool:
    """Whether this anchor was signed by the owner of this key."""
    try:
        public_key.verify(anchor.signature, _signed_bytes(anchor.size, anchor.root, anchor.at))
    except InvalidSignature:
        return False
    return True


def to_text(anchor: Anchor) -> str:
    """The text of an anchor in a file: one JSON object on one line."""
    fields = {
        "what": ANCHOR_KIND,
        "size": anchor.size,
        "root": anchor.root.hex(),
        "at": iso_text(anchor.at),
        "signature": anchor.signature.hex(),
    }
    return json.dumps(fields) + "\n"


def from_text(anchor_text: str) -> Anchor:
    """Read the anchor in this file; its signature is not yet checked.

    Raises:  LED-005 if it is no anchor.
    """
    try:
        payload = json.loads(anchor_text)
    except (ValueError, RecursionError) as error:
        raise Refusal("LED-005", found="no JSON") from error
    if not isinstance(payload, dict) or payload.get("what") != ANCHOR_KIND:
        raise Refusal("LED-005", found=f"no JSON object with `what` equal to {ANCHOR_KIND!r}")
    tree_size, written_at = payload.get("size"), payload.get("at")
    if not isinstance(tree_size, int) or isinstance(tree_size, bool) or not 0 <= tree_size <= LARGEST_NUMBER:
        raise Refusal("LED-005", found="`size` is not a number of entries")
    try:
        moment = whole_second(datetime.fromisoformat(str(written_at)))
    except (ValueError, OverflowError) as error:
        raise Refusal("LED-005", found="`at` is not a time with an offset") from error
    return Anchor(tree_size, _hex_field(payload, "root", 32), moment, _hex_field(payload, "signature", 64))


def make_key(key_file: Path) -> Ed25519PrivateKey:
    """A new signing key, kept in a new file that its owner alone can read.

    Raises:  LED-006 if the file is already there or cannot be made; an existing key is never overwritten.
    """
    private_key = Ed25519PrivateKey.generate()
    pem_bytes = private_key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    try:
        key_file.parent.mkdir(parents=True, exist_ok=True)
        # Written whole beside it, then linked: nobody ever reads half a key, and of two first starts one wins.
        descriptor, temporary_file = tempfile.mkstemp(dir=key_file.parent, prefix=".key-")
        try:
            with os.fdopen(descriptor, "wb") as open_file:
                open_file.write(pem_bytes)
                open_file.flush()
                os.fsync(open_file.fileno())
            os.link(temporary_file, key_file)
        finally:
            Path(temporary_file).unlink()
    except OSError as error:
        raise Refusal("LED-006", where=str(key_file), found=error.strerror or "it cannot be made") from error
    return private_key


def read_key(key_file: Path) -> Ed25519PrivateKey:
    """The signing key kept in this file.

    Raises:  LED-006 if it is missing, open to others, or no Ed25519 key.
    """
    try:
        with key_file.open("rb") as open_file:
            if os.fstat(open_file.fileno()).st_mode & _OPEN_TO_OTHERS:
                raise Refusal("LED-006", where=str(key_file), found="a file that others than its owner can open")
            private_key = serialization.load_pem_private_key(open_file.read(), password=None)
    except OSError as error:
        raise Refusal("LED-006", where=str(key_file), found=error.strerror or "it cannot be read") from error
    except (ValueError, TypeError) as error:
        raise Refusal("LED-006", where=str(key_file), found="no private key in PEM form") from error
    if not isinstance(private_key, Ed25519PrivateKey):
        raise Refusal("LED-006", where=str(key_file), found="a key of another kind than Ed25519")
    return private_key


def read_or_make_key(key_file: Path) -> Ed25519PrivateKey:
    """The key kept in this file, made now if there is none yet.

    Raises:  LED-006 as `read_key`.
    """
    if not key_file.exists():
        try:
            return make_key(key_file)
        except Refusal:
            if not key_file.exists():
                raise
    return read_key(key_file)


def public_text(public_key: Ed25519PublicKey) -> str:
    """The public half for those who verify, as PEM."""
    return public_key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode(
        "ascii"
    )


def read_public(pem_text: str) -> Ed25519PublicKey:
    """Read the public key in this PEM text.

    Raises:  LED-006 if it is no Ed25519 public key.
    """
    try:
        public_key = serialization.load_pem_public_key(pem_text.encode("utf-8"))
    except ValueError as error:
        raise Refusal("LED-006", found="no public key in PEM form") from error
    if not isinstance(public_key, Ed25519PublicKey):
        raise Refusal("LED-006", found="a key of another kind than Ed25519")
    return public_key


def _signed_bytes(tree_size: int, tree_root: bytes, signed_at: datetime) -> bytes:
    return rfc8785.dumps({"what": ANCHOR_KIND, "size": tree_size, "root": tree_root.hex(), "at": iso_text(signed_at)})


def _hex_field(payload: dict[str, object], field_name: str, length: int) -> bytes:
    hex_text = payload.get(field_name)
    if not isinstance(hex_text, str) or len(hex_text) != 2 * length or not _HEX.fullmatch(hex_text):
        raise Refusal("LED-005", found=f"`{field_name}` is not {length} bytes in hex")
    return bytes.fromhex(hex_text)
