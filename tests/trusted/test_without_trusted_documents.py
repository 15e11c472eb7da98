"""A server without trusted documents, asked for one by its id."""

import pytest
from harness.service import Service
from harness.trusted_requests import POLICY, Send, each_form, each_transport

# What a document is does not depend on the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@each_transport
@each_form
def test_every_id_is_unknown(service: Service, ask: Send, form, unknown):
    assert ask(service, form(POLICY)) == {"errors": [unknown]}
