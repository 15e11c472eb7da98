"""`connectx policies`: shows the registration policies."""

import typer

from accounts.policies.choices import EmailChangeConfirms, PasswordAt
from accounts.policies.load import PolicyError, load
from accounts.policies.policy import Policy
from accounts.policies.presets import PRESETS
from accounts.profile.fields import ProfileField
from server.cli import json_output
from server.cli.output import AsJson, print_json
from server.settings import Settings, SettingsError


def policies(*, as_json: AsJson = False) -> None:
    """Show the preset registration policies and the default of this deployment.

    Example: connectx policies --json
    """
    default = Settings.read().default_policy
    shown = list(PRESETS.values())
    if default not in shown:
        shown.append(default)
    if as_json:
        print_json({"default": default.name, "policies": [*map(json_output.policy, shown)]})
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"Registration policies (this deployment's default: {default.name})")
    table.add_column("")
    for policy in shown:
        table.add_column(policy.name)
    for label, *cells in zip(LABELS, *map(rows, shown), strict=True):
        table.add_row(label, *cells)
    # Wide enough not to break words if the output is not a terminal.
    Console(width=None if Console().is_terminal else 120).print(table)
    typer.echo("A policy of your own is a TOML file: see docs/policies.md.")


def chosen_policy(source: str) -> Policy:
    """The policy that the option --policy names. Raises SettingsError."""
    try:
        return load(source)
    except PolicyError as error:
        lines = str(error).splitlines()
        raise SettingsError("\n".join(f"--policy: {line}" for line in lines)) from None


LABELS = (
    *("roles", "default role", "name", "password", "password chosen", "verification"),
    *("existing accounts", "disposable addresses", "invited by"),
    *("sessions end", "new logins", "deletion", "email changes", "profile"),
)


_CHOOSING = {
    PasswordAt.REGISTRATION: "at the registration",
    PasswordAt.VERIFICATION: "at the verification",
}


_CONFIRMING = {
    EmailChangeConfirms.NEW: "new address confirms",
    EmailChangeConfirms.BOTH: "both addresses confirm",
}


def rows(policy: Policy) -> tuple[str, ...]:
    """The cells of a policy, one for each label."""
    return (
        ", ".join(policy.roles),
        policy.default_role or "none: role is required",
        "required" if policy.name_required else "optional",
        f"{policy.password_min_length} to {policy.password_max_length} characters",
        _CHOOSING[policy.password_at],
        " and ".join(_methods(policy)),
        "concealed" if policy.conceal_existing_accounts else "revealed",
        "refused" if policy.block_disposable_addresses else "accepted",
        "forms ask" if policy.ask_invited_by else "forms do not ask",
        f"{_days(policy.session_idle_days)} unused, or {_days(policy.session_days)}",
        "notices" if policy.notice_new_logins else "no notices",
        f"after {_days(policy.deletion_days)}" if policy.deletion_days else "at once",
        _CONFIRMING[policy.email_change_confirms],
        ", ".join(map(_profile_field, policy.profile)) or "none",
    )


def _profile_field(field: ProfileField) -> str:
    return f"{field.key} (required)" if field.required else field.key


def _methods(policy: Policy) -> list[str]:
    methods = []
    if policy.otp_lifetime is not None:
        methods.append(f"six-digit OTP, {_span(policy.otp_seconds)}")
    if policy.link_lifetime is not None:
        methods.append(f"link, {_span(policy.link_seconds)}")
    return methods


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _span(seconds: int) -> str:
    for size, unit in ((3600, "hour"), (60, "minute")):
        if seconds % size == 0:
            count = seconds // size
            return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
    return f"{seconds} seconds"
