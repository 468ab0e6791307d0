"""The life of a case without a database: commands, events, state, allowed actions, work lists."""
