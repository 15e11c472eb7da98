from tortoise import fields
from tortoise.models import Model
from uuid6 import uuid7

from models.tables.user import User


class KnownClient(Model):
    """A kind of client that a user has logged in by, such as `Firefox on Linux`.

    Sessions end and are deleted. These rows stay, so that only a new kind causes a notice.
    """

    id = fields.UUIDField(primary_key=True, default=uuid7)
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.CASCADE, related_name="known_clients"
    )
    label = fields.CharField(max_length=64)
    created_at = fields.DatetimeField()

    class Meta:
        table = "known_clients"
        unique_together = (("user", "label"),)
