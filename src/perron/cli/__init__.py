"""The command ``perron``: it finds its commands by entry point."""
