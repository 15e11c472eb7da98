"""What a link that does not verify is answered."""

INVALID = {"__typename": "InvalidLinkError", "message": "Invalid verification link."}
EXPIRED = {"__typename": "ExpiredLinkError", "message": "Verification link has expired."}
