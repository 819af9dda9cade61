"""What exists: frozen, validated values without a clock and without files."""
