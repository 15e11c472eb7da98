"""A person who is forgotten, and had other addresses before."""

from harness.database import dump, rows
from harness.deletions import request, sweep
from harness.inbox import Postbox
from harness.service import Service

ADDRESS = "ada@example.com"


def test_addresses_from_before_a_change_are_deleted_where_others_named_them(
    verified: Service, postbox: Postbox, database_url: str, settings: dict[str, str]
):
    token = verified.login()["accessToken"]
    verified.register(email="eve@example.com", invitedBy=ADDRESS)
    change_address(verified, postbox, token, "lovelace@example.com")
    change_address(verified, postbox, token, "ada@example.net")
    verified.register(email="bob@example.com", invitedBy="lovelace@example.com")
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
    assert "lovelace@example.com" not in dump(database_url)
    assert "ada@example.net" not in dump(database_url)


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
