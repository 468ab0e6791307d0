"""Pages of a record, or the clinical summary of a letter, as clinical facts with their places."""
