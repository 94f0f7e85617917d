"""What the commands take and say: options, tables, progress, batches."""
