"""Questions: load facts, ask an engine, return values. Never write."""
