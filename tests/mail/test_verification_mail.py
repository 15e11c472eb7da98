"""The mail of a registration, as the person who gets it sees it."""

import pytest
from harness.database import rows
from harness.postbox import Postbox, words
from harness.service import Clock, Service, running

ADDRESS = "ada@example.com"


def test_a_mail_has_its_code_in_the_subject_the_text_and_the_html(
    service: Service, postbox: Postbox
):
    service.register()

    mail, code = postbox.newest(ADDRESS), postbox.code(ADDRESS)
    assert mail["subject"] == f"{code} is your ConnectX confirmation code"
    assert mail["to"] == ADDRESS
    assert mail["from"] == "ConnectX <no-reply@localhost>"
    assert mail["auto-submitted"] == "auto-generated"
    assert f"Your confirmation code is {code} Enter it" in words(mail)
    assert f">{code}<" in words(mail, "html")


def test_a_mail_says_who_asked_and_what_to_do_if_it_was_somebody_else(
    service: Service, postbox: Postbox
):
    service.register()

    assert (
        "ConnectX sent you this email because somebody registered with your address. "
        "If it was not you, you can ignore this email, or open this link to tell us: "
        f"{service.url}/disown-registration#token="
    ) in words(postbox.newest(ADDRESS))


def test_a_mail_holds_nothing_that_the_registrant_typed(service: Service, postbox: Postbox):
    typed = {
        "name": "Zebedee <script>alert(1)</script> https://evil.example",
        "password": "zephyr_password",
        "role": "CUSTOMER",
        "invitedBy": "zorro@evil.example",
    }
    service.register(**typed)

    raw = postbox.newest(ADDRESS).as_string()
    shown = words(postbox.newest(ADDRESS)) + words(postbox.newest(ADDRESS), "html") + raw
    for text in ("Zebedee", "script>alert", "evil.example", "zephyr", "CUSTOMER", "zorro"):
        assert text not in shown


@pytest.mark.parametrize("name", ["Grâce", 'Ada "the" \\ Countess', "Bells, Ltd. <x@evil.example>"])
def test_without_a_sender_the_product_is_the_sender(
    name: str, settings: dict[str, str], clock: Clock, postbox: Postbox
):
    with running(clock, **settings, PRODUCT_NAME=name) as service:
        service.register()

        (sender,) = postbox.newest(ADDRESS)["from"].addresses

    assert (sender.display_name, sender.addr_spec) == (name, "no-reply@localhost")


def test_the_deployment_chooses_the_products_name_and_the_sender(
    settings: dict[str, str], clock: Clock, postbox: Postbox
):
    chosen = {"PRODUCT_NAME": "Ada's Shop", "MAIL_FROM": "The Shop <hello@shop.example>"}
    with running(clock, **settings, **chosen) as service:
        service.register()
        mail, code = postbox.newest(ADDRESS), postbox.code(ADDRESS)

    assert mail["subject"] == f"{code} is your Ada's Shop confirmation code"
    assert mail["from"] == "The Shop <hello@shop.example>"
    assert "Ada's Shop sent you this email" in words(mail)


@pytest.mark.parametrize(
    ("policy", "lifetime"),
    [("customer", "It works for 10 minutes."), ("church", "It works for 24 hours.")],
)
def test_a_mail_says_how_long_it_works(
    settings: dict[str, str], postbox: Postbox, policy: str, lifetime: str
):
    with running(**settings, POLICY=policy) as service:
        service.register(role=None if policy == "customer" else "member")
        mail = postbox.newest(ADDRESS)

    assert lifetime in words(mail)


def test_a_mail_that_is_rendered_again_has_the_same_content(
    settings: dict[str, str], clock: Clock, postbox: Postbox, database_url: str
):
    settings |= {"PUBLIC_URL": "https://shop.example"}
    with running(clock, **settings) as service:
        service.register()
        first = postbox.newest(ADDRESS).as_string()
    # As if the worker had died between the server's answer and its record of it.
    rows(database_url, "UPDATE outgoing_mails SET state = 'queued'")
    clock.advance(minutes=3)
    with running(clock, **settings):
        second = postbox.copies(ADDRESS, count=2)[1].as_string()

    def lasting(raw: str) -> list[str]:
        boundary = raw.partition('boundary="')[2].partition('"')[0]
        lines = raw.replace(boundary, "boundary").splitlines()
        return [line for line in lines if not line.startswith("Date:")]

    assert lasting(second) == lasting(first)
