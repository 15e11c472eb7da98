"""Clients as they name themselves."""

from harness.service import Service

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


def login_from(service: Service, user_agent: str) -> str:
    """The token of a session of Ada that this client has begun."""
    service.http.headers["user-agent"] = user_agent
    return service.login()["accessToken"]
