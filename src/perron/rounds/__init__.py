"""What composes engines and decides nothing itself."""
