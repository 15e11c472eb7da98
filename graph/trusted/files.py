"""Reads trusted documents from GraphQL files, which share their fragments, and manifests."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graphql import (
    DefinitionNode,
    DocumentNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    Node,
    OperationDefinitionNode,
    Visitor,
    parse,
    print_ast,
    visit,
)

from graph.trusted.manifests import read_manifest
from graph.trusted.trust import BrokenDocumentsError, Source

_SUFFIXES = {".graphql", ".gql", ".json"}

Fragments = Mapping[str, FragmentDefinitionNode]


@dataclass(frozen=True)
class _File:
    path: Path
    content: str
    definitions: Sequence[DefinitionNode]


def read_sources(path: Path) -> list[Source]:
    """The documents in a file, or in a folder and its subfolders.

    Raises BrokenDocumentsError with all problems.
    """
    sources: list[Source] = []
    files: list[_File] = []
    problems: list[str] = []
    for file in _files(path):
        try:
            text = file.read_text("utf-8")
            if file.suffix == ".json":
                sources += read_manifest(file, text)
            else:
                files.append(_File(file, text, parse(text).definitions))
        except BrokenDocumentsError as error:
            problems += error.problems
        except (OSError, UnicodeDecodeError, GraphQLError) as error:
            problems.append(f"{file}: {_cause(error)}")
    fragments = _fragments(files, problems)
    for each in files:
        sources += _operations(each, fragments, problems)
    if not sources and not problems:
        problems.append(f"{path} holds no operation, in .graphql files or .json manifests")
    if problems:
        raise BrokenDocumentsError(problems)
    return sources


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(file for file in path.rglob("*") if file.suffix in _SUFFIXES)
    if path.suffix in _SUFFIXES:
        return [path]
    raise BrokenDocumentsError([f"takes a folder or a .json manifest, and {path} is neither"])


def _cause(error: OSError | UnicodeDecodeError | GraphQLError) -> str:
    if isinstance(error, GraphQLError):
        line = error.locations[0].line if error.locations else 0
        return f"line {line}: {error.message}"
    if isinstance(error, UnicodeDecodeError):
        return "is not UTF-8"
    return error.strerror or "cannot be read"


def _fragments(files: Sequence[_File], problems: list[str]) -> Fragments:
    """The fragments of all files by name. Two different ones with one name are a problem."""
    found: dict[str, tuple[FragmentDefinitionNode, Path]] = {}
    for file in files:
        for node in file.definitions:
            if isinstance(node, FragmentDefinitionNode):
                name = node.name.value
                first, path = found.setdefault(name, (node, file.path))
                if print_ast(first) != print_ast(node):
                    problems.append(
                        f"{file.path}: the fragment {name} differs from the one in {path}"
                    )
    return {name: node for name, (node, _) in found.items()}


def _operations(file: _File, fragments: Fragments, problems: list[str]) -> Iterator[Source]:
    """Each operation of a file as a document, with the fragments that it needs.

    If the file contains nothing else, its own text is known as well, so that its hash is an id.
    """
    for node in file.definitions:
        if isinstance(node, OperationDefinitionNode) and node.name is not None:
            needed = _needed(node, fragments)
            own = [node, *(fragments[name] for name in sorted(needed))]
            printed = print_ast(DocumentNode(definitions=tuple(own)))
            alone = sorted(map(print_ast, own)) == sorted(map(print_ast, file.definitions))
            texts = (printed, file.content) if alone else (printed,)
            yield Source(f"{file.path}: {node.name.value}", texts)
        elif isinstance(node, OperationDefinitionNode):
            problems.append(f"{file.path}: an operation has no name")
        elif not isinstance(node, FragmentDefinitionNode):
            problems.append(f"{file.path}: only operations and fragments belong here")


def _needed(node: Node, fragments: Fragments) -> set[str]:
    """The names of the fragments that a definition spreads, directly or indirectly."""
    spreads = _Spreads()
    visit(node, spreads)
    needed: set[str] = set()
    while spreads.names:
        name = spreads.names.pop()
        # The validation reports unknown names.
        if name in fragments and name not in needed:
            needed.add(name)
            visit(fragments[name], spreads)
    return needed


class _Spreads(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_: object) -> None:
        self.names.append(node.name.value)
