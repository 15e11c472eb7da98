"""A person who is forgotten, and had other addresses before."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from harness.database import dump, rows
from harness.deletions import request, sweep
from harness.locks import undone, until_a_statement_waits
from harness.postbox import Postbox
from harness.processes import connectx
from harness.service import Service

ADDRESS = "ada@example.com"
LATER = "lovelace@example.com"


@pytest.fixture
def changed(verified: Service, postbox: Postbox) -> Service:
    """Ada has another address now, and her first one has been free for some hours."""
    change_address(verified, postbox, verified.login()["accessToken"], LATER)
    verified.clock.advance(hours=2)
    return verified


def test_addresses_from_before_a_change_are_deleted_where_others_named_them(
    verified: Service, postbox: Postbox, database_url: str, settings: dict[str, str]
):
    token = verified.login()["accessToken"]
    verified.register(email="eve@example.com", invitedBy=ADDRESS)
    change_address(verified, postbox, token, LATER)
    change_address(verified, postbox, token, "ada@example.net")
    verified.register(email="bob@example.com", invitedBy=LATER)
    ada_of_later = verified.register(email=ADDRESS)
    assert ada_of_later["__typename"] == "RegisterSuccess"
    verified.verify(postbox.code(ADDRESS, count=3))

    request(verified, token)
    delete_in_time(database_url, settings, "ada@example.net")

    found = rows(database_url, "SELECT email, invited_by FROM users ORDER BY email")
    assert [tuple(row.values()) for row in found] == [
        (ADDRESS, None),
        ("bob@example.com", None),
        ("eve@example.com", ADDRESS),  # who is somebody else by now
    ]
    assert LATER not in dump(database_url)
    assert "ada@example.net" not in dump(database_url)


def test_an_address_that_was_undone_is_deleted_where_others_named_it(
    changed: Service, postbox: Postbox, database_url: str, settings: dict[str, str]
):
    changed.register(email="eve@example.com", invitedBy=LATER)
    undo = {"token": postbox.token(ADDRESS, count=2)}
    assert changed.run("undo_email_change", input=undo)["__typename"] == "EmailChangeUndone"

    delete(ADDRESS, settings)

    assert LATER not in dump(database_url)


def test_the_next_owner_of_an_address_keeps_the_way_back_from_a_thief(
    changed: Service, postbox: Postbox, settings: dict[str, str]
):
    changed.register()
    changed.verify(postbox.code(ADDRESS, count=3))
    change_address(changed, postbox, changed.login()["accessToken"], "thief@example.com")
    undo = {"token": postbox.token(ADDRESS, count=4)}

    delete(LATER, settings)

    assert changed.run("undo_email_change", input=undo)["__typename"] == "EmailChangeUndone"


def test_a_change_to_a_former_address_of_somebody_goes_on(
    changed: Service, postbox: Postbox, settings: dict[str, str]
):
    changed.register(email="bob@example.com")
    changed.verify(postbox.code("bob@example.com"), "bob@example.com")
    token = changed.login("bob@example.com")["accessToken"]
    wanted = {"newEmail": ADDRESS, "password": "secure_password"}
    changed.run("request_email_change", token=token, input=wanted)
    code = {"otp": postbox.code(ADDRESS, count=3)}

    delete(LATER, settings)

    answer = changed.run("confirm_email_change", token=token, input=code)
    assert answer["__typename"] == "EmailChanged"


def test_a_registration_with_a_former_address_of_somebody_can_be_disowned(
    changed: Service, postbox: Postbox, settings: dict[str, str]
):
    changed.register()
    token = postbox.disown_token(ADDRESS, count=3)

    delete(LATER, settings)

    assert changed.disown(token)["__typename"] == "RegistrationDisowned"


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_a_deletion_during_a_change_removes_the_address_of_before_as_well(
    verified: Service, postbox: Postbox, database_url: str, settings: dict[str, str]
):
    token = verified.login()["accessToken"]
    verified.register(email="eve@example.com", invitedBy=ADDRESS)
    wanted = {"newEmail": LATER, "password": "secure_password"}
    verified.run("request_email_change", token=token, input=wanted)
    code = {"otp": postbox.code(LATER)}

    with ThreadPoolExecutor() as apart:
        # The change waits before its end, and the deletion waits for the change.
        with undone(database_url, "LOCK TABLE former_addresses IN EXCLUSIVE MODE"):
            changing = apart.submit(verified.run, "confirm_email_change", token=token, input=code)
            until_a_statement_waits(database_url)
            deleting = apart.submit(delete, ADDRESS, settings)
            until_a_statement_waits(database_url, count=2)
        assert changing.result()["__typename"] == "EmailChanged"
        deleting.result()

    found = rows(database_url, "SELECT email, invited_by FROM users")
    assert [tuple(row.values()) for row in found] == [("eve@example.com", None)]


def delete(email: str, settings: dict[str, str]) -> None:
    deleted = connectx("users", "delete", email, "--yes", **settings)
    assert deleted.returncode == 0, deleted.stderr


def change_address(service: Service, postbox: Postbox, token: str, email: str) -> None:
    service.run(
        "request_email_change",
        token=token,
        input={"newEmail": email, "password": "secure_password"},
    )
    code = {"otp": postbox.code(email)}
    assert service.run("confirm_email_change", token=token, input=code)["__typename"] == (
        "EmailChanged"
    )


def delete_in_time(url: str, settings: dict[str, str], email: str) -> None:
    """Lets the deletion of a user be due, and sweeps: the command has the time of the machine."""
    rows(
        url,
        f"UPDATE users SET deletes_at = '2026-01-01 00:00:00+00:00' WHERE email = '{email}'",
    )
    assert "1 accounts whose deletion was due" in sweep(settings)
