"""The record of steps, and the sentence that describes each."""
