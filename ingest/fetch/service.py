"""A server the user has configured for the program's own questions: it may be on this machine or network, and it alone gets the key."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest.fetch.exchange import same_origin


@dataclass(frozen=True, slots=True)
class Service:
    """`address` with its scheme; whatever has the same scheme, host and port is this server. `key` is never shown."""

    address: str
    key: str = field(default="", repr=False)

    def owns(self, url: str) -> bool:
        """Whether an address is on this server."""
        return same_origin(url, self.address)

    def identification(self, url: str) -> Mapping[str, str]:
        """The header that shows the key to this server, and to nobody else."""
        return {"Authorization": f"Bearer {self.key}"} if self.key and self.owns(url) else {}

    def redacted(self, sentence: str) -> str:
        """A sentence without the key, which a server may have repeated in its answer."""
        return sentence.replace(self.key, "[key]") if self.key else sentence
