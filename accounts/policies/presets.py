"""The policies that ship with the server."""

from accounts.policies.choices import VerificationMethod
from accounts.policies.policy import Policy
from accounts.profile import presets

PRESETS = {
    policy.name: policy
    for policy in (
        Policy(
            name="customer",
            roles=("customer",),
            default_role="customer",
            password_min_length=8,
            verification_methods=(VerificationMethod.OTP,),
        ),
        Policy(
            name="church",
            roles=("pastor", "member"),
            name_required=False,
            password_min_length=6,
            verification_methods=(VerificationMethod.LINK,),
            ask_invited_by=True,
            profile=presets.CHURCH,
        ),
    )
}
