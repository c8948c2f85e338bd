"""Pictures and words for what autograd records."""
