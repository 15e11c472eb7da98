"""The decorator that makes a resolver a mutation."""

import inspect
import typing
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, ParamSpec, TypeVar, Union

import strawberry
from strawberry.types.field import StrawberryField
from strawberry.utils.str_converters import to_camel_case

from graph.errors import InternalError, UnavailableError
from graph.execution.failures import answers_failures

P = ParamSpec("P")
T = TypeVar("T")

WHAT_THE_PERSON_TYPED = strawberry.argument(description="What the person typed.")


def mutation(*, description: str) -> Callable[[Callable[P, Awaitable[T]]], StrawberryField]:
    """A mutation that answers in time, whose failures are types, and which has metrics.

    The resolver returns a plain union. It becomes the GraphQL union `<Mutation>Result`, and
    `UnavailableError` and `InternalError` join it. A document may execute each mutation once
    (graph.execution.limits).
    """

    def decorate(resolver: Callable[P, Awaitable[T]]) -> StrawberryField:
        signature = inspect.signature(resolver)
        answer = _result_union(resolver.__name__, signature.return_annotation)
        guarded: Any = answers_failures(resolver)
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
