"""`returnTo`: the links of a mail lead to the frontend that asked for it, if it is configured."""

from collections.abc import Iterator

import pytest
from harness.database import create_tenant
from harness.postbox import Postbox
from harness.service import Clock, Service, running

# The rules look at the input alone, whatever the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

PREVIEW = "https://pr-7.preview.example.com"
RETURN_URLS = "https://*.preview.example.com/, https://Shop.example:8443, http://localhost:5173"

ALLOWED = [
    PREVIEW,
    f"{PREVIEW}/",
    f"{PREVIEW}/welcome?step=2&plan=a%20b",
    "https://shop.example:8443/~ada/verify",
    "http://localhost:5173/verify",
]
REFUSED = [
    "https://evil.example",
    "https://preview.example.com",
    "https://a.b.preview.example.com",
    "https://.preview.example.com",
    "https://preview.example.com.evil.example",
    "https://evil.example/https://pr-7.preview.example.com",
    "https://evil.example?.preview.example.com",
    "https://evil.example#.preview.example.com",
    "https://evil.example\\.preview.example.com",
    "https://evil.example\\@pr-7.preview.example.com",
    "https://evil.example%2f.preview.example.com",
    "https://evil.example%00.preview.example.com",
    "https://evil.example\n.preview.example.com",
    "https://evil。example",
    "https://pr-7.preview.example.com@evil.example",
    "https://pr-7.preview.example.com:x@evil.example",
    "https://ada@pr-7.preview.example.com",
    "https://pr-7.preview.example.com:443",
    "https://pr-7.preview.example.com:8443",
    "https://pr-7.preview.example.com.",
    "https://PR-7.preview.example.com",
    "https://рr-7.preview.example.com",
    "http://pr-7.preview.example.com",
    "http://localhost:5174",
    "https:pr-7.preview.example.com",
    "//pr-7.preview.example.com",
    "/welcome",
    "welcome",
    "",
    " https://pr-7.preview.example.com",
    "https://pr-7.preview.example.com\n",
    f"{PREVIEW}/#/verify",
    f"{PREVIEW}/\r\nBcc: eve@example.com",
    f'{PREVIEW}/"onclick=alert(1)',
    f"{PREVIEW}/<script>",
    f"{PREVIEW}/..\\evil",
    f"{PREVIEW}/{'a' * 500}",
    "javascript:alert(1)//https://pr-7.preview.example.com",
    "data:text/html,https://pr-7.preview.example.com",
]
NOT_ALLOWED = {
    "__typename": "ReturnToNotAllowedError",
    "field": "returnTo",
    "message": "Links in mails may not lead to this page.",
}


@pytest.fixture
def service(settings: dict[str, str], clock: Clock, postbox: Postbox) -> Iterator[Service]:
    with running(clock, **settings, RETURN_URLS=RETURN_URLS, POLICY="church") as service:
        yield service


def link(postbox: Postbox, *, count: int = 1) -> str:
    text = postbox.newest("ada@example.com", count=count).get_body(("plain",)).get_content()
    return next(word for word in text.split() if "#token=" in word)


def test_the_link_of_a_registration_leads_to_the_page_that_asked(
    service: Service, postbox: Postbox
):
    service.register(role="member", returnTo=f"{PREVIEW}/welcome?step=2")

    page, _, token = link(postbox).partition("#token=")
    assert page == f"{PREVIEW}/welcome?step=2"
    assert service.verify_by_link(token)["__typename"] == "VerifyEmailSuccess"


def test_the_page_that_asked_is_named_as_it_is_also_at_a_tenant(
    service: Service, postbox: Postbox, database_url: str
):
    tenant = create_tenant(database_url)
    service.register(role="member", tenant=tenant, returnTo=f"{PREVIEW}/welcome?step=2")

    assert link(postbox).startswith(f"{PREVIEW}/welcome?step=2#token=")


def test_a_mail_that_was_asked_for_without_a_page_leads_to_the_servers_own(
    service: Service, postbox: Postbox, clock: Clock
):
    service.register(role="member", returnTo=PREVIEW)
    clock.advance(minutes=1)
    service.resend()

    assert link(postbox, count=2).startswith(f"{service.url}/verify#token=")


def test_resends_and_resets_lead_to_the_page_that_asked(
    service: Service, postbox: Postbox, clock: Clock
):
    service.register(role="member")
    clock.advance(minutes=1)
    given = {"email": "ada@example.com", "returnTo": PREVIEW}

    resent = service.run("resend_verification", input=given)
    assert resent["__typename"] == "ResendVerificationSuccess"
    assert link(postbox, count=2).startswith(f"{PREVIEW}#token=")
    reset = service.run("request_password_reset", input={**given, "returnTo": f"{PREVIEW}/reset"})
    assert reset["__typename"] == "PasswordResetRequested"
    assert link(postbox, count=3).startswith(f"{PREVIEW}/reset#token=")


def test_only_configured_pages_are_allowed(service: Service):
    given = {"name": "Ada", "email": "ada@example.com", "password": "secure_password"}

    def answer(page: str) -> object:
        asked = {**given, "role": "member", "returnTo": page}
        return service.run("register", input=asked, dryRun=True)

    assert {answer(page)["__typename"] for page in ALLOWED} == {"RegisterDryRunSuccess"}
    for page in REFUSED:
        assert answer(page)["errors"] == [NOT_ALLOWED], page


def test_a_page_that_is_not_allowed_sends_no_mail(service: Service, postbox: Postbox):
    wrong = {"email": "ada@example.com", "returnTo": "https://evil.example"}

    assert service.register(role="member", returnTo="https://evil.example")["errors"] == [
        NOT_ALLOWED
    ]
    for operation in ("resend_verification", "request_password_reset"):
        # The same for an address that nobody has: nothing was looked up.
        assert service.run(operation, input=wrong)["errors"] == [NOT_ALLOWED]
    service.register(role="member")
    assert link(postbox).startswith(f"{service.url}/verify#token=")


def test_without_the_setting_no_page_is_allowed(settings: dict[str, str], clock: Clock):
    with running(clock, **settings) as service:
        assert service.register(returnTo=f"{service.url}/verify")["errors"] == [NOT_ALLOWED]


def test_pages_of_these_frontends_may_use_the_api_but_hold_no_cookie(service: Service):
    query = {"query": "{ __typename }"}
    headers = {"origin": PREVIEW}

    allowed = service.http.post("/graphql", json=query, headers=headers)
    assert allowed.headers["access-control-allow-origin"] == PREVIEW
    cookie = {**headers, "cookie": "__Host-connectx=" + "x" * 43}
    assert service.http.post("/graphql", json=query, headers=cookie).status_code == 403
    stranger = {"origin": "https://a.b.preview.example.com"}
    refused = service.http.post("/graphql", json=query, headers=stranger)
    assert "access-control-allow-origin" not in refused.headers
