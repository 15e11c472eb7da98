"""A letterhead with characters that matter in HTML and in headers."""

NAME, SENDER, ANSWERS = "Grâce & <b>Church</b>", "Büro, Grace", "office@grace.example"
