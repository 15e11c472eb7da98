"""How letters leave: the delivery loop, SMTP, the templates, and a mailbox for development.

Nothing is imported here: `mail.smtp` takes most of a second, which only a process that sends mails
over SMTP has to spend.
"""
