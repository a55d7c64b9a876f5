"""What is handed to a channel, and an alert as such a notice."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from ingest.alerts.wording import AGAIN, LANGUAGES, sentence, title
from ingest.store.alerts import Alert

Names = Mapping[str, Mapping[str, str]]  # language -> organisation -> name


@dataclass(frozen=True, slots=True)
class Notice:
    """Some words for a person. `identity` stays where they are sent twice; `page` is the text as simple HTML, where there is one;
    `data` is what a program gets; `link` leads into the app, where its address is set; `again` says that it may have come before.
    """

    identity: str
    title: str
    text: str
    link: str
    language: str
    at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)
    page: str = ""
    again: str = ""

    def sent_again(self) -> "Notice":
        """The same, saying that it is sent again."""
        return replace(self, again=AGAIN[self.language])

    def with_link(self, between: str) -> str:
        """The text, and the link behind it where it is not in it already."""
        text = self.text.strip()
        return text if not self.link or self.link in text else f"{text}{between}{self.link}"


@dataclass(frozen=True, slots=True)
class Message:
    """An alert in words: `title` and `text` in the language of the channels, `texts` in all, `link` into the app where one is set."""

    alert: Alert
    language: str
    title: str
    text: str
    texts: Mapping[str, str]
    link: str

    @classmethod
    def of(cls, alert: Alert, language: str, names: Names, link: str) -> "Message":
        """Put an alert into words."""
        texts = {one: sentence(alert, one, names.get(one, {})) for one in LANGUAGES}
        return cls(alert, language, title(alert, language), texts[language], texts, link)

    def notice(self) -> Notice:
        """As a channel takes it."""
        alert = self.alert
        told = {"id": alert.alert_id, "crisis": alert.crisis, "rule": alert.rule.value, "subject": alert.subject}
        data = {**told, "raised_at": alert.raised_at.isoformat(), "told": dict(alert.told), "text": dict(self.texts), "link": self.link}
        return Notice(alert.alert_id, self.title, self.text, self.link, self.language, alert.raised_at, data)
