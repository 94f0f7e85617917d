"""The watch over a site in use: canaries after ingests, a model that changed, what visitors asked and did not get."""
