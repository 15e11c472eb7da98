"""Addresses of each kind, and a policy that conceals which of them have accounts."""

NEW, WAITING, VERIFIED = "new@example.com", "waiting@example.com", "verified@example.com"
ADDRESSES = (NEW, WAITING, VERIFIED)

POLICY = """
roles = ["buyer", "seller"]
defaultRole = "buyer"
verificationMethods = ["OTP", "LINK"]
concealExistingAccounts = {conceal}
"""

QUEUED = "SELECT id FROM outgoing_mails WHERE state = 'queued'"
