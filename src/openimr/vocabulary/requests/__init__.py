"""The grammar of treatment requests: from printed words to a Treatment."""

from openimr.vocabulary.requests.partial import print_partial_approval
from openimr.vocabulary.requests.treatment import parse_request

__all__ = ["parse_request", "print_partial_approval"]
