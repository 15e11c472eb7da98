"""The table and the columns of a model, from Tortoise's public description of it."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from tortoise.models import Model


def table_of(model: type[Model]) -> str:
    """The name of the model's table."""
    return str(_described(model)["table"])


@cache
def columns_of(model: type[Model]) -> Mapping[str, Any]:
    """The type of each column's values in Python, by the column's name."""
    described = _described(model)
    fields = [described["pk_field"], *described["data_fields"]]
    return {field["db_column"]: field["python_type"] for field in fields}


@cache
def _described(model: type[Model]) -> Mapping[str, Any]:
    return model.describe(serializable=False)
