"""Other services of a team, which ask this server about logins with a key of their own."""
