"""Who must act, how the baton moves, and where the net is open."""
