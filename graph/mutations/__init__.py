"""The mutations of the schema. Every module of this package is found automatically."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module

from strawberry.tools import create_type
from strawberry.types.field import StrawberryField


def _fields() -> Iterator[StrawberryField]:
    """The mutations of all modules in this package, in alphabetical order."""
    for module in pkgutil.iter_modules(__path__, f"{__name__}."):
        for value in vars(import_module(module.name)).values():
            if isinstance(value, StrawberryField):
                yield value


Mutation = create_type("Mutation", list(_fields()), description="What a client can do.")
