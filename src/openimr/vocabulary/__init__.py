"""Word lists and matchers: drugs, body parts, treatments, specialties, dates."""
