"""The answers that tests have chosen for the next calls of mutations."""

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graphql import GraphQLObjectType, GraphQLSchema

from graph.messages import translate
from server.test_server.control_error import ControlError, refuse_other_keys
from server.test_server.examples import inputs_of, members_of
from server.test_server.typed_values import GIVEN, TypedValues

_MOST = 10_000
_KEYS = {"mutation", "answer", "times"}


@dataclass
class _Chosen:
    member: GraphQLObjectType
    inputs: list[str]
    answer: dict[str, Any]
    left: int


class ChosenAnswers:
    """Answers by mutation, in the order in which they were chosen."""

    def __init__(self, schema: GraphQLSchema, *, clock: Callable[[], datetime]) -> None:
        self._schema = schema
        self._clock = clock
        self._waiting: dict[str, deque[_Chosen]] = defaultdict(deque)

    @property
    def are_waiting(self) -> bool:
        return any(self._waiting.values())

    def choose(self, asked: dict[str, Any]) -> None:
        """Keeps the answer for the next `times` calls of `mutation`. Raises ControlError."""
        mutation, answer, times = asked.get("mutation"), asked.get("answer"), asked.get("times", 1)
        refuse_other_keys(asked, _KEYS)
        members = members_of(self._schema, mutation) if isinstance(mutation, str) else None
        if members is None:
            raise ControlError("`mutation` takes the name of a mutation of the schema.")
        if not isinstance(answer, dict) or not isinstance(answer.get("__typename"), str):
            raise ControlError('`answer` takes an object with "__typename" and fields.')
        if answer["__typename"] not in members:
            raise ControlError(
                f"`{mutation}` never answers {answer['__typename']!r}. It answers one of "
                f"{', '.join(members)}."
            )
        if type(times) is not int or not 1 <= times <= _MOST:
            raise ControlError(f"`times` takes a whole number from 1 to {_MOST}.")
        chosen = _Chosen(
            members[answer["__typename"]],
            inputs_of(self._schema, str(mutation)),
            answer,
            times,
        )
        self._made(chosen)  # raises now, and not in the client's request
        self._waiting[str(mutation)].append(chosen)

    def clear(self) -> None:
        self._waiting.clear()

    def middleware(self) -> Callable[..., Any]:
        """A middleware for graphql-core that answers mutations with what was chosen for them."""

        # graphql-core takes functions, and no methods.
        def middle(following: Callable[..., Any], source: Any, info: Any, **arguments: Any) -> Any:
            if info.parent_type is self._schema.mutation_type and self._waiting[info.field_name]:
                return self._taken(info)
            given = getattr(source, GIVEN, {})
            if info.field_name in given:
                return given[info.field_name]
            return following(source, info, **arguments)

        return middle

    def _taken(self, info: Any) -> Any:
        queue = self._waiting[info.field_name]
        chosen = queue[0]
        chosen.left -= 1
        if not chosen.left:
            queue.popleft()
        answer = self._made(chosen)
        with info.context.observer.mutation(info.field_name) as report:
            report(chosen.member.name)
        language = info.context.language()
        if language is not None:
            translate(answer, language)
        return answer

    def _made(self, chosen: _Chosen) -> Any:
        values = TypedValues(self._schema, now=self._clock(), inputs=chosen.inputs)
        return values.object(chosen.member, chosen.answer, "answer")
