"""What the law says: what applies, what is possible, by when, and what is missing."""
