"""The doctor: why a network does not learn."""
