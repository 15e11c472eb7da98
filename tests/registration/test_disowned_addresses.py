"""A disowned address gets mails again once its owner proves it."""

from harness.postbox import Postbox
from harness.service import Service

ADDRESS = "ada@example.com"


def test_an_address_that_comes_back_by_an_undo_gets_mails_again(service: Service, postbox: Postbox):
    service.register()
    service.verify(postbox.code(ADDRESS))
    access = service.login()["accessToken"]
    wanted = {"newEmail": "thief@example.com", "password": "secure_password"}
    service.run("request_email_change", token=access, input=wanted)
    code = {"otp": postbox.code("thief@example.com")}
    service.run("confirm_email_change", token=access, input=code)
    undo = {"token": postbox.token(ADDRESS, count=2)}
    service.clock.advance(hours=1)
    service.register()
    service.disown(postbox.disown_token(ADDRESS, count=3))

    service.run("undo_email_change", input=undo)
    postbox.reset_code(ADDRESS, count=4)
    service.clock.advance(hours=1)
    service.request_reset()
    reset = service.reset(postbox.reset_code(ADDRESS, count=5))
    assert reset["__typename"] == "PasswordResetSuccess"


def test_an_address_that_a_change_proves_after_the_disowning_gets_mails_again(
    service: Service, postbox: Postbox
):
    service.register(email="old@example.com")
    service.verify(postbox.code("old@example.com"), "old@example.com")
    access = service.login("old@example.com")["accessToken"]
    wanted = {"newEmail": ADDRESS, "password": "secure_password"}
    service.run("request_email_change", token=access, input=wanted)
    code = {"otp": postbox.code(ADDRESS)}
    service.register()
    service.disown(postbox.disown_token(ADDRESS, count=2))

    changed = service.run("confirm_email_change", token=access, input=code)
    assert changed["__typename"] == "EmailChanged"
    service.request_reset()
    reset = service.reset(postbox.reset_code(ADDRESS, count=4))
    assert reset["__typename"] == "PasswordResetSuccess"
