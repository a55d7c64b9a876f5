"""Programs that run long: what they have loaded once outlives every report and every answer."""

import atexit
import gc
from typing import Final

_COLLECTED_AFTER: Final = 50_000  # objects made and not yet freed; what ends otherwise is freed at once


def settle() -> None:
    """Tell the collector of cycles to leave what is loaded by now alone, and to come by rarely.

    Reading and answering leave hardly a cycle behind, and one look through all that is loaded takes as long as an answer. It is given back
    at the end, for modules complain of what is never freed.
    """
    gc.freeze()
    atexit.register(gc.unfreeze)
    gc.set_threshold(_COLLECTED_AFTER)
