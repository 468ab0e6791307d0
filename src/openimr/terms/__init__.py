"""The field's nouns: frozen dataclasses and enumerations, standard library only."""
