"""The rules of the comparison on a page: which are changed, what that did, and a control for each."""

from typing import Any

import dash_mantine_components as dmc
from dash.development.base_component import Component

from dashboard import query
from dashboard.components.attributes import attributes, list_in_place
from dashboard.components.conventions import amount, convention
from dashboard.components.elements import html
from dashboard.components.links import view_link
from dashboard.components.words import Words
from dashboard.shell.controls import control
from dashboard.shell.desk import View
from ingest.compare.settings import Setting, settings


def rules_section(view: View, db: query.Snapshot) -> Component:
    """What was changed and what it did, above a closed drawer of controls, which stays open on a wide screen while anything is changed."""
    words, found = view.words, query.applied(db, view.filters)
    touched = bool(found.changes or found.refused)
    said = touched or found.too_many
    body = [
        html.P(words("rules.note"), className="panel-note"),
        html.Div([_rule(view, one, found) for one in settings().values()], className="rules"),
    ]
    drawer = html.Details([html.Summary(words("rules.title")), *body], className="rules-drawer", open=touched and not view.screen.narrow)
    return html.Section(
        [_said(view, found) if said else None, drawer], className="rules-section", **attributes(aria_label=words("rules.title"))
    )


def _said(view: View, found: query.Applied) -> Component:
    words = view.words
    lines = [words("rules.refused", rule=words.of(settings()[one.name].label), value=one.now) for one in found.refused]
    changes = words("list.separator").join(_change(words, one) for one in found.changes)
    if found.too_many:
        lines.append(words("rules.too_many" if found.changes else "rules.too_many_known", n=found.claims, most=query.MOST))
    elif found.changes:
        lines.append(words("rules.changed", n=len(found.changes), changes=changes))
        lines.append(words("rules.part" if found.part else "rules.whole", n=found.claims))
    back = view_link(words("rules.back"), view.href(rules=())) if view.filters.rules else None
    return html.P([*(html.Span(line) for line in lines), back], className="changed-rules", role="status")


def _change(words: Words, one: query.Change) -> str:
    was = convention(words, one.name, one.published) or words("rules.table")
    return words("rules.change", rule=words.of(settings()[one.name].label), now=convention(words, one.name, one.now), was=was)


def _rule(view: View, setting: Setting, found: query.Applied) -> Component:
    """One control. Empty means the published value, which stands in it as a hint."""
    words = view.words
    now = {one.name: one.now for one in (*found.changes, *found.refused)}.get(setting.name, "")
    is_table, written = not setting.step and not setting.choices, query.published_value(view.db, setting.name)
    published = words("rules.published", value=(written if is_table else convention(words, setting.name, written)) or words("rules.table"))
    unit, meaning = words.of(setting.unit), words.of(setting.meaning)
    # a table is changed from what it is, so its rows stand there to be copied
    description = f"{meaning} ({unit})" + (f" {published}" if is_table else "")
    given: dict[str, Any] = {
        "id": control(f"rules.{setting.name}"),
        "label": words.of(setting.label),
        "description": description,
        "placeholder": published,
        "value": now,
        "inputWrapperOrder": ["label", "input", "error", "description"],
    }
    if setting.choices:
        data = [{"value": name, "label": words.digits(words.of(said))} for name, said in setting.choices.items()]
        chosen: Component = dmc.Select(**{**given, "value": now or None}, data=data, clearable=True, **list_in_place())
        return html.Div(chosen, className="rule")
    wrong = (
        words("rules.wrong", low=amount(words, setting.low), high=amount(words, setting.high))
        if setting.step
        else words("rules.wrong_interval")
    )
    refused = any(one.name == setting.name for one in found.refused)
    return html.Div(dmc.TextInput(**given, debounce=True, error=wrong if refused else None), className="rule")
