"""Models to read: a GPT made of scalars."""
