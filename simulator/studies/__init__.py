"""Questions that take many runs, or many replications, to answer."""
