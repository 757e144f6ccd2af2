"""Settings, addresses, and the database that comes along."""
