"""How a description becomes a system in whole numbers."""
