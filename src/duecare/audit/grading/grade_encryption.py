"""Concealing what is sealed: for a side's key, or for a grader's own, always of one length."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke, serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from duecare.vocabulary.refusals import Refusal

LENGTH: Final = 64 * 1024
LENGTH_BYTES: Final = 4
MOST_BYTES: Final = LENGTH - LENGTH_BYTES
NONCE: Final = 12
OWN_KEY_BYTES: Final = 32
_SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A side's new key: the public half, raw, and the private half as PKCS 8 under its passphrase."""

    public: bytes
    private_pem: bytes


def make_key(passphrase: str) -> KeyPair:
    """A new key for a side.

    Raises:  AUD-035 without a passphrase.
    """
    if not passphrase:
        raise Refusal("AUD-035", found="no passphrase")
    private_key = X25519PrivateKey.generate()
    return KeyPair(
        private_key.public_key().public_bytes_raw(),
        private_key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(passphrase.encode()),
        ),
    )


def read_key(pem_bytes: bytes, passphrase: str) -> X25519PrivateKey:
    """The private key of this file.

    Raises:  AUD-035 where the file is none, or the passphrase is not its own.
    """
    try:
        private_key = serialization.load_pem_private_key(pem_bytes, passphrase.encode())
    except (ValueError, TypeError) as error:
        raise Refusal("AUD-035", found="a file or a passphrase that is not the key’s") from error
    if not isinstance(private_key, X25519PrivateKey):
        raise Refusal("AUD-035", found="a key of another kind")
    return private_key


def key_fingerprint(public: bytes) -> str:
    """Sixteen characters, read aloud in fours, by which people recognise this public key.

    Example:
        >>> key_fingerprint(bytes(32))
        '6668 7aad f862 bd77'
    """
    digits = hashlib.sha256(public).hexdigest()[:16]
    return " ".join(digits[digit_position : digit_position + 4] for digit_position in range(0, 16, 4))


def conceal_content(content: bytes, public: bytes, content_name: str) -> bytes:
    """Conceal these bytes so that only the private half of this key opens them, and their length tells nothing.

    Shape:   `content_name` names what it is, so that one thing concealed cannot be put in another's place.
    Raises:  AUD-031 where they are too long.
    Source:  RFC 9180: X25519, HKDF-SHA256, ChaCha20-Poly1305; docs/decisions/0023.
    """
    return _SUITE.encrypt(_pad_content(content), X25519PublicKey.from_public_bytes(public), content_name.encode())


def reveal_content(concealed: bytes, private_key: X25519PrivateKey, content_name: str) -> bytes:
    """What was concealed for this key.

    Raises:  AUD-035 where it was concealed for another key, as something else, or was changed since.
    """
    try:
        return _unpad_content(_SUITE.decrypt(concealed, private_key, content_name.encode()))
    except (InvalidTag, ValueError) as error:
        raise Refusal("AUD-035", found="what is not concealed for this key") from error


def make_own_key() -> bytes:
    """A new key for a grader's drafts."""
    return os.urandom(OWN_KEY_BYTES)


def conceal_draft(content: bytes, own_key: bytes, content_name: str) -> bytes:
    """Conceal a draft so that only the grader's own key opens it, and its length tells nothing.

    Raises:  AUD-031 where it is too long.
    """
    nonce = os.urandom(NONCE)
    return nonce + ChaCha20Poly1305(own_key).encrypt(nonce, _pad_content(content), content_name.encode())


def reveal_draft(concealed: bytes, own_key: bytes, content_name: str) -> bytes | None:
    """The draft that was concealed; None where this is another key."""
    try:
        return _unpad_content(
            ChaCha20Poly1305(own_key).decrypt(concealed[:NONCE], concealed[NONCE:], content_name.encode())
        )
    except (InvalidTag, ValueError):
        return None


def _pad_content(content: bytes) -> bytes:
    if len(content) > MOST_BYTES:
        raise Refusal("AUD-031", faults=("it is too long to save",))
    return len(content).to_bytes(LENGTH_BYTES) + content.ljust(MOST_BYTES, b"\0")


def _unpad_content(padded: bytes) -> bytes:
    length = int.from_bytes(padded[:LENGTH_BYTES])
    if len(padded) != LENGTH or length > MOST_BYTES:
        raise ValueError("not padded as ours are")
    return padded[LENGTH_BYTES : LENGTH_BYTES + length]
