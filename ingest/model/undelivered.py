"""Why a channel did not take an alert or a digest: each cause with its one sentence.

They are said and heard by `ingest.model.failures`.
"""

from enum import StrEnum


class Undelivered(StrEnum):
    """The causes, each with its sentence; `channel` is its name in the settings. An address is not told: it may hold a secret."""

    NO_MAIL = "{channel}: {where} did not take the e-mail ({answer})"
    NO_CHANNEL = "{channel}: its address could not be reached ({answer})"
    CHANNEL_STATUS = "{channel}: its address answered with HTTP {status}"
    NO_OWN_FEED = "{channel}: its feed {path} could not be written ({answer})"
