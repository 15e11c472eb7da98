"""How a mail server is connected to: certificates, encryption, passwords."""

from harness.mail_worker import queue, worker
from harness.smtp_server import smtp_server


async def test_a_password_is_given_over_starttls_only(database, clock, certificate):
    context, path = certificate
    await queue(clock, "ada@example.com")
    async with smtp_server(tls_context=context, auth_required=True) as smtp:
        transport = smtp.transport("smtp://apikey:p%40ss%2Fword@", CERT_BUNDLE=str(path))
        await worker(transport, clock).deliver_due()

    assert (smtp.recipients, smtp.tls) == (["ada@example.com"], [True])


async def test_a_refused_mail_over_tls_leaves_the_session_to_the_others(
    database, clock, certificate
):
    context, path = certificate
    people = ["ada@example.com", "bob@example.com"]
    await queue(clock, *people)
    async with smtp_server(tls_context=context, auth_required=True) as smtp:
        smtp.refused["ada@example.com"] = "550 5.1.1 No such user"
        transport = smtp.transport("smtp://apikey:p%40ss%2Fword@", CERT_BUNDLE=str(path))
        await worker(transport, clock).deliver_due()

    assert (smtp.recipients, smtp.tls, smtp.connections) == (people[1:], [True], 1)


async def test_a_certificate_that_nobody_vouches_for_gets_no_mail(database, clock, certificate):
    [mail] = await queue(clock, "ada@example.com")
    async with smtp_server(tls_context=certificate[0]) as smtp:
        await worker(smtp.transport(options="?starttls=required"), clock).deliver_due()

    await mail.refresh_from_db()
    assert smtp.envelopes == []
    assert "CERTIFICATE_VERIFY_FAILED" in mail.last_error


async def test_where_starttls_is_required_a_server_without_it_gets_no_mail_and_no_password(
    database, clock
):
    [mail] = await queue(clock, "ada@example.com")
    async with smtp_server(auth_require_tls=False) as smtp:
        await worker(smtp.transport("smtp://apikey:p%40ss%2Fword@"), clock).deliver_due()

    await mail.refresh_from_db()
    assert (smtp.envelopes, smtp.users) == ([], [])
    assert mail.last_error == "SMTPException: SMTP STARTTLS extension not supported by server."


async def test_a_wrong_password_is_tried_once_and_not_stored(database, clock):
    mails = await queue(clock, "ada@example.com", "bob@example.com")
    async with smtp_server(auth_require_tls=False) as smtp:
        transport = smtp.transport("smtp://apikey:wrong-secret@", "?starttls=never")
        await worker(transport, clock).deliver_due()

    assert set(smtp.users) == {"apikey:wrong-secret"}
    assert smtp.connections == 1
    for mail in mails:
        await mail.refresh_from_db()
        assert mail.last_error == "SMTPAuthenticationError: 535"


async def test_a_password_goes_out_in_the_clear_if_the_url_says_so(database, clock):
    await queue(clock, "ada@example.com")
    async with smtp_server(auth_require_tls=False) as smtp:
        transport = smtp.transport("smtp://apikey:p%40ss%2Fword@", "?starttls=never")
        await worker(transport, clock).deliver_due()

    assert smtp.users == ["apikey:p@ss/word"]
    assert smtp.recipients == ["ada@example.com"]


async def test_an_old_server_that_knows_no_extensions_gets_its_mails(database, clock):
    people = ["ada@example.com", "bob@example.com"]
    await queue(clock, *people)
    async with smtp_server() as smtp:
        smtp.knows_ehlo = False
        await worker(smtp.transport(), clock).deliver_due()

    assert smtp.recipients == people
