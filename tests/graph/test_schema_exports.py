"""What clients and their tools get of the schema."""

import json
from pathlib import Path

import pytest
from graphql import build_schema, is_scalar_type, is_specified_scalar_type
from harness.every_mutation import MUTATIONS
from harness.paths import ROOT
from typer.testing import CliRunner

from server.cli.main import app

SDL = (ROOT / "schema.graphql").read_text()

REGISTER_RESULT = (
    "union RegisterResult = RegisterSuccess | RegistrationPending | RegisterDryRunSuccess | "
    "InvalidInputError | EmailAlreadyExistsError | RateLimitedError | UnavailableError | "
    "InternalError"
)


def connectx_schema(*arguments: str) -> tuple[int, str]:
    """Exit code and output of `connectx schema`."""
    done = CliRunner().invoke(app, ["schema", *arguments])
    return done.exit_code, done.output


def since(tmp_path: Path, *, written: str, before: str) -> tuple[int, str]:
    """What is told of the change from a release's `before` to what is `written` now."""
    assert SDL.count(written) == 1
    older = tmp_path / "schema-1.graphql"
    older.write_text(SDL.replace(written, before))
    return connectx_schema("--since", str(older))


def test_possible_types_json_is_what_the_code_says():
    expected = (ROOT / "possible-types.json").read_text()

    assert connectx_schema("--possible-types") == (0, expected)


def test_possible_types_name_the_members_of_unions_and_interfaces():
    possible_types = json.loads((ROOT / "possible-types.json").read_text())

    unions = [f"{name[0].upper()}{name[1:]}Result" for name in MUTATIONS]
    assert list(possible_types) == sorted(["FieldError", "UserError", *unions])
    assert possible_types["LogoutResult"] == [
        "InternalError",
        "LogoutSuccess",
        "RateLimitedError",
        "UnauthenticatedError",
        "UnavailableError",
    ]


def test_each_scalar_of_its_own_says_where_it_is_specified():
    kinds = build_schema(SDL).type_map.values()
    own = [kind for kind in kinds if is_scalar_type(kind) and not is_specified_scalar_type(kind)]

    assert {scalar.name: scalar.specified_by_url for scalar in own} == {
        "DateTime": "https://www.rfc-editor.org/rfc/rfc3339"
    }


def test_nothing_breaks_clients_of_the_last_release():
    releases = (ROOT / "docs" / "releases").glob("schema-*.graphql")
    last = max(releases, key=lambda file: [int(part) for part in file.stem[7:].split(".")])

    code, _ = connectx_schema("--since", str(last))

    assert code == 0


def test_a_new_field_and_a_new_description_are_no_news_to_a_client(tmp_path: Path):
    written = '  """Who is logged in."""\n  user: User!\n'

    code, said = since(tmp_path, written=written, before="")

    assert (code, said) == (0, f"Nothing breaks clients of {tmp_path}/schema-1.graphql.\n")


def test_a_new_optional_input_is_dangerous_and_passes(tmp_path: Path):
    written = (
        '  """The email address of whoever invited this person."""\n  invitedBy: String = null\n'
    )

    code, said = since(tmp_path, written=written, before="")

    assert (code, said) == (
        0,
        "dangerous  An optional field RegisterInput.invitedBy was added.\n",
    )


@pytest.mark.parametrize(
    ("written", "before", "said"),
    [
        (
            "  attemptsRemaining: Int!",
            "  attemptsRemaining: Int!\n  attemptsMade: Int",
            "BREAKING  Field InvalidOtpError.attemptsMade was removed.\n",
        ),
        (
            "  logoUrl: String\n",
            "  logoUrl: String!\n",
            "BREAKING  Field Product.logoUrl changed type from String! to String.\n",
        ),
        (
            REGISTER_RESULT,
            REGISTER_RESULT.replace(" | RegistrationPending", ""),
            "BREAKING  RegistrationPending was added to union type RegisterResult.\n",
        ),
    ],
    ids=["a field goes", "a field may be null", "a union grows"],
)
def test_what_breaks_a_client_fails(tmp_path: Path, written: str, before: str, said: str):
    assert since(tmp_path, written=written, before=before) == (1, said)
