"""What moves the parameters: optimizers, schedules, clipping, regularizers."""
