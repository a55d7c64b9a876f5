"""What can go wrong, each as one sentence that says what to do about it."""


class CrosscountError(Exception):
    """Root of every expected failure; `str(error)` is a sentence for the person at the keyboard.

    `exit_code` is what a command line ends with when the error reaches it.
    """

    exit_code = 1


class SettingsError(CrosscountError):
    """A setting, crisis file or environment variable is missing or cannot be understood."""

    exit_code = 3


class UnreadableDocument(CrosscountError):
    """A report or table cannot be turned into text or rows; names the file and the cause."""

    exit_code = 4


class SourceUnavailable(CrosscountError):
    """A source could not be reached, refused us, or answered in a shape it never had before."""

    exit_code = 5


class StoreError(CrosscountError):
    """The ledger or the data folder cannot be opened, read or written."""

    exit_code = 6


class ReviewRefused(CrosscountError):
    """A person's decision or note cannot be kept: it lacks a name or a reason, is about nothing known, or may not be written here."""

    exit_code = 9


class AlertRefused(CrosscountError):
    """A decision about an alert cannot be kept: there is no such alert, it was decided before, or nobody's name is given."""

    exit_code = 9


class NotDelivered(CrosscountError):
    """A channel did not take a message; it is tried again later."""

    exit_code = 10


class MaybeDelivered(NotDelivered):
    """A channel fell silent after a message was handed over, so it may have it."""


class PublishRefused(CrosscountError):
    """A check failed, so no snapshot was published and the last good one stays up."""

    exit_code = 7
