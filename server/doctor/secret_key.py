"""Checks the secret key."""

import stat

from accounts.keyring import MIN_KEY_LENGTH
from models.configuration import dialect_of
from server.doctor.findings import Finding, failed, fine, warning
from server.secret_key import development_key_file
from server.setting_types.values import split_keys
from server.settings import Settings

_MIN_DISTINCT = 8
"""Distinct characters. One in 25 million random keys of 32 hexadecimal digits has fewer."""
_SET_KEY = "Set CONNECTX_SECRET_KEY to what `connectx secret-key` prints, the same on every node."


async def check_keys(settings: Settings) -> list[Finding]:
    if settings.secret_key is not None:
        keys = split_keys(settings.secret_key)
        if any(len(set(key)) < _MIN_DISTINCT for key in keys):
            return [warning("secret key", "set, but easy to guess", _SET_KEY)]
        older = len(keys) - 1
        return [fine("secret key", f"set, with {older} older keys" if older else "set")]
    if dialect_of(settings.database) != "sqlite":
        return [failed("secret key", "not set, but required with this database", _SET_KEY)]
    return [_development_key(settings)]


def _development_key(settings: Settings) -> Finding:
    path = development_key_file(settings)
    if not path.exists():
        return fine("secret key", "the first start will create it in the data folder")
    try:
        key, mode = path.read_text("utf-8").strip(), stat.S_IMODE(path.stat().st_mode)
    except (OSError, UnicodeDecodeError):
        return failed("secret key", f"{path} cannot be read", "Let this user read it.")
    if len(key) < MIN_KEY_LENGTH:
        return failed("secret key", f"{path} does not hold a key", "Delete it, or set a key.")
    if mode & 0o077:
        return warning("secret key", f"{path} can be read by others", f"Run `chmod 600 {path}`.")
    if settings.public_url is not None:
        return warning("secret key", f"made for development, in {path}", _SET_KEY)
    return fine("secret key", f"made for development, in {path}")
