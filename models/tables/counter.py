from tortoise import fields
from tortoise.models import Model


class Counter(Model):
    """The hits in a window of time. `key` is a keyed hash and names nobody."""

    key = fields.CharField(max_length=128, primary_key=True)
    hits = fields.IntField()
    expires_at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "counters"
