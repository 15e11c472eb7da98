"""`connectx serve` and `connectx doctor` tell an operator how the trusted documents stand."""

from pathlib import Path

import pytest
from harness.doctor_findings import about, ask
from harness.paths import OPERATIONS
from harness.processes import refused_start

SETTING = "CONNECTX_TRUSTED_DOCUMENTS"


@pytest.mark.parametrize("missing", ["gone", "gone.json"])
def test_documents_that_are_not_there_are_told_by_the_command(tmp_path: Path, missing: str):
    answer = refused_start(DATA_DIR=str(tmp_path), TRUSTED_DOCUMENTS=str(tmp_path / missing))

    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr in {
        f"{SETTING}: takes a folder or a .json manifest, and {tmp_path}/gone is neither\n",
        f"{SETTING}: {tmp_path}/gone.json: No such file or directory\n",
    }
    assert not (tmp_path / "connectx.sqlite3").exists()


def test_only_trusted_documents_without_any_are_an_operators_mistake(tmp_path: Path):
    chosen = {"DATA_DIR": str(tmp_path), "TRUSTED_DOCUMENTS_ONLY": "on"}

    answer = refused_start(**chosen)
    code, found = ask(**chosen)

    needed = f"{SETTING}_ONLY: on requires {SETTING}"
    message = f"{needed}; without it, no document of a client could be executed"
    assert (answer.returncode, answer.stderr) == (2, f"{message}\n")
    assert (code, about("documents", found)) == (1, [("failed", message)])


def test_the_doctor_counts_the_documents_and_says_whether_others_run(tmp_path: Path):
    folder = {"DATA_DIR": str(tmp_path), "TRUSTED_DOCUMENTS": str(OPERATIONS)}
    (tmp_path / "a.graphql").write_text("{ a }")
    (tmp_path / "b.graphql").write_text("{ b")

    found = [
        about("documents", ask(**chosen)[1])
        for chosen in (
            {"DATA_DIR": str(tmp_path)},
            folder,
            {**folder, "TRUSTED_DOCUMENTS_ONLY": "on"},
            {"DATA_DIR": str(tmp_path), "TRUSTED_DOCUMENTS": str(tmp_path)},
        )
    ]

    syntax = "line 1: Syntax Error: Expected Name, found <EOF>."
    count = len([*OPERATIONS.glob("*.graphql")])
    only = (
        f"{count} trusted; all others are refused, introspection among them unless it is trusted; "
        "no GraphiQL"
    )
    assert found == [
        [("ok", "none trusted; others are executed within the limits")],
        [("ok", f"{count} trusted; others are executed within the limits")],
        [("ok", only)],
        [
            ("failed", f"{SETTING}: {tmp_path}/b.graphql: {syntax}"),
            ("failed", f"{SETTING}: {tmp_path}/a.graphql: an operation has no name"),
        ],
    ]
