"""What is wrong with an operator's documents is told at start, with its file and operation."""

import json
from pathlib import Path
from typing import Any

import pytest
from harness.settings import environment

from server.settings import Settings, SettingsError
from server.trusted_documents import trusted_documents

SETTING = "CONNECTX_TRUSTED_DOCUMENTS"
VIEWER = "query Viewer { viewer { id } }"
COMMENTS = "Syntax Error: Document contains more than 400 comments. Parsing aborted."
NO_MANIFEST = (
    "is no manifest: it takes an object of ids and documents, as graphql-codegen and "
    "relay-compiler write it, or the format apollo-persisted-query-manifest, version 1"
)


def problems(folder: Path, files: dict[str, str], **settings: str) -> list[str]:
    """What the settings say of these files, without the setting's name and the folder's."""
    for name, content in files.items():
        (folder / name).write_text(content)
    with environment(TRUSTED_DOCUMENTS=str(folder), **settings):
        read = Settings.read()
    with pytest.raises(SettingsError) as wrong:
        trusted_documents(read)
    lines = str(wrong.value).splitlines()
    assert all(line.startswith(f"{SETTING}: ") for line in lines)
    return [line.removeprefix(f"{SETTING}: ").replace(f"{folder}/", "") for line in lines]


def manifest(*operations: Any, **changed: Any) -> str:
    known = {"format": "apollo-persisted-query-manifest", "version": 1}
    return json.dumps({**known, "operations": operations, **changed})


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (
            {"a.graphql": "query A {"},
            ["a.graphql: line 1: Syntax Error: Expected Name, found <EOF>."],
        ),
        (
            {"a.graphql": "query A { viewr { id } }"},
            ["a.graphql: A: Cannot query field 'viewr' on type 'Query'. Did you mean 'viewer'?"],
        ),
        (
            {"a.graphql": "query A { viewer { ...Gone } }"},
            ["a.graphql: A: Unknown fragment 'Gone'."],
        ),
        (
            {"a.graphql": "query A { " + "a: viewer { id } " * 2 + "b: viewer { id } " * 14 + "}"},
            ["a.graphql: A: More than 15 aliases."],
        ),
        (
            {"a.graphql": "# why\n" * 500 + VIEWER},
            [f"a.graphql: Viewer: {COMMENTS}"],
        ),
        ({"a.graphql": "{ viewer { id } }"}, ["a.graphql: an operation has no name"]),
        (
            {"a.graphql": f"{VIEWER} type Query {{ a: Int }}"},
            ["a.graphql: only operations and fragments belong here"],
        ),
        (
            {
                "a.graphql": "fragment F on User { id }",
                "b.graphql": "fragment F on User { name }",
                "c.graphql": "query C { viewer { ...F } }",
            },
            ["b.graphql: the fragment F differs from the one in a.graphql"],
        ),
        ({"a.json": "{"}, ["a.json: is not JSON"]),
        ({"a.json": "[]"}, [f"a.json: {NO_MANIFEST}"]),
        ({"a.json": "{}"}, [f"a.json: {NO_MANIFEST}"]),
        ({"a.json": '{"name": {"version": 1}}'}, [f"a.json: {NO_MANIFEST}"]),
        ({"a.json": '{"a": "\\ud800"}'}, [f"a.json: {NO_MANIFEST}"]),
        ({"a.json": manifest({"id": "a"})}, [f"a.json: {NO_MANIFEST}"]),
        ({"a.json": manifest(1)}, [f"a.json: {NO_MANIFEST}"]),
        ({"a.json": manifest(version=2)}, [f"a.json: {NO_MANIFEST}"]),
        (
            {"a.json": json.dumps({"one": "query Me { me }"})},
            ["a.json: Me: Cannot query field 'me' on type 'Query'."],
        ),
        (
            {"a.json": json.dumps({"one": "{ me }"})},
            ["a.json: one: Cannot query field 'me' on type 'Query'."],
        ),
        (
            {"a.json": json.dumps({"sha256:abc": VIEWER})},
            ["a.json: Viewer: sha256:abc is not its document's hash"],
        ),
        (
            {"a.json": '{"one": "{ a }", "one": "{ b }"}'},
            ["a.json: one has two different documents"],
        ),
        (
            {
                "a.json": json.dumps({"one": VIEWER}),
                "b.json": manifest({"id": "one", "body": "query Other { viewer { id } }"}),
            },
            ["b.json: Other: its id one is that of a.json: Viewer"],
        ),
        (
            {"a.graphql": "query A {", "b.json": "{", "c.graphql": "{ viewer { id } }"},
            [
                "a.graphql: line 1: Syntax Error: Expected Name, found <EOF>.",
                "b.json: is not JSON",
                "c.graphql: an operation has no name",
            ],
        ),
    ],
)
def test_a_broken_document_is_told_with_its_file_and_operation(
    tmp_path: Path, files: dict[str, str], told: list[str]
):
    assert problems(tmp_path, files) == told


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path):
    (tmp_path / "a.graphql").write_bytes(b"\xff")
    (tmp_path / "b.graphql").symlink_to(tmp_path / "gone")

    assert problems(tmp_path, {}) == [
        "a.graphql: is not UTF-8",
        "b.graphql: No such file or directory",
    ]


def test_a_folder_without_an_operation_is_told(tmp_path: Path):
    told = problems(tmp_path, {"a.graphql": "fragment F on User { id }"})

    assert told == [f"{tmp_path} holds no operation, in .graphql files or .json manifests"]


def test_introspection_cannot_be_trusted_where_it_is_off(tmp_path: Path):
    text = "query Types { __schema { queryType { name } } }"

    told = problems(tmp_path, {"a.graphql": text}, INTROSPECTION="off")

    assert told[0].startswith("a.graphql: Types: GraphQL introspection has been disabled")
