"""Checks the list of breached passwords."""

import time
from datetime import timedelta
from hashlib import sha1
from pathlib import Path

from accounts.breached.file import BreachedFile
from accounts.breached.look_up import LookUpFailedError
from server.breached_passwords import is_url
from server.clock import utc_now
from server.doctor.findings import Finding, fine, warning
from server.settings import Settings

_SUBJECT = "breached passwords"
_OLD = timedelta(days=365)
_KNOWN = sha1(b"password", usedforsecurity=False).digest()
"""Every list of breached passwords has it."""


async def check_breached_passwords(settings: Settings) -> list[Finding]:
    source = settings.breached_passwords
    if source is None:
        return [fine(_SUBJECT, "not looked for; the 30,000 most common passwords are refused")]
    return [await _service(source) if is_url(source) else await _file(Path(source))]


async def _file(path: Path) -> Finding:
    hashes = BreachedFile(path)
    age = utc_now() - hashes.taken_at
    what = (
        f"{path}: {hashes.count:,} hashes, from {hashes.taken_at:%Y-%m-%d}, {age.days:,} days old"
    )
    if not await hashes.has(_KNOWN):
        to_do = "Build the file from a whole list: it does not even have `password`."
        return warning(_SUBJECT, what, to_do)
    if age > _OLD:
        return warning(_SUBJECT, what, "Download the list again, and build the file anew.")
    return fine(_SUBJECT, what)


async def _service(url: str) -> Finding:
    from server.breached_range_api import RangeApi

    service = RangeApi(url)
    begun = time.perf_counter()
    try:
        has = await service.has(_KNOWN)
    except LookUpFailedError as error:
        to_do = "Until it answers, passwords are accepted without it."
        return warning(_SUBJECT, f"{url}: {error}", to_do)
    finally:
        service.close()
    what = f"{url}: answers in {(time.perf_counter() - begun) * 1000:.0f} ms"
    if not has:
        return warning(_SUBJECT, what, "It does not even have `password`: check the URL.")
    return fine(_SUBJECT, what)
