from tortoise import fields
from tortoise.models import Model
from uuid6 import uuid7


class SigningKey(Model):
    """A key pair that signs service tokens.

    It signs from `signs_from` on, until a later key does.
    """

    id = fields.UUIDField(primary_key=True, default=uuid7)
    kid = fields.CharField(max_length=64, unique=True)
    """The key's thumbprint (RFC 7638)."""
    algorithm = fields.CharField(max_length=16)
    """`accounts.service_tokens.signing_keys.Algorithm`."""
    public_key: fields.Field[dict[str, str]] = fields.JSONField()
    """A JWK (RFC 7517)."""
    private_key = fields.TextField()
    """A JWK, encrypted with the server's secret key: a compact JWE (RFC 7516)."""
    created_at = fields.DatetimeField()
    signs_from = fields.DatetimeField()

    class Meta:
        table = "signing_keys"
