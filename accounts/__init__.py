"""What the product does: register, verify, resend and log in."""
