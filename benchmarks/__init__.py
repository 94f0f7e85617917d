"""Measurements: speed, quality on public sets, proof of silence. Figures and commands: ``README.md`` beside this."""
