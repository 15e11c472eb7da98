"""`accountEvents`: whoever is logged in learns what happens to the account elsewhere."""

from typing import Any

from harness.event_streams import EVENTS, event
from harness.operator_commands import Run
from harness.paths import OPERATIONS
from harness.postbox import Postbox
from harness.service import Service
from harness.websocket_client import ask, connected, hear

ADDRESS = "ada@example.com"
NEW = "lovelace@example.com"
FOLLOW = (OPERATIONS / "account_events.graphql").read_text()


def bearer(token: str) -> dict[str, Any]:
    return {"additional_headers": {"authorization": f"Bearer {token}"}}


def follow(socket: Any) -> None:
    """Subscribes. The answer to a later question shows that it has begun."""
    ask(socket, FOLLOW)
    ask(socket, "{ viewer { id } }", key="2")
    assert [hear(socket)["type"] for _ in range(2)] == ["next", "complete"]


def told(kind: str) -> dict[str, Any]:
    return {"id": "1", "type": "next", "payload": {"data": {"accountEvents": {"kind": kind}}}}


def test_another_tab_is_told_of_the_password_the_address_and_the_end_and_nobody_else_is(
    verified: Service, postbox: Postbox
):
    service = verified
    service.register(email="grace@example.com")
    service.verify(postbox.code("grace@example.com"), "grace@example.com")
    graces = service.login("grace@example.com")["accessToken"]
    here, elsewhere = (service.login()["accessToken"] for _ in range(2))

    with connected(service, **bearer(here)) as tab, connected(service, **bearer(graces)) as grace:
        follow(tab)
        follow(grace)

        service.clock.advance(seconds=1)
        service.change_password(elsewhere, keepOtherSessions=True)
        assert hear(tab) == told("PASSWORD_CHANGED")

        given = {"newEmail": NEW, "password": "another_password"}
        service.run("request_email_change", token=here, input=given)
        code = postbox.code(NEW)
        service.run("confirm_email_change", token=here, input={"otp": code})
        assert hear(tab) == told("VERIFIED")

        service.logout(here)
        assert hear(tab) == told("SESSION_ENDED")
        assert hear(tab) == {"id": "1", "type": "complete"}

        service.logout(graces)
        assert hear(grace) == told("SESSION_ENDED")


def test_a_session_in_a_cookie_is_followed_until_another_process_ends_it(
    verified: Service, connect: Run
):
    origin = {"origin": verified.url}
    given = {"email": ADDRESS, "password": "secure_password", "transport": "COOKIE"}
    login = {"query": (OPERATIONS / "login.graphql").read_text(), "variables": {"input": given}}
    answer = verified.http.post("/graphql", json=login, headers=origin)
    cookie = origin | {"cookie": answer.headers["set-cookie"].partition(";")[0]}
    viewer = {"query": "{ viewer { email } }"}

    with verified.http.stream(
        "POST", "/graphql", json={"query": FOLLOW}, headers=cookie | EVENTS
    ) as stream:
        asked = verified.http.post("/graphql", json=viewer, headers=cookie)
        assert asked.json() == {"data": {"viewer": {"email": ADDRESS}}}
        connect("users", "disable", ADDRESS)
        stream.read()
    nobody = verified.http.post("/graphql", json={"query": FOLLOW}, headers=cookie | EVENTS)

    last = '{"data":{"accountEvents":{"kind":"SESSION_ENDED"}}}'
    assert stream.text == event("next", last) + event("complete", "")
    assert '"code":"UNAUTHENTICATED"' in nobody.text
