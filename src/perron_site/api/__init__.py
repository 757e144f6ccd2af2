"""The REST interface: parse, call once, render."""
