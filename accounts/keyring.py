"""One-time codes and link tokens, derived from a server key and a verification's id.

They are not stored. A dump of the database holds nothing usable, and a mail can be composed again
after a crash with the same content.
"""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias, get_args
from uuid import UUID

from models import Purpose

Kind: TypeAlias = Literal["otp", "link", "test otp"]

DIGITS = 6
_MAC_BYTES = 32
_ID_BYTES = 16
MIN_KEY_LENGTH = 32
"""Characters. 32 random hexadecimal digits are 128 bits, the minimum for an HMAC key against
offline guessing (NIST SP 800-107r1 5.3.4)."""


class SecretKeyGoneError(LookupError):
    """The key of a verification is no longer among the server's keys."""


class Keyring:
    """The server's secret keys, newest first. New codes use the newest; the others check old ones.

    Codes and links of each purpose have derived keys of their own, so that a value for one purpose
    reveals nothing about another, and never serves it.
    """

    def __init__(self, secrets: Sequence[str]) -> None:
        self._keys = {_key_id(secret): secret.encode() for secret in secrets}
        self._derived_keys = {
            (key_id, use): _prepared(hmac.digest(secret, f"connectx {use}".encode(), "sha256"))
            for key_id, secret in self._keys.items()
            for use in _USES
        }
        self.newest = _key_id(secrets[0])

    def __repr__(self) -> str:
        return f"Keyring({', '.join(self._keys)})"

    def otp(
        self, verification_id: UUID, *, purpose: Purpose = Purpose.REGISTRATION, key_id: str
    ) -> str:
        """The six-digit code of a verification (RFC 4226 5.3, with the id in place of the counter).

        Raises SecretKeyGoneError if the key is no longer in use.
        """
        return _digits(self._mac(verification_id.bytes, key_id, _use("otp", purpose)))

    def test_otp(self, address: str, *, purpose: Purpose) -> str:
        """The code of a test address, which is the same for all of its verifications."""
        return _digits(self._mac(_encoded(address), self.newest, _use("test otp", purpose)))

    def link_token(
        self, verification_id: UUID, *, purpose: Purpose = Purpose.REGISTRATION, key_id: str
    ) -> str:
        """The token of a verification's link: its id and a 256-bit HMAC, 64 URL-safe characters."""
        mac = self._mac(verification_id.bytes, key_id, _use("link", purpose))
        return urlsafe_b64encode(verification_id.bytes + mac).decode()

    def read_link_token(
        self, token: str, *, purpose: Purpose = Purpose.REGISTRATION
    ) -> UUID | None:
        """The verification's id in an authentic token for this purpose; None for any other text."""
        try:
            raw = urlsafe_b64decode(token.encode("ascii"))
        except (Base64Error, ValueError):
            return None
        # Decoding skips stray characters, so the comparison below uses the canonical spelling.
        if len(raw) != _ID_BYTES + _MAC_BYTES:
            return None
        verification_id = UUID(bytes=raw[:_ID_BYTES])
        for key_id in self._keys:
            expected = self.link_token(verification_id, purpose=purpose, key_id=key_id)
            if hmac.compare_digest(expected.encode(), token.encode()):
                return verification_id
        return None

    def signing_key_secret(self, key_id: str) -> bytes:
        """The 256-bit key that encrypts the private keys of service tokens in the database.

        Raises SecretKeyGoneError if the key is no longer in use.
        """
        return self._mac(b"", key_id, _SIGNING_KEYS)

    def address_hash(self, address: str) -> str:
        """The keyed hash that counters use for an address, so that they name nobody."""
        return self._address_hash(address, key_id=self.newest)

    def address_hashes(self, address: str) -> list[str]:
        """The address's hash under each key, to find entries that an older key made."""
        return [self._address_hash(address, key_id=key_id) for key_id in self._keys]

    def _address_hash(self, address: str, *, key_id: str) -> str:
        return self._mac(_encoded(address), key_id, "address").hex()

    def _mac(self, message: bytes, key_id: str, use: str) -> bytes:
        try:
            mac = self._derived_keys[key_id, use].copy()
        except KeyError:
            raise SecretKeyGoneError(key_id) from None
        mac.update(message)
        return mac.digest()


def _encoded(address: str) -> bytes:
    return address.encode("utf-8", "surrogatepass")


def _digits(mac: bytes) -> str:
    """Six digits of a MAC (RFC 4226 5.3)."""
    offset = mac[-1] & 0x0F
    number = int.from_bytes(mac[offset : offset + 4]) & 0x7FFF_FFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def _use(kind: Kind, purpose: Purpose) -> str:
    """What a derived key is for. Codes and links for registrations are those of release 0.1."""
    return kind if purpose is Purpose.REGISTRATION else f"{kind} {purpose}"


_SIGNING_KEYS = "signing keys"
_USES = (
    "address",
    _SIGNING_KEYS,
    *(_use(kind, purpose) for kind in get_args(Kind) for purpose in Purpose),
)


class AttemptKeys(NamedTuple):
    """The keys of the counters of wrong codes, in the order of their locks, which is descending."""

    address: str
    verification: str
    account: str

    @classmethod
    def of(cls, address_hash: str, *, verification_id: UUID | None) -> "AttemptKeys":
        """The keys of an address. The hash stands in for the id if there is no verification."""
        return cls(
            address=f"guesses/told/{address_hash}",
            verification=f"guesses/code/{verification_id or address_hash}",
            account=f"guesses/account/{address_hash}",
        )


def _prepared(key: bytes) -> hmac.HMAC:
    """An HMAC that is copied for each message, which is faster than making a new one."""
    return hmac.new(key, digestmod="sha256")


def _key_id(secret: str) -> str:
    return hashlib.sha256(b"connectx key id " + secret.encode()).hexdigest()[:16]
