"""Reading apart: whatever came from outside is parsed in a process that is ended when it takes too long or too much memory.

A size cap does not bound the time a parser needs. `ask` hands the bytes to a process of this program's own (`ingest.apart.process`) and
returns what the task of that name (`ingest.apart.tasks`) makes of them, as plain values.
"""

from ingest.apart.asking import OWN, Bounds, ask
from ingest.apart.sent import Sent

__all__ = ["OWN", "Bounds", "Sent", "ask"]
