"""Letters with made-up values: what a preview shows, and what templates are tried with."""

from dataclasses import dataclass

CODE = "123456"
LINK = "https://example.com/verify#token=this-is-a-sample-and-no-link-of-anybody"

_CODE = {"code": CODE, "code_minutes": 10}
_NO_CODE = {"code": None, "code_minutes": None}
_LINK = {"link": LINK, "link_minutes": 24 * 60}
_NO_LINK = {"link": None, "link_minutes": None}


@dataclass(frozen=True)
class Sample:
    """One letter as somebody might get it."""

    name: str
    letter: str
    """By which the templates are named."""
    title: str
    values: dict[str, object]


def samples(product: str = "ConnectX") -> tuple[Sample, ...]:
    """Every letter, and each of its forms."""
    forms = (
        ("code", "Verification by code", {**_CODE, **_NO_LINK}),
        ("link", "Verification by link", {**_NO_CODE, **_LINK}),
        ("code-and-link", "Verification by code or link", {**_CODE, **_LINK}),
    )
    return (
        *(
            Sample(f"verification-{name}", "verification", title, {"product": product, **values})
            for name, title, values in forms
        ),
        Sample(
            "account-exists", "account_exists", "The address has an account", {"product": product}
        ),
    )
