"""The product's logo and support, as an operator sets them and forms get them."""

from pathlib import Path

import pytest
from harness.database import create_tenant
from harness.doctor_findings import about, ask
from harness.logos import LOGOS, SVG
from harness.processes import connectx, refused_start
from harness.service import running
from harness.settings import environment
from playwright.sync_api import Page

from accounts.operator.letterheads import Letterhead
from server.brand import Brand
from server.settings import Settings, SettingsError

OF_ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def logo(folder: Path, content: bytes) -> str:
    """The path of a file whose name says nothing of what is in it."""
    path = folder / "logo.dat"
    path.write_bytes(content)
    return str(path)


def logo_refusal(path: str) -> str:
    with environment(LOGO=path), pytest.raises(SettingsError) as refused:
        Brand.of(Settings.read())
    return str(refused.value)


def refusal(**settings: str) -> str:
    with environment(**settings), pytest.raises(SettingsError) as refused:
        Settings.read()
    return str(refused.value)


@OF_ONE_DATABASE
@pytest.mark.parametrize("kind", LOGOS)
def test_a_form_gets_the_name_the_logo_and_the_support_of_its_product(
    settings: dict[str, str], tmp_path: Path, database_url: str, kind: str
):
    named = Letterhead(display_name="Grace Church, Leeds")
    tenant = create_tenant(database_url, letterhead=named)
    own = {"PRODUCT_NAME": "Shop", "SUPPORT": "help@example.com"}
    with running(**settings, **own, LOGO=logo(tmp_path, LOGOS[kind])) as service:
        product = service.policy()["product"]
        of_tenant = service.policy(tenant)["product"]
        image = service.http.get(product["logoUrl"])

    assert (product["name"], product["support"]) == ("Shop", "help@example.com")
    assert product["supportUrl"] == "mailto:help@example.com"
    assert of_tenant == {**product, "name": "Grace Church, Leeds"}
    assert product["logoUrl"].startswith("logo/")
    assert product["logoUrl"].endswith(f".{kind}")
    assert image.content == LOGOS[kind]
    assert image.headers["content-type"] == ("image/svg+xml" if kind == "svg" else f"image/{kind}")
    assert image.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert image.headers["x-content-type-options"] == "nosniff"


@OF_ONE_DATABASE
def test_an_svg_runs_no_script_where_it_is_opened_by_itself(
    settings: dict[str, str], tmp_path: Path, page: Page
):
    with running(**settings, LOGO=logo(tmp_path, SVG)) as service:
        answer = page.goto(f"{service.url}/{service.policy()['product']['logoUrl']}")
        shown = page.content()

    assert answer
    assert answer.ok
    assert "<rect" in shown
    assert "innerHTML = 'obeyed'" in shown


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "takes a PNG, JPEG, WebP, GIF or SVG image, and {path} is none of these"),
        (b"<html/>", "takes a PNG, JPEG, WebP, GIF or SVG image, and {path} is none of these"),
        (b"<svg/>", "takes a PNG, JPEG, WebP, GIF or SVG image, and {path} is none of these"),
        (SVG[:-1], "takes a PNG, JPEG, WebP, GIF or SVG image, and {path} is none of these"),
        (bytes(102_401), "takes an image of at most 100 KiB, and {path} is larger"),
    ],
    ids=["empty", "HTML", "SVG without its namespace", "cut", "large"],
)
def test_a_file_that_is_no_logo_is_refused(tmp_path: Path, content: bytes, message: str):
    path = logo(tmp_path, content)

    assert logo_refusal(path) == f"CONNECTX_LOGO: {message.format(path=path)}"


def test_a_logo_that_is_not_there_is_refused(tmp_path: Path):
    path = tmp_path / "missing.png"
    told = f"CONNECTX_LOGO: {path} cannot be read: No such file or directory"

    served = refused_start(LOGO=str(path))
    code, found = ask(LOGO=str(path))

    assert (served.returncode, served.stderr) == (2, f"{told}\n")
    assert (code, about("logo", found)) == (1, [("failed", told)])


@OF_ONE_DATABASE
def test_a_logo_that_is_not_there_stops_no_command_of_an_operator(
    settings: dict[str, str], tmp_path: Path
):
    chosen = {**settings, "LOGO": str(tmp_path / "missing.png")}

    listed = connectx("tenants", "list", **chosen)
    created = connectx("tenants", "create", "Grace Church", "--policy", "church", **chosen)

    assert (listed.returncode, created.returncode) == (0, 0)


@pytest.mark.parametrize(
    "support", ["help", "ftp://example.com", "https://", "https://a b.example", "a@b.example\nc"]
)
def test_support_is_an_address_or_a_url(support: str):
    assert refusal(SUPPORT=support) == (
        "CONNECTX_SUPPORT: takes an email address such as help@example.com, or a URL such as "
        "https://example.com/help"
    )
    for accepted in ("help@example.com", "https://example.com/help/"):
        with environment(SUPPORT=accepted):
            assert Settings.read().support == accepted
