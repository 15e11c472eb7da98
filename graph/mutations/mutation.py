"""The decorator that turns a resolver into a mutation."""

import inspect
import typing
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, ParamSpec, TypeVar, Union

import strawberry
from strawberry.types.field import StrawberryField
from strawberry.utils.str_converters import to_camel_case

from graph.ended_session import clears_ended_session
from graph.errors import InternalError, UnavailableError
from graph.execution.failures import with_error_types

P = ParamSpec("P")
T = TypeVar("T")

WHAT_THE_PERSON_TYPED = strawberry.argument(description="What the person typed.")
TOKEN_OF_A_LINK = strawberry.argument(description="The token of the link that the person opened.")


def return_to_field() -> Any:
    """The input field by which a frontend gets the person back from the mail."""
    return strawberry.field(
        default=None,
        description="The page of a frontend that the link of the mail opens, with `#token=` and "
        "the token added. It has to match one of the server's CONNECTX_RETURN_URLS. Null: the page "
        "that the server has for everybody.",
    )


def mutation(
    *, description: str, ends_sessions: bool = False
) -> Callable[[Callable[P, Awaitable[T]]], StrawberryField]:
    """Turns a resolver into a mutation with a time limit, error types and metrics.

    The resolver returns a plain union. The decorator makes the GraphQL union `<Mutation>Result` of
    it, adds `UnavailableError` and `InternalError`, and translates messages. A document may execute
    each mutation once (graph.execution.document_limits). A mutation that `ends_sessions` clears the
    cookie of one that it has ended.
    """

    def decorate(resolver: Callable[P, Awaitable[T]]) -> StrawberryField:
        signature = inspect.signature(resolver)
        answer = _result_union(resolver.__name__, signature.return_annotation)
        clearing = clears_ended_session(resolver) if ends_sessions else resolver
        guarded: Any = with_error_types(clearing)
        guarded.__signature__ = signature.replace(return_annotation=answer)
        field: StrawberryField = strawberry.mutation(resolver=guarded, description=description)
        return field

    return decorate


def _result_union(name: str, annotation: Any) -> Any:
    camel = to_camel_case(name)
    union = strawberry.union(
        f"{camel[0].upper()}{camel[1:]}Result", description=f"What `{camel}` answers."
    )
    members = (*typing.get_args(annotation), UnavailableError, InternalError)
    return Annotated[Union[members], union]  # noqa: UP007 - made at run time
