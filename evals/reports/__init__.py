"""Reports of a run: a table, JUnit, a Markdown summary, a page. All of them tell what ``evals.baseline`` decided."""
