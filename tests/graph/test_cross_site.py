"""What another site can do through a visitor's browser, or with a forged request: nothing.

CORS is in tests/server/test_cors.py, the headers of each page are in test_health_and_headers.py
there, and the media types in test_http.py.
"""

import re
from collections.abc import Iterator

import httpx
import pytest
from bs4 import BeautifulSoup
from harness.database import dump
from harness.hourly_sweep import dump_after_start
from harness.polling import eventually
from harness.postbox import Postbox
from harness.service import Service, running

# The same whatever the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

ADDRESS = "ada@example.com"
REGISTER = (
    f'mutation R {{ register(input: {{email: "{ADDRESS}", name: "Ada", '
    'password: "secure_password"}) { __typename } }'
)
HTML = {"accept": "text/html"}
NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def refused(answer: httpx.Response) -> tuple[int, list[str]]:
    body = answer.json()
    assert body.keys() == {"errors"}
    return answer.status_code, [error["message"] for error in body["errors"]]


FORMS = {
    "a form": {"data": {"query": REGISTER}},
    "a form with a file": {
        "data": {"operations": f'{{"query": "{REGISTER}"}}', "map": '{"0": ["variables.x"]}'},
        "files": {"0": ("x.txt", b"x")},
    },
    "a form of plain text, shaped like JSON": {
        "content": b'{"query": "mutation { logout { __typename } }", "x": "="}',
        "headers": {"content-type": "text/plain"},
    },
    "a fetch without a type": {"content": b'{"query": "mutation { logout { __typename } }"}'},
}


@pytest.mark.parametrize("sent", FORMS.values(), ids=FORMS)
def test_what_a_page_may_post_anywhere_without_asking_does_nothing(
    service: Service, database_url: str, sent: dict[str, object]
):
    before = dump_after_start(database_url)

    answer = service.http.post("/graphql", **sent)

    assert refused(answer) == (415, ["Send the request as application/json in UTF-8"])
    assert dump(database_url) == before


@pytest.mark.parametrize(
    "parameters",
    [
        {"query": REGISTER},
        {"query": "query Q { __typename } " + REGISTER, "operationName": "R"},
        {"query": "mutation { logout { __typename } }"},
    ],
)
def test_a_mutation_in_a_link_or_an_image_does_nothing(
    service: Service, database_url: str, parameters: dict[str, str]
):
    before = dump_after_start(database_url)

    answer = service.http.get("/graphql", params=parameters)

    assert refused(answer) == (405, ["Send mutations by POST"])
    assert answer.headers["allow"] == "POST"
    assert dump(database_url) == before


FORGED = {
    "host": "evil.example",
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "gopher",
    "x-original-host": "evil.example",
    "forwarded": "host=evil.example;proto=gopher",
    "origin": "https://evil.example",
    "referer": "https://evil.example/",
}


@pytest.mark.parametrize(
    ("chosen", "begins"),
    [
        ({}, "{url}/verify#token="),
        ({"PUBLIC_URL": "https://shop.example"}, "https://shop.example/verify#token="),
        ({"VERIFY_URL": "https://shop.example/confirm"}, "https://shop.example/confirm#token="),
    ],
)
def test_a_forged_host_never_reaches_a_mails_link(
    settings: dict[str, str], postbox: Postbox, chosen: dict[str, str], begins: str
):
    with running(**settings, **chosen, POLICY="church") as service:
        service.http.headers.update(FORGED)
        service.register(role="member")
        link = postbox.link(ADDRESS)

    assert link.startswith(begins.format(url=service.url))
    assert "evil" not in postbox.newest(ADDRESS).as_string()


@pytest.fixture
def mailbox(settings: dict[str, str]) -> Iterator[tuple[Service, str]]:
    """A server that shows its mails, and the path of the one that it has."""
    del settings["SMTP_URL"]

    def path() -> str | None:
        found = re.search(r"/mailbox/[0-9a-f-]{36}", service.http.get("/mailbox?partial").text)
        return found and found[0]

    with running(**settings) as service:
        service.register()
        eventually(path, "the mail in the mailbox")
        yield service, str(path())


def directives(answer: httpx.Response) -> dict[str, str]:
    policy = answer.headers["content-security-policy"].split("; ")
    return {name: values for name, _, values in (part.partition(" ") for part in policy)}


@pytest.mark.parametrize("path", ["/graphql", "/verify", "/mailbox"])
def test_a_page_has_no_script_of_its_own_and_cannot_be_framed(
    mailbox: tuple[Service, str], path: str
):
    service, _ = mailbox

    answer = service.http.get(path, headers=HTML)

    page = BeautifulSoup(answer.text, "html.parser")
    allowed = directives(answer)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert allowed["script-src"] == "'self'"
    assert allowed["frame-ancestors"] == "'none'"
    assert (allowed["base-uri"], allowed["form-action"]) == ("'none'", "'none'")
    assert page.find_all("script")
    assert [script for script in page.find_all("script") if not script.get("src")] == []
    assert [name for tag in page.find_all() for name in tag.attrs if name.startswith("on")] == []


def test_a_mail_in_the_mailbox_runs_nothing_and_is_framed_by_nobody_else(
    mailbox: tuple[Service, str],
):
    service, path = mailbox

    answer = service.http.get(path, headers=HTML)

    allowed = directives(answer)
    assert (answer.status_code, answer.headers["x-content-type-options"]) == (200, "nosniff")
    assert allowed["default-src"] == "'none'"
    assert allowed["frame-ancestors"] == "'self'"
    assert "allow-scripts" not in allowed["sandbox"]
    assert "script-src" not in allowed


@pytest.mark.parametrize(
    ("method", "path"),
    [("PUT", "/graphql"), ("POST", "/graphql"), ("GET", "/mailbox/nothing"), ("POST", "/verify")],
)
def test_a_refusal_has_the_same_headers(service: Service, method: str, path: str):
    answer = service.http.request(method, path, headers={"origin": "https://evil.example"})

    assert answer.status_code >= 400
    assert answer.headers["content-security-policy"] == NOTHING
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "access-control-allow-origin" not in answer.headers
