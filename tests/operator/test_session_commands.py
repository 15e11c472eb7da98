"""`connectx users sessions` and `connectx sessions`, beside a server that runs."""

from harness.operator_commands import Run, changes
from harness.postbox import Postbox
from harness.processes import connectx
from harness.service import Service

ADA, GRACE = "ada@example.com", "grace@example.com"


def test_a_session_is_listed_and_revoked_alone_with_the_users_or_with_all(
    service: Service, postbox: Postbox, connect: Run, settings: dict[str, str], database_url: str
):
    service.clock.now = service.clock.now.replace(year=2099)  # so that no session has ended
    for address in (ADA, GRACE):
        service.register(email=address)
        service.verify(postbox.code(address), address)
    first, second, third = (service.login()["accessToken"] for _ in range(3))
    other = service.login(GRACE)["accessToken"]

    listed = connect("users", "sessions", ADA)
    keys = ["id", "client", "createdAt", "lastUsedAt", "expiresAt"]
    assert [list(session) for session in listed] == [keys] * 3
    assert [session["client"] for session in listed] == ["Python"] * 3
    assert [session["lastUsedAt"] for session in listed] == [
        session["createdAt"] for session in listed
    ]
    assert connect("sessions", "revoke", listed[-1]["id"]) == {"revoked": 1}
    assert [bool(service.viewer(token)) for token in (first, second, third)] == [False, True, True]
    again = connectx("sessions", "revoke", listed[-1]["id"], **settings)
    assert again.returncode == 1
    assert connect("sessions", "revoke", "--user", ADA) == {"revoked": 2}
    assert [bool(service.viewer(token)) for token in (second, third, other)] == [False, False, True]
    assert connect("sessions", "revoke", "--all", "--yes") == {"revoked": 1}
    assert service.viewer(other) is None
    assert connectx("sessions", "revoke", **settings).returncode == 2

    assert changes(database_url) == [
        ("sessions_revoked", "a***@example.com", f"session {listed[-1]['id']}"),
        ("sessions_revoked", "a***@example.com", "2 sessions"),
        ("sessions_revoked", "everybody", "1 session"),
    ]
