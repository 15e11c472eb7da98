import hashlib
import struct
from base64 import urlsafe_b64decode
from string import ascii_letters, digits
from uuid import UUID

import pytest
from harness.postbox import Postbox
from harness.service import running
from hypothesis import given
from hypothesis import strategies as st

from accounts.keyring import Keyring, SecretKeyGoneError
from accounts.verification.otp import read_code, same_code

OLD, NEW = "o" * 32, "n" * 32
KEYS = Keyring([OLD])
FIXED = UUID("01890a5d-ac96-774b-bcce-b302099a8057")
URL_SAFE = ascii_letters + digits + "-_"


def hmac_sha256(key: bytes, message: bytes) -> bytes:
    """RFC 2104, written out, so that nothing is shared with what it is compared to."""
    padded = key.ljust(64, b"\0")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in padded) + message).digest()
    return hashlib.sha256(bytes(byte ^ 0x5C for byte in padded) + inner).digest()


def truncated(digest: bytes) -> str:
    """RFC 4226 5.3 and 5.4, as the standard's own words have it."""
    offset = digest[-1] & 0xF
    (binary,) = struct.unpack(">I", digest[offset : offset + 4])
    return f"{(binary & 0x7FFFFFFF) % 1_000_000:06}"


def test_the_truncation_here_is_the_standards():
    # RFC 4226 5.4 walks through this very digest.
    digest = bytes.fromhex("1f8698690e02ca16618550ef7f19da8e945b555a")

    assert truncated(digest) == "872921"


@given(st.uuids())
def test_a_code_is_the_truncated_hmac_of_the_verifications_id(verification_id):
    key = hmac_sha256(OLD.encode(), b"connectx otp")

    code = KEYS.otp(verification_id, key_id=KEYS.newest)

    assert code == truncated(hmac_sha256(key, verification_id.bytes))
    assert len(code) == 6


def test_a_code_stays_the_same_from_release_to_release():
    assert KEYS.newest == "b1dfae0550772217"
    assert KEYS.otp(FIXED, key_id=KEYS.newest) == "352729"


@given(st.uuids())
def test_a_link_token_names_its_verification_and_a_256_bit_hmac(verification_id):
    token = KEYS.link_token(verification_id, key_id=KEYS.newest)

    assert set(token) <= set(URL_SAFE)
    assert len(urlsafe_b64decode(token)) == 16 + 32
    assert KEYS.read_link_token(token) == verification_id


@given(st.uuids(), st.integers(0, 63), st.sampled_from(URL_SAFE))
def test_a_token_with_another_character_is_none(verification_id, position, character):
    token = KEYS.link_token(verification_id, key_id=KEYS.newest)
    changed = token[:position] + character + token[position + 1 :]

    assert KEYS.read_link_token(changed) == (verification_id if changed == token else None)


@given(st.text(st.characters()))
def test_any_other_text_is_no_token(text):
    assert KEYS.read_link_token(text) is None


@given(st.uuids(), st.integers(0, 64), st.text(st.characters(), min_size=1))
def test_a_token_with_something_in_it_is_none(verification_id, position, text):
    token = KEYS.link_token(verification_id, key_id=KEYS.newest)

    assert KEYS.read_link_token(token[:position] + text + token[position:]) is None


def test_a_purpose_has_a_key_of_its_own():
    key_id = KEYS.newest
    mac = urlsafe_b64decode(KEYS.link_token(FIXED, key_id=key_id))[16:]

    assert truncated(mac) != KEYS.otp(FIXED, key_id=key_id)
    assert mac.hex() != KEYS.address_hash(FIXED.bytes.decode("latin-1"))


def test_a_key_that_is_gone_derives_nothing():
    with pytest.raises(SecretKeyGoneError):
        Keyring([NEW]).otp(FIXED, key_id=KEYS.newest)


def test_a_keyring_shows_no_secret():
    assert OLD not in repr(Keyring([OLD, NEW]))


@given(st.text(st.characters()))
def test_an_address_is_counted_under_a_keyed_hash(address):
    counted = KEYS.address_hash(address)

    assert counted == KEYS.address_hash(address)
    assert counted != Keyring([NEW]).address_hash(address)
    assert len(counted) == 64


@given(
    st.from_regex(r"[0-9]{6}", fullmatch=True),
    st.lists(
        st.text(" \t\n\u00a0\u2009\u200b-\u2010\u2013\u2014", max_size=4), min_size=7, max_size=7
    ),
)
def test_spaces_and_dashes_anywhere_in_a_code_do_not_matter(code, separators):
    typed = separators[0] + "".join(
        digit + separator for digit, separator in zip(code, separators[1:], strict=True)
    )

    assert read_code(typed) == code


def test_a_code_may_be_typed_in_full_width_digits():
    assert read_code("１２３４５６") == "123456"


@pytest.mark.parametrize(
    "typed", ["", "12345", "1234567", "12345a", "123.456", "123456\0", "१२३४५६", "\ud800"]
)
def test_anything_else_cannot_be_a_code(typed: str):
    assert read_code(typed) is None


def test_another_code_is_not_the_code():
    assert same_code("123456", "123456")
    assert not same_code("654321", "123456")


def test_a_code_mailed_under_the_old_key_works_while_both_are_set(
    settings: dict[str, str], postbox: Postbox
):
    with running(**{**settings, "SECRET_KEY": OLD}) as service:
        service.register()
        code = postbox.code("ada@example.com")

    with running(**{**settings, "SECRET_KEY": NEW}) as service:
        with_the_new_alone = service.verify(code)
    with running(**{**settings, "SECRET_KEY": f"{NEW}, {OLD}"}) as service:
        with_both = service.verify(code)

    assert with_the_new_alone["__typename"] == "InvalidOtpError"
    assert with_both["__typename"] == "VerifyEmailSuccess"


def test_a_link_mailed_under_the_old_key_works_while_both_are_set(
    settings: dict[str, str], postbox: Postbox
):
    settings["POLICY"] = "church"
    with running(**{**settings, "SECRET_KEY": OLD}) as service:
        service.register(role="member")
        token = postbox.token("ada@example.com")

    with running(**{**settings, "SECRET_KEY": NEW}) as service:
        with_the_new_alone = service.verify_by_link(token)
    with running(**{**settings, "SECRET_KEY": f"{NEW},{OLD}"}) as service:
        with_both = service.verify_by_link(token)

    assert with_the_new_alone["__typename"] == "InvalidLinkError"
    assert with_both["__typename"] == "VerifyEmailSuccess"
