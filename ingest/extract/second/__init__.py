"""A second reader: a language model at an address the user configured. What it says is checked against the text word by word,
and is never more than a difference for a person to look at.
"""

from ingest.extract.second.differences import Looked, compared
from ingest.extract.second.model import Model
from ingest.extract.second.reader import Answered, SecondReader

__all__ = ["Answered", "Looked", "Model", "SecondReader", "compared"]
