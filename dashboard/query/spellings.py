"""Every way a place or a source is written, so that a reader finds it under the name they know."""

from collections.abc import Mapping
from typing import Final

from dashboard.query.snapshots import Snapshot, answered

_MOST: Final = 12
"""Forms of one place taken from reports, the most frequent first."""
_PLACES: Final = f"""
    WITH written AS (
        SELECT place_id, place_text, count(*) AS n FROM figures WHERE place_id <> '' AND place_text <> '' GROUP BY 1, 2
        QUALIFY row_number() OVER (PARTITION BY place_id ORDER BY n DESC, place_text) <= {_MOST}
    )
    SELECT place_id, string_agg(DISTINCT form, ' | ' ORDER BY form) FROM (
        SELECT place_id, place_text AS form FROM written
        UNION ALL SELECT place_id, unnest([name_en, name_ar, name_fr, place_id])
        FROM places WHERE place_id IN (SELECT place_id FROM written)
    ) WHERE form <> '' GROUP BY 1
"""  # noqa: S608 - the number is ours
_SOURCES: Final = """
    SELECT organisation,
        concat_ws(
            ' | ', name_en, name_ar, nullif(name_fr, ''), short, nullif(short_ar, ''), nullif(short_fr, ''), replace(organisation, '_', ' ')
        )
    FROM organisations
"""


@answered
def spellings_of_places(db: Snapshot) -> Mapping[str, str]:
    """By place: its names in both languages, its p-code, and how reports write it, joined by bars."""
    return dict(db.rows(_PLACES))


@answered
def spellings_of_sources(db: Snapshot) -> Mapping[str, str]:
    """By organisation: its names in both languages and its short name, joined by bars."""
    return dict(db.rows(_SOURCES))
