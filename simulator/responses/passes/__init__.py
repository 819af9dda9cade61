"""Compiled passes over a sample path: whole numbers in, whole numbers out, the same in every engine."""
