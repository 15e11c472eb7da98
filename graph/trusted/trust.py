"""Validates trusted documents, and finds them by id or text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TypeAlias

from graphql import GraphQLError, GraphQLSchema

from graph.execution.documents import Document, Documents
from graph.transport.request import SHA256, DocumentId


class BrokenDocumentsError(ValueError):
    """Each problem names the file, the operation if there is one, and the cause."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Source:
    """One document: an operation with its fragments."""

    where: str
    """The file and the operation, for error messages."""
    texts: tuple[str, ...]
    """The texts by which the document is known."""
    id: str | None = None
    """The id from a manifest, in addition to the hashes of the texts."""


ReadResult: TypeAlias = Document | list[GraphQLError]


@dataclass(frozen=True)
class Trusted:
    """The trusted documents. They do not change while the process runs."""

    by_id: Mapping[str, Document] = field(default_factory=dict, repr=False)
    by_text: Mapping[str, Document] = field(default_factory=dict, repr=False)
    count: int = 0
    """The number of the operator's documents. Some are known by several texts."""
    only: bool = False
    """Whether only trusted documents are executed."""

    def identified(self, asked: DocumentId, text: str) -> ReadResult | None:
        """The document with an id, or errors; None if only `text` can identify the document.

        If a client sends both an id and a text, they have to belong together.
        """
        known = self.by_id.get(asked.value)
        if not text:
            return known or [asked.unknown()]
        if known is not None and self.by_text.get(text) is not known:
            return [asked.contradicted()]
        if known is None and asked.digest is not None and asked.digest != _digest(text):
            return [asked.contradicted()]
        return known


def only_trusted() -> list[GraphQLError]:
    """The error for a document that is not trusted, if only trusted ones are executed."""
    code = {"code": "PERSISTED_DOCUMENT_REQUIRED"}
    return [GraphQLError("Only trusted documents are executed here.", extensions=code)]


def trust(
    sources: Sequence[Source],
    *,
    schema: GraphQLSchema,
    own: Sequence[Source],
    introspection: bool,
    only: bool,
) -> Trusted:
    """The documents of all sources. Raises BrokenDocumentsError with all problems.

    `own` are those of the server's own pages. The limits of other documents apply to all of them as
    well, as they protect the server.
    """
    count = len({source.texts[0] for source in sources})
    sources = [*own, *sources]
    documents = Documents(schema, introspection=introspection)
    read = {text: documents.read(text) for source in sources for text in source.texts}
    problems = [
        f"{source.where}: {error.message}"
        for source in sources
        for text in source.texts
        for error in _errors(read[text])
    ]
    texts = _texts_by_id(sources, problems)
    if problems:
        raise BrokenDocumentsError([*dict.fromkeys(problems)])
    by_text = {text: each for text, each in read.items() if isinstance(each, Document)}
    return Trusted(
        by_id={name: by_text[text] for name, text in texts.items()},
        by_text=by_text,
        count=count,
        only=only,
    )


def _errors(read: ReadResult) -> list[GraphQLError]:
    return read if isinstance(read, list) else []


def _texts_by_id(sources: Sequence[Source], problems: list[str]) -> dict[str, str]:
    found: dict[str, tuple[str, Source]] = {}
    for source in sources:
        for text in source.texts:
            for name in _names(source, text, problems):
                other, owner = found.setdefault(name, (text, source))
                if other != text:
                    problems.append(f"{source.where}: its id {name} is that of {owner.where}")
    return {name: text for name, (text, _) in found.items()}


def _names(source: Source, text: str, problems: list[str]) -> list[str]:
    """The ids of a text: its hash, with and without prefix, and the id of its source."""
    digest = _digest(text)
    names = [f"{SHA256}{digest}", digest]
    if source.id is not None and source.id not in names:
        if source.id.startswith(SHA256):
            problems.append(f"{source.where}: {source.id} is not its document's hash")
        names.append(source.id)
    return names


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
