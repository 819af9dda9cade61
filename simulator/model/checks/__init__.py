"""What makes a document wrong: faults of its parts, its factors, its claims, and its size."""
