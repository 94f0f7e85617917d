"""The API that clients of OpenAI's chat completions already speak."""
