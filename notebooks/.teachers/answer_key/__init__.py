"""What the exercises ask and how they are judged: one file per lesson. For teachers, not for learners."""
