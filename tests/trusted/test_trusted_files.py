"""The files that trusted documents come from."""

import json
from hashlib import md5
from pathlib import Path
from typing import Any

import pytest
from harness.service import running
from harness.trusted_requests import ANSWER, POLICY, STATUS, VIEWER, by_id, digest, post

# What a document is does not depend on the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    return folder


def test_an_operation_is_printed_with_the_fragments_of_other_files(
    settings: dict[str, str], folder: Path
):
    (folder / "deep").mkdir()
    (folder / "deep" / "viewer.graphql").write_text(
        "# Who?\nquery Viewer { viewer { ...Name, ...Email } }\nquery Id { viewer { id } }"
    )
    (folder / "fragments.gql").write_text(
        "fragment Unused on Tenant { id }\n"
        "fragment Name on User { name ...Home }\n"
        "fragment Email on User { email }"
    )
    (folder / "home.graphql").write_text("fragment Home on User { tenant { name } }")
    printed = """query Viewer {
  viewer {
    ...Name
    ...Email
  }
}

fragment Email on User {
  email
}

fragment Home on User {
  tenant {
    name
  }
}

fragment Name on User {
  name
  ...Home
}"""
    with running(**settings, TRUSTED_DOCUMENTS=str(folder)) as service:
        answers = [
            post(service, by_id(text))
            for text in (printed, "query Id {\n  viewer {\n    id\n  }\n}")
        ]

    assert answers == [{"data": {"viewer": None}}] * 2


def apollos(operations: Any) -> str:
    return json.dumps(
        {"format": "apollo-persisted-query-manifest", "version": 1, "operations": operations}
    )


def test_every_manifest_of_a_code_generator_is_read_and_its_ids_are_taken_as_they_are(
    settings: dict[str, str], folder: Path
):
    relays, codegens = md5(VIEWER.encode()).hexdigest(), f"sha256:{digest(POLICY)}"
    body = {"name": "VerificationStatus", "type": "query", "body": STATUS}
    (folder / "relay.json").write_text(json.dumps({relays: VIEWER}))
    (folder / "persisted-documents.json").write_text(json.dumps({codegens: POLICY}))
    (folder / "apollo.json").write_text(apollos([{"id": "web/1.2/check", **body}]))
    variables = {"id": "nobody's"}
    with running(**settings, TRUSTED_DOCUMENTS=str(folder)) as service:
        known = [
            post(service, {"documentId": name, "variables": variables})
            for name in (relays, codegens, "web/1.2/check")
        ]
        apollo = {"persistedQuery": {"version": 1, "sha256Hash": "web/1.2/check"}}
        asked = {"extensions": apollo, "variables": variables}
        forms = [post(service, {"query": query, **asked}) for query in (STATUS, VIEWER)]
        unknown = post(service, {"documentId": "another", "query": VIEWER})

    policy = known[1]["data"]["registrationPolicy"]["passwordMinLength"]
    assert (known[0], policy, known[2]) == ({"data": {"viewer": None}}, 8, ANSWER)
    assert (forms[0], list(forms[1])) == (ANSWER, ["errors"])
    # Nobody knows what it stands for, so it says nothing about the text.
    assert unknown == {"data": {"viewer": None}}


def test_a_manifest_may_be_named_instead_of_a_folder(settings: dict[str, str], tmp_path: Path):
    manifest = tmp_path / "persisted-documents.json"
    manifest.write_text(json.dumps({"one": VIEWER}))
    with running(**settings, TRUSTED_DOCUMENTS=str(manifest)) as service:
        assert post(service, {"documentId": "one"}) == {"data": {"viewer": None}}
