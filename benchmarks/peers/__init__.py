"""The same articles and questions through what people would use instead, each as its own tutorial does it."""
