"""The keys that sign service tokens: how they are made, kept, and read again."""

import json
import warnings
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from accounts.keyring import Keyring
from models import SigningKey

if TYPE_CHECKING:
    from joserfc.jwk import ECKey, OKPKey

TOKEN_LIFETIME = timedelta(minutes=5)
"""How long a service token is valid. A client then asks for another one with its session."""

PUBLISHED_AHEAD = timedelta(minutes=10)
"""How long a new key is published before it signs: twice as long as services may keep the keys."""

KEYS_LIFETIME = timedelta(minutes=5)
"""How long services may keep the published keys (`Cache-Control`)."""

CLOCK_LEEWAY = timedelta(minutes=1)
"""How far a service's clock may be behind: keys are published for that much longer."""


class Algorithm(StrEnum):
    """How a key signs (RFC 7518, RFC 8037). There is none with a secret that services share."""

    ES256 = "ES256"
    """ECDSA on P-256: what every JWT library knows."""
    EDDSA = "EdDSA"
    """Ed25519."""


def new_signing_key(
    algorithm: Algorithm, *, now: datetime, signs_from: datetime, keys: Keyring
) -> SigningKey:
    """A new key pair. Its private key is encrypted with the server's newest secret key."""
    made = _key_pair(algorithm)
    kid = made.thumbprint()
    while kid.startswith("-"):  # a command would read such an argument as an option
        made = _key_pair(algorithm)
        kid = made.thumbprint()
    public = {**made.as_dict(private=False), "kid": kid, "use": "sig", "alg": algorithm}
    return SigningKey(
        kid=kid,
        algorithm=algorithm,
        public_key=public,
        private_key=_encrypted(made.as_dict(private=True), keys=keys),
        created_at=now,
        signs_from=signs_from,
    )


def _key_pair(algorithm: Algorithm) -> "ECKey | OKPKey":
    from joserfc.jwk import ECKey, OKPKey  # slow to import, and most commands need none

    match algorithm:
        case Algorithm.ES256:
            return ECKey.generate_key("P-256", private=True)
        case Algorithm.EDDSA:
            return OKPKey.generate_key("Ed25519", private=True)


def superseded_after(now: datetime) -> datetime:
    """A key that another one replaced before this time has no valid tokens any more."""
    return now - TOKEN_LIFETIME - CLOCK_LEEWAY


def signed(claims: dict[str, Any], *, key: SigningKey, keys: Keyring) -> str:
    """The claims as a JWT. Raises SecretKeyGoneError if the server cannot read the private key."""
    from joserfc import jwt

    header = {"typ": "at+jwt", "alg": key.algorithm, "kid": key.kid}
    private = _private_key(key.private_key, keys)
    return jwt.encode(header, claims, private, algorithms=[key.algorithm])


def is_readable(key: SigningKey, *, keys: Keyring) -> bool:
    """Whether the secret key that encrypts the private key is still among the server's."""
    try:
        _private_key(key.private_key, keys)
    except LookupError:
        return False
    return True


def _encrypted(private: Any, *, keys: Keyring) -> str:
    from joserfc import jwe
    from joserfc.jwk import OctKey

    header = {"alg": "dir", "enc": "A256GCM", "kid": keys.newest}
    secret = OctKey.import_key(keys.signing_key_secret(keys.newest))
    return jwe.encrypt_compact(header, json.dumps(private), secret)


@lru_cache(maxsize=8)
def _private_key(encrypted: str, keys: Keyring) -> "ECKey | OKPKey":
    """The private key. Decrypting and reading it takes longer than a signature."""
    from joserfc import jwe
    from joserfc.errors import SecurityWarning
    from joserfc.jwk import JWKRegistry, OctKey

    # Older libraries, such as PyJWT, know Ed25519 only by the name that RFC 9864 deprecates.
    warnings.filterwarnings("ignore", "EdDSA is deprecated", SecurityWarning)

    def secret(header: Any) -> OctKey:
        return OctKey.import_key(keys.signing_key_secret(header.headers()["kid"]))

    private: Any = json.loads(jwe.decrypt_compact(encrypted, secret).plaintext or "")
    key: Any = JWKRegistry.import_key(private)
    return key  # type: ignore[no-any-return] # one of the two, as `new_signing_key` makes it
