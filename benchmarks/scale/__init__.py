"""How a base grows: from 1,000 to 300,000 chunks of made-up articles."""
