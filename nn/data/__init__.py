"""Data sets, splits and preprocessing."""
