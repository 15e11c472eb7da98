"""The GraphQL documents that the server's own pages send. Each is a file in `documents`.

A page takes one by `{{ document("its_name") }}`, so that it sends the file's exact text. The server
trusts them where it executes no others: server/trusted_documents.py.
"""

from pathlib import Path

FOLDER = Path(__file__).parent / "documents"


def document(name: str) -> str:
    """The text of the document in `documents/<name>.graphql`."""
    return (FOLDER / f"{name}.graphql").read_text("utf-8")
