"""An index of the rows that meet a condition."""

from tortoise.indexes import Index


class PartialIndex(Index):
    """Contains only the rows for which the SQL condition `where` holds."""

    def __init__(self, *, fields: tuple[str, ...], where: str) -> None:
        super().__init__(fields=fields)
        self.extra = f" WHERE {where}"
