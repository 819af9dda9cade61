"""From the rows of a run to judgement: frozen values that show as tables."""
