"""Tests of ingest/fetching."""
