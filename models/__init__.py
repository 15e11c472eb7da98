"""The stored data: tables, statements and migrations."""

from models.tables.audience import Audience
from models.tables.audit_entry import AuditEntry
from models.tables.counter import Counter
from models.tables.email_verification import EmailVerification, Purpose
from models.tables.former_address import FormerAddress
from models.tables.known_client import KnownClient
from models.tables.outgoing_mail import WITHOUT_PROOF, MailState, MailTemplate, OutgoingMail
from models.tables.service_key import ServiceKey
from models.tables.session import Session
from models.tables.signing_key import SigningKey
from models.tables.tenant import Tenant
from models.tables.user import NO_PASSWORD, User

__all__ = [
    "NO_PASSWORD",
    "WITHOUT_PROOF",
    "Audience",
    "AuditEntry",
    "Counter",
    "EmailVerification",
    "FormerAddress",
    "KnownClient",
    "MailState",
    "MailTemplate",
    "OutgoingMail",
    "Purpose",
    "ServiceKey",
    "Session",
    "SigningKey",
    "Tenant",
    "User",
]
