"""`connectx tenants set-policy` and `tenants delete`, beside a server that runs."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from harness.database import create_tenant, rows
from harness.parallel_requests import at_once
from harness.processes import connectx
from harness.service import Service

AUDIT = "SELECT subject, detail FROM audit_entries WHERE action = '{}'"


def given(tenant: str, count: int) -> list[dict[str, str]]:
    return [
        {"email": f"p{number}@example.com", "password": "xk4!vQ", "role": "member"}
        | {"tenant": tenant}
        for number in range(count)
    ]


def test_another_policy_counts_from_the_next_registration_on(
    service: Service, settings: dict[str, str], database_url: str, tmp_path: Path
):
    tenant = create_tenant(database_url)
    service.register(tenant=tenant, role="member")
    (tmp_path / "choir.toml").write_text('roles = ["singer"]\nverificationMethods = ["OTP"]\n')

    result = connectx(
        "tenants", "set-policy", tenant, "--policy", str(tmp_path / "choir.toml"), **settings
    )

    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == (
        f"{tenant} has the policy choir.\n"
        "1 of its users has a role that this policy does not have. Their roles are unchanged.\n"
    )
    assert service.policy(tenant)["roles"] == ["singer"]
    answer = service.register(tenant=tenant, role="member", email="grace@example.com")
    assert [error["__typename"] for error in answer["errors"]] == ["RoleNotAllowedError"]
    assert rows(database_url, AUDIT.format("policy_set")) == [
        {
            "subject": tenant,
            "detail": 'church → choir: roles ["pastor", "member"] → ["singer"]; '
            "nameRequired false → true; passwordMinLength 6 → 8; "
            'verificationMethods ["LINK"] → ["OTP"]; askInvitedBy true → false; '
            'profile ["phone PHONE required", "birthday DATE", "address LONG_TEXT"] → []',
        }
    ]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_tenants_are_json_with_documented_keys(settings: dict[str, str], database_url: str):
    created = connectx(
        "tenants", "create", "Grace Church", "--policy", "church", "--json", **settings
    )
    tenant = json.loads(created.stdout)
    listed = json.loads(connectx("tenants", "list", "--json", **settings).stdout)
    shown = json.loads(connectx("tenants", "show", tenant["id"], "--json", **settings).stdout)

    assert [*tenant] == [
        *("id", "name", "policy", "displayName", "senderName", "replyTo", "createdAt")
    ]
    assert tenant["policy"]["roles"] == ["pastor", "member"]
    assert listed == [shown] == [tenant]
    assert rows(database_url, AUDIT.format("tenant_created")) == [
        {"subject": tenant["id"], "detail": "Grace Church, church"}
    ]


def test_a_tenant_with_users_is_kept_and_one_without_is_deleted(
    service: Service, settings: dict[str, str], database_url: str
):
    tenant = create_tenant(database_url)
    service.register(tenant=tenant, role="member")

    refused = connectx("tenants", "delete", tenant, "--yes", **settings)
    rows(database_url, "DELETE FROM users")
    deleted = connectx("tenants", "delete", tenant, "--yes", "--json", **settings)
    again = connectx("tenants", "delete", tenant, "--yes", **settings)

    assert (refused.returncode, refused.stdout) == (1, "")
    assert (
        refused.stderr == "Grace Church has 1 user. Only a tenant without users can be deleted.\n"
    )
    assert (deleted.returncode, json.loads(deleted.stdout)) == (0, {"id": tenant, "deleted": True})
    assert again.returncode == 1
    assert again.stderr == f"There is no tenant {tenant}. `connectx tenants list` lists them.\n"
    assert rows(database_url, AUDIT.format("tenant_deleted")) == [
        {"subject": tenant, "detail": "Grace Church"}
    ]


def test_registrations_that_race_with_the_end_of_their_tenant_leave_both_or_neither(
    service: Service, settings: dict[str, str], database_url: str
):
    tenants = [create_tenant(database_url, f"Church {number}") for number in range(3)]
    asked = [
        {**one, "email": f"{tenant[-4:]}{one['email']}"}
        for tenant in tenants
        for one in given(tenant, 8)
    ]

    with ThreadPoolExecutor(4) as pool:
        deletions = [
            pool.submit(connectx, "tenants", "delete", tenant, "--yes", **settings)
            for tenant in tenants
        ]
        answers = []
        while not all(deletion.done() for deletion in deletions):
            answers += at_once(
                service, "register", [asked.pop() for _ in range(min(4, len(asked)))]
            )
            if not asked:
                break

    left = {str(row["id"]) for row in rows(database_url, "SELECT id FROM tenants")}
    people = {str(row["tenant_id"]) for row in rows(database_url, "SELECT tenant_id FROM users")}
    kinds = {answer["__typename"] for answer in answers}
    codes = [deletion.result().returncode for deletion in deletions]
    assert people <= left
    assert kinds <= {"RegisterSuccess", "InvalidInputError"}
    assert sorted(codes) == [0] * (3 - len(left)) + [1] * len(left)
    assert len(rows(database_url, AUDIT.format("tenant_deleted"))) == 3 - len(left)
    registered = sum(answer["__typename"] == "RegisterSuccess" for answer in answers)
    assert len(rows(database_url, AUDIT.format("registered"))) == registered
