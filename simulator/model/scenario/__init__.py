"""What one draw of the factors makes of a system: paths into it, what goes where, what is derived."""
