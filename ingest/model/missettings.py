"""What is wrong with a crisis file, with what it sets for a source, or with a rule of the comparison: each cause with its one sentence.

They are said and heard by `ingest.model.failures`.
"""

from enum import StrEnum


class Missetting(StrEnum):
    """The causes, each with its sentence; `setting` is the table of the crisis file, `name` an entry of it or the file itself."""

    # what a crisis file sets for a source
    UNKNOWN_KEY = "The crisis file has an unknown key {wanted} under `{setting}`; check its spelling"
    UNKNOWN_KEY_OF = "{name} under `{setting}` in the crisis file has an unknown key {wanted}; check its spelling"
    ENTRY_LACKS = "An entry of `{setting}` in the crisis file has no {wanted}; add it"
    ENTRY_NEEDS = "An entry of `{setting}` in the crisis file needs {needed}, and takes {taken}"
    ENTRY_TAKES_ONE = "An entry of `{setting}` in the crisis file takes one of {needed} and, besides, {taken}"
    NONE_NAMED = "The crisis file names no `{wanted}` under `{setting}`; {advice}"
    NOT_UNDERSTOOD = "`{wanted}` under `{setting}` in the crisis file is missing or not understood; {advice}"
    CHOICES = "`{wanted}` under `{setting}` in the crisis file may hold {choices}; check its spelling"
    NOT_HAD = "`{wanted}` under `{setting}` in the crisis file names {part}, which it does not have"
    BY_LANGUAGE = "`{wanted}` under `{setting}` in the crisis file is to be given by language: {example}"
    ERA = "An entry of `{setting}` in the crisis file needs `publisher` and, but for the last, a date `until`"
    WIDGET_NUMBERS = "A widget under `{setting}` in the crisis file needs numbers of the page ({needed}) and `counts`, one of {choices}"
    WIDGET_SINCE = "A widget under `{setting}` in the crisis file counts returns and needs the day `since` which they count, as a date"
    WIDGET_PLACE = "A widget under `{setting}` in the crisis file is a series and needs the `place` it counts in"
    ADDRESSES_UNREAD = "{path}, a file of addresses named in the crisis file, cannot be read ({answer}); check it"
    NO_PATTERN = "`{wanted}` under `{setting}` is {part}, no regular expression ({answer}); correct it"
    MAPPING_UNREAD = "{path} cannot be read ({answer}); check `mapping` under `{setting}`"
    STRANGE_DATASET = (
        "The dataset {dataset} under `{setting}` has a mapping, resource or sheet that is not understood ({answer}); correct it"
    )
    # what the environment or settings.toml lacks
    NEEDS_KEY = "{title} needs {setting}: {whence}; set it in the environment or in settings.toml"
    # a source that a package brings
    SOURCE_BROKEN = "The source {wanted} of the package {part} is unusable: {reason}; update or uninstall the package"
    # a crisis file, or a table beside it
    FILE_UNREAD = "{name} cannot be read ({answer}); check that it exists and is readable"
    NO_TRUTH = "{name}: {wanted} is {part}; write true or false"
    FILE_LACKS = "{name}: {answer} is missing or not understood"
    ROW_LACKS = "{name}: entry {number} has no {wanted}; add it, as its neighbours have it"
    ROW_STRANGE = "{name}: entry {number} is not understood ({answer}); compare it with its neighbours"
    ROW_KEY = "{name}: entry {number} has an unknown key {wanted}; check its spelling"
    # a rule of the comparison; `within` says in which file's `[rules]`, where it stands in one
    RULE_UNKNOWN = "{within}There is no rule {wanted}; they are {choices}"
    RULE_MISSPELT = "{within}There is no rule {wanted}; perhaps {rule} is meant"
    RULE_WORD = "{within}{rule} is {part}; it is one of {choices}"
    RULE_NUMBER = "{within}{rule} is {part}, which is no number; write it like {example} ({unit})"
    RULE_WHOLE = "{within}{rule} is {part}, which is no whole number; write it like {example} ({unit})"
    RULE_REACH = "{within}{rule} is {part}; it goes from {low} to {high} ({unit})"
    RULE_BANDS = "{within}The severity bands do not rise; give severity_moderate, severity_large and severity_extreme in rising order"
    RULE_NO_HOUSEHOLD = "{within}household is empty; {how}"
    RULE_HOUSEHOLD = "{within}household is {part}; {how}, from 1 to {most}"
    RULE_HOUSEHOLD_DAY = "{within}household is {part}, which names a day that no calendar has; {how}"
    RULE_HOUSEHOLD_TURNED = "{within}household is {part}, whose first day is after its last; turn the two around"
