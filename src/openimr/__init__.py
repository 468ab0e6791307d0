"""OpenIMR: an open system for Independent Medical Review of treatment disputes."""

__version__ = "0.1.0"
