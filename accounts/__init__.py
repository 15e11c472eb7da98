"""The product's operations: register, verify, resend and log in."""
