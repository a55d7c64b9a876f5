"""A number of people as one noun phrase says it."""

from dataclasses import dataclass, field

from ingest.extract.words.entries import Group
from ingest.extract.words.when import When
from ingest.model.vocabulary import Metric, PartOf, Qualifier


@dataclass(slots=True, eq=False)
class Quantity:
    """A number of people as one noun phrase says it. Indices are into the sentence's items unless said otherwise.

    `value` is the stated number, `high` the second one of a range, `vague` the interval of a vague word; all None for a
    claim without a number. `whole` is the number of those it is some of (`one of the two dead`). `first_word`/`last_word`
    delimit the number itself, `text_word` where its hedge begins.
    """

    at: int
    after: int
    first_word: int
    last_word: int
    text_word: int
    label: tuple[int, int]
    value: int | None = None
    high: int | None = None
    vague: tuple[int | None, int | None] | None = None
    qualifier: Qualifier = Qualifier.EXACT
    groups: list[Group] = field(default_factory=list)
    own_metric: Metric | None = None
    weak: bool = False
    household: bool = False
    implicit: bool = False
    bare: bool = False
    unknown: bool = False
    others: bool = False
    definite: bool = False
    partitive: bool = False
    whole: int | None = None
    zero: bool = False
    unnumbered: bool = False

    metric: Metric | None = None
    trigger: tuple[int, int] | None = None
    rule: str = ""
    parent: "Quantity | None" = None
    part_of: PartOf | None = None
    parts_complete: bool = False
    restates: "Quantity | None" = None
    hypothetical: bool = False
    earlier: bool = False
    when: When | None = None
    sentence: int = 0
    share: int = 0

    @property
    def amount(self) -> int:
        """The number to compare sizes with: the stated one, or the low end."""
        if self.value is not None:
            return self.value
        return (self.vague[0] or 0) if self.vague else 0

    @property
    def guessed(self) -> bool:
        """Whether only what happened to it can say that this one is a person: `a seismologist (was killed)`."""
        return self.implicit and self.unknown

    @property
    def people(self) -> bool:
        """Whether the words say that these are people."""
        return bool(self.groups) or self.household or self.others
