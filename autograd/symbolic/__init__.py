"""A row of the table run on symbols: words, LaTeX, MathML, Python and JavaScript."""
