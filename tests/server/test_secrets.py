"""What must not be found afterwards, in what a whole run has left behind."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from harness.database import dump, rows
from harness.postbox import Postbox
from harness.processes import Server, serving

PASSWORD = "hunter"
"""A part of every password that is typed here."""

BOTH = 'roles = ["buyer"]\ndefaultRole = "buyer"\nverificationMethods = ["OTP", "LINK"]\n'


@dataclass
class Run:
    """A server's whole life: what it printed and stored, and what it was trusted with."""

    output: str
    metrics: str
    files: dict[str, bytes]
    stored: str
    tokens: list[str]
    codes: list[str]
    addresses: list[str]


def live(server: Server, postbox: Postbox) -> dict[str, list[str]]:
    """Goes through everything that people do, with some of it done badly."""
    ada, grace, nobody = "lovelace@example.com", "grace@example.org", "nobody@example.net"
    server.register(email=ada, password="hunter_ada_one", invitedBy=grace)
    server.register(email=ada, password="hunter_ada_two")
    server.register(email=grace, password="hunter_grace_1")
    codes = [postbox.code(ada), postbox.code(grace)]
    links = [postbox.token(ada), postbox.token(grace)]
    server.verify("000000", ada)
    server.verify(codes[0], nobody)
    server.verify(codes[0], ada)
    server.verify_by_link(f"{links[1][:-1]}x")
    server.verify_by_link(links[1])
    server.resend(nobody)
    server.resend(ada)
    server.login(ada, "hunter_ada_bad")
    server.login(nobody, "hunter_nobody_1")
    session = server.login(ada, "hunter_ada_one")["accessToken"]
    server.viewer(session)
    server.execute("{ viewer { nothing } }", token=session)
    server.execute(
        f'mutation {{ login(input: {{email: "{ada}", password: "hunter_inline_1"}}) {{ id }} }}'
    )
    server.execute(
        "mutation($input: LoginInput!) { login(input: $input) { __typename } }",
        {"input": {"email": ada, "password": ["hunter_list_1"]}},
    )
    server.http.get("/graphql", params={"query": f'{{ viewer(otp: "{codes[0]}") {{ id }} }}'})
    server.http.post("/graphql", content=b'{"password": "hunter_broken_1"')
    server.http.get("/verify", params={"token": links[0]})
    server.logout(session)
    return {
        "tokens": [*links, session, server.login(ada, "hunter_ada_one")["accessToken"]],
        "codes": codes,
        "addresses": [ada, grace, nobody],
    }


@pytest.fixture
def run(settings: dict[str, str], database_url: str, postbox: Postbox, tmp_path: Path) -> Run:
    (tmp_path / "both.toml").write_text(BOTH)
    seen = {"LOG_LEVEL": "debug", "METRICS": "on"}
    with serving(**settings, **seen, POLICY=str(tmp_path / "both.toml")) as server:
        trusted = live(server, postbox)
        metrics = server.http.get("/metrics").raise_for_status().text
        # Killed, not stopped, so that SQLite's write-ahead log is still there.
        server.kill()
        output = server.output()
    files = {path.name: path.read_bytes() for path in tmp_path.glob("connectx.sqlite3*")}
    return Run(output, metrics, files, dump(database_url), **trusted)


def test_a_run_leaves_no_secret_in_its_log_and_none_in_its_database(
    run: Run, settings: dict[str, str], database_url: str
):
    places = {"log": run.output.encode(), "rows": run.stored.encode(), **run.files}
    places["metrics"] = run.metrics.encode()
    secrets = [PASSWORD, settings["SECRET_KEY"], *run.tokens]
    # Digits that stand in a longer number or behind a point are a part of an id or of a time.
    code = re.compile(rb"(?<![\w.-])(%s)(?![\w-])" % b"|".join(map(str.encode, run.codes)))

    assert ("connectx.sqlite3-wal" in places) == database_url.startswith("sqlite")
    for name, content in places.items():
        assert [secret for secret in secrets if secret.encode() in content] == [], name
        assert code.findall(content) == [], name


def test_a_run_names_nobody_in_its_log_nor_in_what_it_counts(run: Run, database_url: str):
    counted = str(rows(database_url, "SELECT key FROM counters"))

    assert "sent, attempt 1" in run.output
    assert '"outcome":"LoginSuccess"' in run.output
    assert 'outcome="LoginSuccess"' in run.metrics
    assert len(counted) > 500
    for address in run.addresses:
        assert address not in run.output
        assert address.partition("@")[0] not in run.metrics
        assert address.partition("@")[0] not in counted
