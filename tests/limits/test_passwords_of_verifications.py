"""Who holds a link that has verified an address cannot try passwords with it."""

import pytest
from harness.audit_rows import details
from harness.postbox import Postbox
from harness.service import Service

ADDRESS = "ada@example.com"


@pytest.mark.settings(POLICY="church")
def test_passwords_that_come_with_a_used_link_count_as_logins(
    service: Service, postbox: Postbox, database_url: str
):
    service.register(role="member")
    token = postbox.token(ADDRESS)
    service.verify_by_link(token)

    def again(password: str) -> str:
        given = {"token": token, "password": password}
        answer = service.run("verify_email_by_link", input=given)
        return answer["__typename"]

    tried = [again(f"wrong_password_{number}") for number in range(11)]

    assert tried == [*["InvalidInputError"] * 10, "RateLimitedError"]
    assert again("secure_password") == "RateLimitedError"
    assert service.login()["__typename"] == "RateLimitedError"
    assert again("") == "InvalidInputError"
    assert (
        details(database_url, "login_failed")
        == ["wrong password of a verification that came again"] * 10
    )
