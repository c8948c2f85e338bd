"""A CSV file as a data set, and a model for its rows."""
