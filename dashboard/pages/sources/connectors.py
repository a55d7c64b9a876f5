"""What is read, who is heard, and the last runs."""

from datetime import UTC, datetime
from typing import Any, Final

import pandas as pd
from dash.development.base_component import Component

from dashboard import query
from dashboard.components.badges import kind_of, state_badge, voice
from dashboard.components.chart import panel
from dashboard.components.elements import html
from dashboard.components.failures import failures
from dashboard.components.links import outside_link, view_link
from dashboard.components.phrases import count_of
from dashboard.components.source_texts import source_text
from dashboard.components.tables import Head, facts, table
from dashboard.components.words import Words
from dashboard.shell import View, downloads
from ingest.model.vocabulary import FRESHNESS, SOURCE_KINDS, STANCES, Freshness, Stance

RUNS: Final = 12
_TOLD_BY_STATE: Final = frozenset({"disabled", "never_run"})
_COUNTED: Final = ("fetched", "bytes", "documents_new", "changed", "vanished", "figures_new", "rejected")


def moment(view: View, value: Any) -> str:
    """A moment of the tables, which hold naive UTC, in the crisis time zone."""
    moment = None if pd.isna(value) else pd.Timestamp(value).to_pydatetime().replace(tzinfo=UTC)
    return view.words.moment(moment, view.crisis.timezone)


def connectors(view: View, db: query.Snapshot) -> Component:
    """Where reports come from and how each place is doing; those that never answered, of which there is nothing to tell yet, are folded.

    Of these the ones that wait for a setting stand apart from those that will be tried by themselves.
    """
    frame = query.sources(db, view.words.language)
    late = query.lateness(db, datetime.now(UTC))
    unset = (frame["state"] == "needs_settings") & frame["last_success_at"].isna() & ~(frame["figures"].fillna(0) > 0)
    idle = frame["state"] == "never_run"
    asked = html.Ul([_connector(view, row, late.get(row["source"])) for _, row in frame[~idle & ~unset].iterrows()], className="connectors")
    body = [asked] * (not (idle | unset).all())
    for name, some in (("needs_settings", frame[unset]), ("never_run", frame[idle])):
        if len(some):
            cards = html.Ul([_connector(view, row, late.get(row["source"])) for _, row in some.iterrows()], className="connectors")
            summary = html.Summary(view.words(f"connectors.{name}", n=len(some)))
            body.append(html.Details([summary, cards], className=f"as-table {name.replace('_', '-')}"))
    return panel(view.words("connectors.title"), body, note=view.words("connectors.note"), extra=downloads(view, "sources"))


def _connector(view: View, row: pd.Series, late: Freshness | None) -> Component:
    words = view.words
    head = [
        html.H3(outside_link(source_text(str(row["title"]), row["title_lang"], words), row["address"])),
        state_badge(row["state"], words),
    ]
    languages = ", ".join(words(f"language.{code}") for code in str(row["languages"]).split(";") if code)
    counts = words("connectors.counts", figures=count_of(row["figures"]), documents=count_of(row["documents"]))
    return html.Li(
        [
            html.Div(head, className="connector-head"),
            _state_note(row, words),
            facts(
                [
                    (words("connectors.last_success"), moment(view, row["last_success_at"])),
                    (words("connectors.freshness"), _freshness(view, late, row["changed_at"])),
                    (words("connectors.last_attempt"), moment(view, row["last_attempt_at"])),
                    (words("connectors.failing_since"), "" if pd.isna(row["failing_since"]) else moment(view, row["failing_since"])),
                    (words("connectors.newest"), moment(view, row["newest_published_at"])),
                    (words("connectors.read"), counts),
                    (words("connectors.stance"), words.term(STANCES[Stance(row["stance"])]) if row.get("stance") else ""),
                    (words("connectors.mandate"), source_text(str(row["mandate"]), row["mandate_lang"], words)),
                    (words("connectors.limitation"), source_text(str(row["limitation"]), row["limitation_lang"], words)),
                    (words("connectors.licence"), source_text(str(row["licence"]), "en", words)),
                    (words("connectors.languages"), languages),
                ]
            ),
        ],
        className=f"connector connector-{row['state']}",
    )


def _state_note(row: pd.Series, words: Words) -> Component | None:
    """What there is to say of its state: what follows from the state, else what the run said."""
    if row["missing_settings"]:
        names = words("list.separator").join(str(row["missing_settings"]).split(";"))
        return html.P(words("state_note.needs_settings", names=names), className="state-note")
    if row["state"] in _TOLD_BY_STATE:
        return html.P(words(f"state_note.{row['state']}"), className="state-note") if row["state_note"] else None
    return html.P(failures(row["state_note"], words), className="state-note") if row["state_note"] else None


def _freshness(view: View, late: Freshness | None, changed_at: Any) -> str:
    """How fresh a source is, and since when there was nothing new; empty where that cannot be said."""
    if late is None:
        return ""
    return view.words("connectors.fresh", word=view.words.term(FRESHNESS[late]), since=moment(view, changed_at))


def voices(view: View, db: query.Snapshot) -> Component:
    """Everybody a claim is attributed to, and what their words mean."""
    words = view.words
    frame = query.organisations(db, words.language)
    heads = [Head(words("column.source")), Head(words("column.source_kind"), name="source_kind"), Head(words("column.claims"), number=True)]
    heads.append(Head(words("column.definition"), name="definition"))
    rows = [
        [
            view_link(voice(row["label"], row["kind"], words), view.href("/figures", sources=(row["organisation"],))),
            words.term(SOURCE_KINDS[kind_of(row["kind"])]),
            words.number(int(row["claims"])),
            source_text(str(row["definition"]), "en", words),
        ]
        for _, row in frame[frame["claims"] > 0].iterrows()
    ]
    body = html.Div(table(heads, rows, caption=words("voices.title")), className="scroll voices", tabIndex=0)
    return panel(words("voices.title"), body, note=words("voices.note"), extra=downloads(view, "organisations"))


def runs(view: View, db: query.Snapshot) -> Component:
    """What was run last, and how it went."""
    words = view.words
    frame = query.runs(db, RUNS)
    heads = [Head(words(f"column.{name}"), name=name) for name in ("started", "verb", "connector", "outcome")]
    heads += [Head(words(f"column.{name}"), number=True) for name in (*_COUNTED, "seconds")]
    heads.append(Head(words("column.message"), name="message"))
    rows = [
        [
            moment(view, row["started_at"]),
            html.Code(row["verb"]),
            html.Code(row["source"]) if row["source"] else "–",
            words(f"outcome.{row['outcome']}") if row["outcome"] else words("outcome.interrupted"),
            *(words.number(count_of(row[name])) for name in _COUNTED),
            _seconds(view, row),
            html.Span(failures(row["message"], words) if row["outcome"] != "ok" else []),  # of one that went well it repeats the counts
        ]
        for _, row in frame.iterrows()
    ]
    body = html.Div(table(heads, rows, caption=words("runs.title")), className="scroll", tabIndex=0)
    return panel(words("runs.title"), body)


def _seconds(view: View, run: pd.Series) -> str:
    """How long a run took; empty where it never ended."""
    if pd.isna(run["finished_at"]):
        return ""
    return view.words.number(round((run["finished_at"] - run["started_at"]).total_seconds()))
