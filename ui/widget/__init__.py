"""The widget on the site: TypeScript in ``src/``, built files in ``dist/``."""
