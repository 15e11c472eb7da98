"""The development mailbox, read as tests of clients read it: by its JSON API."""

from typing import Any

from harness.polling import eventually
from harness.service import Service

API = "/mailbox/api/v1"
ADA, GRACE = "ada@example.com", "grace@example.com"


class Mailbox:
    """The mails that a server without a mail server shows."""

    def __init__(self, service: Service) -> None:
        self._http = service.http

    def mails(self, address: str) -> list[dict[str, Any]]:
        """The mails to an address, newest first."""
        answer = self._http.get(f"{API}/search", params={"query": f"to:{address}"})
        assert answer.status_code == 200, answer.text
        return answer.json()["messages"]

    def newest(self, address: str, *, count: int = 1) -> dict[str, Any]:
        """The newest mail to an address, once it has had `count`."""
        eventually(lambda: len(self.mails(address)) >= count, f"{count} mails to {address}")
        return self.mails(address)[0]

    def text(self, address: str, *, count: int = 1) -> str:
        """The plain text of the newest mail."""
        answer = self._http.get(f"{API}/message/{self.newest(address, count=count)['ID']}")
        return answer.json()["Text"]

    def code(self, address: str, *, count: int = 1) -> str:
        """The code in the newest mail."""
        return self.newest(address, count=count)["code"]

    def link(self, address: str, *, count: int = 1) -> str:
        """The link in the newest mail."""
        return self.newest(address, count=count)["link"]

    def token(self, address: str, *, count: int = 1) -> str:
        return self.link(address, count=count).partition("#token=")[2]


def with_two_mails(service: Service) -> Mailbox:
    """The mailbox with Ada's mail, and then Grace's."""
    box = Mailbox(service)
    for address in (ADA, GRACE):
        service.register(email=address)
        box.newest(address)
        service.clock.advance(seconds=1)
    return box


def listed(service: Service, path: str = "/messages", **asked: Any) -> Any:
    """The answer of the API, which nothing may keep."""
    answer = service.http.get(f"{API}{path}", params=asked)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    return answer.json()


def recipients(page: Any) -> list[str]:
    return [mail["To"][0]["Address"] for mail in page["messages"]]
