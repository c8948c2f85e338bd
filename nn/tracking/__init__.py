"""Runs: a folder for each training."""
