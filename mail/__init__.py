"""Sends mails: the outbox, the worker, SMTP, the templates, and a mailbox for development.

Nothing is imported here: `mail.smtp.smtp_transport` loads slowly, and only a process that sends
mails over SMTP needs it.
"""
