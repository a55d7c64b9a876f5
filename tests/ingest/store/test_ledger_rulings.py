"""What people rule on discrepancies is kept as it was said, one below the other."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from ingest.errors import StoreError
from ingest.model.vocabulary import Decision
from ingest.store import Ledger, RulingEntry

Build = Callable[..., Any]


@pytest.fixture
def ruling(ledger: Ledger, a_document: Build, a_figure: Build, now: datetime) -> RulingEntry:
    """A ruling on two figures that the ledger holds."""
    documents = [a_document(url=f"https://example.org/{number}") for number in range(2)]
    first, second = (a_figure(document) for document in documents)
    ledger.add(documents, [first, second], now)
    pair = ("x1", first.figure_id, second.figure_id)
    return RulingEntry(
        *pair, Decision.ANOTHER_CODE, "timing_lag", "contradiction_soft", "contradiction_soft.same_question/2-0", "Rana", "Later.", now
    )


def test_every_ruling_is_kept_in_the_order_given(ledger: Ledger, ruling: RulingEntry) -> None:
    """With name, moment, reason and the verdict it was about; on one pair or on all."""
    withdrawn = replace(ruling, decision=Decision.WITHDRAWN, code="", ruled_at=ruling.ruled_at + timedelta(hours=1), reason="خطأ.")
    elsewhere = replace(ruling, discrepancy_id="x2")
    for one in (ruling, elsewhere, withdrawn):
        ledger.add_ruling(one)
    assert ledger.rulings() == (ruling, elsewhere, withdrawn)
    assert ledger.rulings("x1") == (ruling, withdrawn)
    assert ledger.high_water()["rulings"] == len(ledger.rulings())


def test_nobody_rules_on_figures_the_ledger_does_not_hold(ledger: Ledger, ruling: RulingEntry) -> None:
    """The sentence names the figure, and nothing is kept."""
    with pytest.raises(StoreError, match="'f-unknown' is not in this ledger"):
        ledger.add_ruling(replace(ruling, figure_b="f-unknown"))
    assert ledger.rulings() == ()
