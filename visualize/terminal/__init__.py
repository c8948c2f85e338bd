"""The steps of a computation in a terminal."""
