"""Registration policies: what a product requires of people who register."""
