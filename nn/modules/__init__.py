"""What networks are built from: parameters, neurons, layers, attention."""
