"""The JSON documents that `--json` prints. Keys are stable, and in camelCase as in the API."""

from typing import Any

from accounts.addresses import masked
from accounts.operator.users import UserDetails
from accounts.policies.policy import Policy
from accounts.tenants import policy_of
from accounts.verification.attempts import AccountIsLocked
from models import AuditEntry, EmailVerification, OutgoingMail, Session, Tenant, User

JsonObject = dict[str, Any]


def user(found: User) -> JsonObject:
    return {
        "id": found.id,
        "email": found.email,
        "name": found.name,
        "role": found.role,
        "tenantId": found.tenant_id,  # type: ignore[attr-defined] # Tortoise adds it at run time
        "isVerified": found.is_verified,
        "createdAt": found.created_at,
    }


def user_details(found: UserDetails) -> JsonObject:
    person, locked = found.user, found.obstacle
    return {
        **user(person),
        "language": person.language,
        "invitedBy": person.invited_by,
        "isProfileComplete": not found.missing_fields,
        "profile": person.profile or {},
        "missingProfileFields": found.missing_fields,
        "updatedAt": person.updated_at,
        "disabledAt": person.disabled_at,
        "deletesAt": person.deletes_at,
        "heldUntil": None if person.is_verified else person.held_until,
        "verification": _verification(found.verification),
        "codeIsClosed": locked is not None,
        "lockedUntil": locked.until if isinstance(locked, AccountIsLocked) else None,
        "sessions": found.sessions,
        "mails": [mail(sent) for sent in found.mails],
    }


def _verification(found: EmailVerification | None) -> JsonObject | None:
    if found is None:
        return None
    return {
        "otpExpiresAt": found.otp_expires_at,
        "linkExpiresAt": found.link_expires_at,
        "createdAt": found.created_at,
    }


def session(found: Session) -> JsonObject:
    """Leaves out the hash of the token."""
    return {
        "id": found.id,
        "client": found.client,
        "createdAt": found.created_at,
        "lastUsedAt": found.last_used_at or found.created_at,
        "expiresAt": found.expires_at,
    }


def tenant(found: Tenant) -> JsonObject:
    return {
        "id": found.id,
        "name": found.name,
        "policy": policy(policy_of(found)),
        "displayName": found.display_name,
        "senderName": found.sender_name,
        "replyTo": found.reply_to,
        "createdAt": found.created_at,
    }


def policy(found: Policy) -> JsonObject:
    return found.model_dump(mode="json", by_alias=True)


def mail(found: OutgoingMail) -> JsonObject:
    """Leaves out the mail's data except the product: the rest may be confidential."""
    return {
        "id": found.id,
        "letter": found.letter,
        "recipient": masked(found.recipient) if found.recipient else None,
        "product": found.data.get("product"),
        "state": found.state,
        "attempts": found.attempts,
        "lastError": found.last_error,
        "createdAt": found.created_at,
        "dueAt": found.due_at,
        "sentAt": found.sent_at,
    }


def audit_entry(found: AuditEntry) -> JsonObject:
    return {
        "id": found.id,
        "at": found.at,
        "actor": found.actor,
        "action": found.action,
        "subject": found.subject,
        "detail": found.detail,
    }
