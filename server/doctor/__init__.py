"""What `connectx doctor` looks at: each module has one subject, and changes nothing."""
