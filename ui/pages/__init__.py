"""Pages: chat, article, demonstration."""
