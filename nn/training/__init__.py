"""Training: the loop, its record, checkpoints, and prediction."""
