"""The documents that are trusted, ready to execute."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TypeAlias

from graphql import GraphQLError, GraphQLSchema

from graph.execution.documents import Document, Documents
from graph.transport.request import SHA256, DocumentId


class BrokenDocumentsError(ValueError):
    """Each problem names the file, the operation where there is one, and what is wrong."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Source:
    """One document: an operation with its fragments."""

    where: str
    """The file and the operation, for messages."""
    texts: tuple[str, ...]
    """The forms in which it is known."""
    id: str | None = None
    """What a code generator calls it, besides its hash."""


Read: TypeAlias = Document | list[GraphQLError]


@dataclass(frozen=True)
class Trusted:
    """What is known for as long as the process runs; by default nothing."""

    by_id: Mapping[str, Document] = field(default_factory=dict, repr=False)
    by_text: Mapping[str, Document] = field(default_factory=dict, repr=False)
    count: int = 0
    """Of documents, some of which are known in several forms."""
    only: bool = False
    """Whether nothing else is executed."""

    def identified(self, asked: DocumentId, text: str) -> Read | None:
        """The document with an id; None if there is none, and its text has to say what it is.

        A text that comes with the id has to be the one that it stands for: whoever sends both
        means the same by them, or is mistaken.
        """
        known = self.by_id.get(asked.value)
        if not text:
            return known or [asked.unknown()]
        if known is not None and self.by_text.get(text) is not known:
            return [asked.contradicted()]
        if known is None and asked.digest is not None and asked.digest != _digest(text):
            return [asked.contradicted()]
        return known


NOTHING = Trusted()


def refused() -> list[GraphQLError]:
    """What is answered to a text that is not trusted where nothing else runs."""
    code = {"code": "PERSISTED_DOCUMENT_REQUIRED"}
    return [GraphQLError("Only trusted documents are executed here.", extensions=code)]


def trust(
    sources: Sequence[Source],
    *,
    schema: GraphQLSchema,
    introspection: bool = True,
    only: bool = False,
) -> Trusted:
    """All sources' documents. Raises BrokenDocumentsError, with every problem at once.

    They keep the limits of all documents: what a stranger may not ask for is too much for the
    server, whoever asks.
    """
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
        count=len({source.texts[0] for source in sources}),
        only=only,
    )


def _errors(read: Read) -> list[GraphQLError]:
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
    """What a text is called: by its hash in both ways, and by its source's own id."""
    digest = _digest(text)
    names = [f"{SHA256}{digest}", digest]
    if source.id is not None and source.id not in names:
        if source.id.startswith(SHA256):
            problems.append(f"{source.where}: {source.id} is not its document's hash")
        names.append(source.id)
    return names


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
