"""Metrics: what an answer and a ranking are measured by, and how sure a figure is."""
