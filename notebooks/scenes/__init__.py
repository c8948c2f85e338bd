"""The drawings of the lessons, one file per lesson, so that a notebook shows what is drawn and not how."""
