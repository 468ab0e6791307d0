"""The notices that the programme sends: composed from a case, in our own words, with the law they rest on."""

from openimr.desk.notices.composing import compose_notice
from openimr.desk.notices.frame import Notice

__all__ = ["Notice", "compose_notice"]
