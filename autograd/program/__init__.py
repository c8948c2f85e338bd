"""Programs: a recorded graph, replayed on rows of numbers."""
