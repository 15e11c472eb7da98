from tortoise import fields
from tortoise.models import Model
from uuid6 import uuid7

from models.tables.user import User


class FormerAddress(Model):
    """An address that a user had before a change of it.

    Others may name the user by it, in their `invited_by`. A deletion removes it there.
    """

    id = fields.UUIDField(primary_key=True, default=uuid7)
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.CASCADE, related_name="former_addresses"
    )
    email = fields.CharField(max_length=254)

    class Meta:
        table = "former_addresses"
        unique_together = (("user", "email"),)
