"""Checks of an installation. They repair nothing; that of the embedder exports it, as its first use does."""
