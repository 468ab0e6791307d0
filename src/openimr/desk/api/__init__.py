"""The API of the desk: what other systems file, send and ask for, under ``/api/v1``."""
