"""The server that is asked: the OpenAI-compatible chat-completions protocol, with patience and an end to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from ingest.errors import SourceUnavailable
from ingest.extract.second.answer import Unusable, content_of
from ingest.extract.second.question import FORM, messages
from ingest.fetch.client import Client
from ingest.fetch.exchange import HttpFailure, shown
from ingest.fetch.service import Service
from ingest.fetch.transport import MEGABYTE, Limits

# A model on the user's own machine may think for minutes, and answers one question after the other without a pause.
LIMITS: Final = Limits(connect=10, read=180, total=300, text_bytes=2 * MEGABYTE, delay=0, read_retries=0, backoff=2)
_REFUSED_FORM: Final = (400, 422)  # what servers say to a `response_format` or a temperature they do not know
_UNASKABLE: Final = range(400, 500)
_BUSY: Final = 429
_PATIENCE: Final = 3  # failures in a row after which the server is left alone


@dataclass(slots=True)
class Model:
    """A model at a service, whose address ends before `/chat/completions`. One that keeps failing is not asked any more."""

    client: Client
    service: Service
    name: str
    failures: int = 0
    bare: bool = False

    def ask(self, report: str) -> str:
        """What the model writes about a report. Raises `Unusable` with a sentence, whatever goes wrong."""
        if self.failures >= _PATIENCE:
            raise Unusable(f"The second reader failed {_PATIENCE} times in a row and is not asked any more in this run.")
        try:
            content = content_of(self._post(report))
        except (SourceUnavailable, Unusable) as error:
            self.failures += 1
            raise Unusable(f"The second reader: {self.service.redacted(_told(error))}") from error
        self.failures = 0
        return content

    def _post(self, report: str) -> bytes:
        question: Mapping[str, Any] = {"model": self.name, "messages": messages(report), "stream": False}
        url = f"{self.service.address.rstrip('/')}/chat/completions"
        if not self.bare:
            try:
                return self.client.post_json(url, {**question, "temperature": 0, "response_format": FORM}).content
            except HttpFailure as error:
                if error.status not in _REFUSED_FORM:
                    raise
        content = self.client.post_json(url, question).content
        self.bare = True
        return content


def _told(error: Exception) -> str:
    """What went wrong, with advice about the right settings: this server stands in no crisis file."""
    if isinstance(error, HttpFailure) and error.status in _UNASKABLE and error.status != _BUSY:
        said = f" ({error.detail})" if error.detail else ""
        return f"{shown(error.url)} refuses the question with HTTP {error.status}{said}; check its address, its model and its key."
    return str(error)
