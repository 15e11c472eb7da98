"""Rows that are read and made without the ORM."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from tortoise.models import Model

from models import EmailVerification, OutgoingMail, Tenant, User
from models.sql.database import fetch
from models.sql.insert import insert_together
from models.sql.select import model_of, select_list

NOW = datetime(2030, 1, 2, 3, 4, 5, 678_901, tzinfo=UTC)


@pytest.fixture
async def stored(database: None) -> None:
    """A person of a tenant, with a code and a mail: every column has a value."""
    tenant = await Tenant.create(
        name="Grace",
        policy={"name": "church", "roles": ["pastor"]},
        display_name="Grace Church",
        sender_name="The office",
        reply_to="office@example.com",
        created_at=NOW,
    )
    user = await User.create(
        email="ada@example.com",
        name="Ada",
        password_hash="none",
        role="pastor",
        invited_by="eve@example.com",
        language="de",
        is_verified=True,
        verification_id=uuid4(),
        password_reset_id=uuid4(),
        email_change_id=uuid4(),
        profile={"phone": "+49 30 1234"},
        disabled_at=NOW,
        deletes_at=NOW,
        held_until=NOW + timedelta(hours=1),
        tenant=tenant,
        created_at=NOW,
        updated_at=NOW,
    )
    moments = dict.fromkeys(("otp_expires_at", "link_expires_at", "expires_at", "created_at"), NOW)
    hashes = dict.fromkeys(("address_hash", "continuation_hash", "continuation_password"), "h")
    verification = await EmailVerification.create(
        user=user, key_id="k", new_email="eve@example.com", **moments, **hashes
    )
    await OutgoingMail.create(
        letter="verification",
        recipient="ada@example.com",
        data={"product": "Grace"},
        verification=verification,
        due_at=NOW,
        claimed_by=uuid4(),
        last_error="none",
        created_at=NOW,
        sent_at=NOW,
    )


@pytest.mark.parametrize("model", [User, Tenant, EmailVerification, OutgoingMail])
async def test_a_row_becomes_the_model_that_the_orm_makes_of_it(stored, model: type[Model]):
    [row] = await fetch(f"SELECT {select_list(model)} FROM {model._meta.db_table}")

    [expected] = await model.all()
    assert dict(model_of(model, row)) == dict(expected)
    assert None not in dict(expected).values()


async def test_a_row_that_was_read_can_be_saved(stored):
    [row] = await fetch(f"SELECT {select_list(User)} FROM users")
    user = model_of(User, row)

    user.name = "Ada Lovelace"
    await user.save()

    assert await User.filter(name="Ada Lovelace").count() == 1


MAIL = {"letter": "verification", "recipient": "ada@example.com", "data": {}, "due_at": NOW}


async def test_rows_are_stored_with_their_values_and_the_models_defaults(database: None):
    first, second = (OutgoingMail.construct(**MAIL, created_at=NOW) for _ in range(2))

    await insert_together(first)
    await insert_together(second)

    stored = {mail.id: dict(mail) for mail in await OutgoingMail.all()}
    assert stored == {first.id: dict(first), second.id: dict(second)}
