"""The command glassgrad."""
