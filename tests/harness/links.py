"""What a link that does not verify is answered."""

INVALID = {"__typename": "InvalidLinkError", "message": "This link is not valid."}
EXPIRED = {"__typename": "ExpiredLinkError", "message": "This link has expired."}
