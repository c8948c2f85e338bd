"""Lowering: the matrix products, sums and rows of alike operations in a frozen graph of scalars."""
