from postbox import Postbox
from service import Service


def test_a_registration_stores_an_unverified_user_and_mails_a_code(
    service: Service, postbox: Postbox
):
    answer = service.register(invitedBy="Grace@Example.COM", role="Customer")

    user, verification = answer.pop("user"), answer.pop("verification")
    assert answer == {
        "__typename": "RegisterSuccess",
        "message": "Registration successful. "
        "A verification code has been sent to your email address",
    }
    assert verification.pop("id")
    assert verification == {
        "methods": ["OTP"],
        "expiresAt": "2026-01-02T03:14:05.678901+00:00",
        "resendAvailableAt": "2026-01-02T03:05:05.678901+00:00",
    }
    assert user.pop("id")[14] == "7", "a UUIDv7"
    assert user == {
        "name": "Ada Lovelace",
        "email": "ada@example.com",
        "role": "customer",
        "isVerified": False,
        "isProfileComplete": False,
        "invitedBy": "grace@example.com",
        "tenant": None,
        "createdAt": "2026-01-02T03:04:05.678901+00:00",
        "updatedAt": "2026-01-02T03:04:05.678901+00:00",
    }
    assert len(postbox.code("ada@example.com")) == 6


def test_a_taken_email_is_reported_and_sends_no_second_letter(service: Service, postbox: Postbox):
    service.register(email="ada@example.com")

    answer = service.register(email=" ADA@Example.com ")

    assert answer == {"__typename": "EmailAlreadyExistsError", "message": "Email already exists"}
    service.register(email="grace@example.com")
    postbox.newest("grace@example.com")
    assert len(postbox.sent_to("ada@example.com")) == 1
