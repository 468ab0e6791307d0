"""The guideline library: documents, editions in force, topics, criteria, and their evaluation."""
