"""Language models: what one is to us, and each kind of them in its own file."""
