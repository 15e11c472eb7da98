"""What is stored, and its migrations."""

from models.audit_entry import AuditEntry
from models.counter import Counter
from models.email_verification import EmailVerification
from models.outgoing_mail import MailState, OutgoingMail
from models.session import Session
from models.tenant import Tenant
from models.user import User

__all__ = [
    "AuditEntry",
    "Counter",
    "EmailVerification",
    "MailState",
    "OutgoingMail",
    "Session",
    "Tenant",
    "User",
]
