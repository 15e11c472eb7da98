"""What another command adds to the server of `connectx serve`, such as routes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from starlette.routing import BaseRoute

from graph.execution.pipeline import Pipeline
from server.composition import Parts
from server.http.cors import Origins


def _no_routes(_: Parts, __: Origins) -> Sequence[BaseRoute]:
    return ()


@dataclass(frozen=True)
class Additions:
    """The pipeline and the routes that a command has of its own. `connectx serve` has none."""

    pipeline: Callable[..., Pipeline] = Pipeline
    """Makes the pipeline of the server. It takes what `Pipeline` takes."""
    routes: Callable[[Parts, Origins], Sequence[BaseRoute]] = _no_routes


NONE = Additions()
