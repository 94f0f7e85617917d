"""Pages: chat, article, owner's view, demonstration."""
