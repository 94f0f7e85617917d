"""Checks of an installation. They read, and never write or repair."""
