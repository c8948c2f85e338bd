"""How many there are of something, in words."""


def counted(number: int, noun: str) -> str:
    """ "1 row", "2 rows", "3 entries", "4 classes", "5 leaves"."""
    if number == 1:
        return f"1 {noun}"
    for ending, plural in (("y", "ies"), ("f", "ves"), ("s", "ses")):
        if noun.endswith(ending):
            return f"{number:,} {noun[:-1]}{plural}"
    return f"{number:,} {noun}s"
