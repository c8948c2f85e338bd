"""The steps of a computation as a page, a widget and an animation."""
