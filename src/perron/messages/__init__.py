"""What to tell whom, in which language."""
