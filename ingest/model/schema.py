"""The published tables, column by column: name, type, meaning, HXL tag.

The data dictionary, the CSV header, the ledger's table and the Parquet types all come from here.
Sections of the meaning refer to the project's method (definitions of claim, quantity, attribution, dates, place).
"""

from dataclasses import dataclass
from typing import Literal

from ingest.model.doubts import NEEDS_A_LOOK

Type = Literal["string", "integer", "number", "boolean", "date", "datetime", "list"]


@dataclass(frozen=True, slots=True)
class Column:
    """One published column. A `list` is stored as text joined by `;`. `closed` names the vocabulary it is drawn from;
    in a list, what stands behind `=` in an item is free."""

    name: str
    type: Type
    meaning: str
    hxl: str = ""
    closed: str = ""


FIGURES: tuple[Column, ...] = (
    Column("figure_id", "string", "Identity of this row: one claimed value read in one document.", "#event+id"),
    Column("claim_id", "string", "Shared by rows that carry the same claim: same voice, series, as-of date and value.", "#event+id+claim"),
    Column("document_id", "string", "The document it was read in.", "#meta+id+document"),
    Column("crisis", "string", "Identity of the crisis configuration.", "#crisis+code"),
    Column("metric", "string", "What is counted.", "#indicator+name", "Metric"),
    Column("kind", "string", "Over what time the value counts. Cumulative and incident never share an axis.", "#indicator+type", "Kind"),
    Column("source_term", "string", "The source's own word for the metric, verbatim.", "#indicator+term"),
    Column("group_status", "string", "Civilian or combatant, as stated.", "#population+status", "GroupStatus"),
    Column(
        "group_side", "string", "Side of the people counted, from the crisis configuration; empty where not stated.", "#population+side"
    ),
    Column("group_sex", "string", "f or m, where stated.", "#population+sex", "Sex"),
    Column("group_age", "string", "child, adult or elderly, where stated.", "#population+age", "Age"),
    Column("group_role", "string", "Role such as medic, journalist, student, where stated.", "#population+role"),
    Column("group_nationality", "string", "Nationality, where stated.", "#population+nationality"),
    Column("group_label", "string", "The words used for the people counted, verbatim.", "#population+type"),
    Column("parent_figure_id", "string", "The figure this one is a part of.", "#event+id+parent"),
    Column(
        "part_of",
        "string",
        "partition parts add up to the parent; subset parts need not; overlap parts must not be added.",
        "#event+type+part",
        "PartOf",
    ),
    Column(
        "parts_complete",
        "boolean",
        "True where the text presents the parts of this figure as the complete breakdown.",
        "#event+status+parts",
    ),
    Column("restates", "string", "An earlier figure of the same document that this one repeats.", "#event+id+restates"),
    Column("supersedes", "string", "The figure of an earlier edition of the document that this one replaces.", "#event+id+supersedes"),
    Column("value_text", "string", "The number and its hedge as written.", "#indicator+text"),
    Column("value_status", "string", "Whether a number is stated at all.", "#indicator+status", "ValueStatus"),
    Column("qualifier", "string", "How the source hedges the number.", "#indicator+qualifier", "Qualifier"),
    Column("value_low", "integer", "Lowest value the words allow; empty where the claim has no number.", "#indicator+value+min"),
    Column("value_best", "integer", "The number stated; empty for vague words and ranges. Never an estimate of ours.", "#indicator+num"),
    Column(
        "value_high", "integer", "Highest value the words allow; empty where open or where the claim has no number.", "#indicator+value+max"
    ),
    Column("interval_open_high", "boolean", "True where the words set no upper limit, as in “at least”.", "#indicator+open"),
    Column("interval_rule", "string", "The rule, with version, that turned the words into the interval.", "#indicator+method"),
    Column("unit", "string", "What one unit of the value is.", "#indicator+unit", "Unit"),
    Column("unit_reported", "string", "The unit as written.", "#indicator+unit+text"),
    Column(
        "persons_est_low",
        "integer",
        "Households converted to people by the crisis's declared factor, low end; never mixed with stated values.",
        "#indicator+estimate+min",
    ),
    Column("persons_est_high", "integer", "The same, high end.", "#indicator+estimate+max"),
    Column("publisher", "string", "Organisation whose page or feed was read.", "#org+publisher+code"),
    Column("publisher_kind", "string", "What sort of organisation the publisher is.", "#org+publisher+type", "SourceKind"),
    Column("relayed_via", "list", "Organisations named between the claimed source and the publisher, in order.", "#org+relay+code"),
    Column(
        "claimed_source",
        "string",
        "Organisation said to have counted or claimed; unattributed or anonymous_local where none is named.",
        "#org+code+source",
    ),
    Column("claimed_source_text", "string", "The source as the text names it, verbatim.", "#org+name+source"),
    Column("claimed_source_kind", "string", "What sort of organisation the claimed source is.", "#org+type+source", "SourceKind"),
    Column("primary_basis", "string", "What the claimed source itself leans on, such as hospital records, where known.", "#org+basis"),
    Column(
        "independence_group", "string", "Claims sharing a claimed source or a primary basis share this: one group, one vote.", "#org+group"
    ),
    Column(
        "interest",
        "string",
        "What the claimed source has at stake. Claims about an enemy's losses stay in their own lane.",
        "#org+interest",
        "Interest",
    ),
    Column("perpetrator", "string", "Party the text holds responsible, verbatim or as a side.", "#actor+name"),
    Column("event_start", "date", "First day the counted event may have happened, in the crisis time zone.", "#date+occurred+start"),
    Column("event_end", "date", "Last day the counted event may have happened.", "#date+occurred+end"),
    Column("event_precision", "string", "How finely the event date is stated.", "#date+precision", "DatePrecision"),
    Column("window_start", "date", "Start of the stated window, for cumulative and period values.", "#date+start"),
    Column("window_end", "date", "End of the stated window.", "#date+end"),
    Column(
        "window_text",
        "string",
        "What the source calls the window where it gives no first day, verbatim; totals of other names count since other days.",
        "#date+text",
    ),
    Column("as_of", "date", "The day whose state of knowledge the value describes, in the crisis time zone.", "#date+asof"),
    Column(
        "as_of_inferred", "boolean", "True where the text states no as-of date and the day of publication stands in.", "#date+asof+inferred"
    ),
    Column("published_at", "datetime", "When the publisher issued the document (UTC).", "#date+reported"),
    Column("retrieved_at", "datetime", "When the document was fetched (UTC).", "#date+retrieved"),
    Column("first_seen_at", "datetime", "When this row first entered the ledger (UTC).", "#date+created"),
    Column(
        "superseded_at", "datetime", "When a row of a later edition replaced this one (UTC); empty while it stands.", "#date+end+validity"
    ),
    Column("place_text", "string", "The place as written.", "#loc+name+text"),
    Column("place_id", "string", "P-code or gazetteer identity, where the name is unique.", "#loc+code"),
    Column("place_name", "string", "Name of the place in the gazetteer.", "#loc+name"),
    Column("adm1_id", "string", "P-code of the first-level division the place lies in.", "#adm1+code"),
    Column("adm_level", "integer", "Administrative level of the place, 0 to 4.", "#loc+level"),
    Column(
        "place_precision",
        "string",
        "How finely the place is stated; governorate or coarser is drawn as an area.",
        "#loc+precision",
        "PlacePrecision",
    ),
    Column("place_role", "string", "Where it happened, where people left, or where they went.", "#loc+role", "PlaceRole"),
    Column("place_candidates", "list", "Identities the name could mean, where it is not unique.", "#loc+code+candidates"),
    Column("coverage_area", "list", "First-level divisions the claim says it covers.", "#loc+coverage"),
    Column("lat", "number", "Latitude, only for places finer than governorate (WGS 84 degrees).", "#geo+lat"),
    Column("lon", "number", "Longitude, as above.", "#geo+lon"),
    Column("verification", "string", "How far the claim was checked, as stated.", "#status+verification", "Verification"),
    Column("counting_basis", "string", "How the claimed source counted, where stated.", "#indicator+basis", "CountingBasis"),
    Column("review", "string", "Whether a person has looked at this row.", "#status+review", "Review"),
    Column(
        "confidence",
        "number",
        f"Share of readings of this sort whose number, metric and unit are right, 0 to 1; below {NEEDS_A_LOOK} a person should look.",
        "#indicator+confidence",
    ),
    Column(
        "doubts",
        "list",
        "What the reading rests on that may not hold; behind = the values considered for the column in doubt, joined by |.",
        "#indicator+confidence+text",
        "Doubt",
    ),
    Column("language", "string", "Language the figure was read in (ISO 639-1).", "#meta+lang"),
    Column("translated_from", "string", "Original language, where the text read is a translation.", "#meta+lang+original"),
    Column("quote", "string", "The sentence the number stands in.", "#description+quote"),
    Column("quote_start", "integer", "Offset of the quote in the document's extracted text, in characters.", "#meta+quote+start"),
    Column("span_start", "integer", "Offset of the number in the document's extracted text, in characters.", "#meta+span+start"),
    Column("span_end", "integer", "Offset just after the number.", "#meta+span+end"),
    Column("url", "string", "Address of the document.", "#meta+url"),
    Column("archive_sha256", "string", "SHA-256 of the archived bytes.", "#meta+hash"),
    Column("extractor_version", "string", "Version of the rules that read the row.", "#meta+version"),
    Column(
        "known_at",
        "datetime",
        "From when the world could know it (UTC): its publication, or when it was first seen where a later edition kept the date.",
        "#date+known+start",
    ),
    Column("known_until", "datetime", "When a later edition could be known in its place (UTC); empty while it stands.", "#date+known+end"),
)

DOCUMENTS: tuple[Column, ...] = (
    Column("document_id", "string", "Identity of the document.", "#meta+id+document"),
    Column("source", "string", "Connector it came through.", "#meta+source+connector"),
    Column("publisher", "string", "Organisation that published it.", "#org+publisher+code"),
    Column("relayed_via", "list", "Organisations it was relayed through, in order.", "#org+relay+code"),
    Column("title", "string", "Title as published.", "#meta+title"),
    Column("language", "string", "Language (ISO 639-1).", "#meta+lang"),
    Column("translated_from", "string", "Original language, where the text is a translation.", "#meta+lang+original"),
    Column("url", "string", "Address.", "#meta+url"),
    Column("citation", "string", "Where the facts can be checked.", "#meta+citation"),
    Column("licence", "string", "Licence or terms of the text.", "#meta+license"),
    Column(
        "second_hand", "boolean", "True where the text is a paraphrase or a copy and the primary document was not read.", "#meta+secondhand"
    ),
    Column("published_at", "datetime", "When it was issued (UTC).", "#date+reported"),
    Column("retrieved_at", "datetime", "When it was fetched (UTC).", "#date+retrieved"),
    Column("media_type", "string", "Media type of the archived bytes.", "#meta+type"),
    Column("archive_sha256", "string", "SHA-256 of the archived bytes.", "#meta+hash"),
    Column("characters", "integer", "Length of the extracted text.", "#meta+length"),
    Column("figures", "integer", "Figures read from it.", "#meta+count"),
    Column("revises", "string", "Earlier edition of the same address, where there is one.", "#meta+id+revises"),
    Column("vanished_at", "datetime", "When its address was first found gone (UTC); its bytes stay in the archive.", "#date+vanished"),
)

ORGANISATIONS: tuple[Column, ...] = (
    Column("organisation", "string", "Identity.", "#org+code"),
    Column("name_en", "string", "Name in English.", "#org+name+i_en"),
    Column("name_ar", "string", "Name in Arabic.", "#org+name+i_ar"),
    Column("short", "string", "Short name for labels.", "#org+acronym"),
    Column("kind", "string", "What sort of voice it is.", "#org+type", "SourceKind"),
    Column("side", "string", "Side in the conflict, where it has one.", "#org+side"),
    Column("definition", "string", "What its words mean: whom it counts, where, how.", "#org+definition"),
    Column("address", "string", "Its web address.", "#org+url"),
)

RELAYS: tuple[Column, ...] = (
    Column("publisher", "string", "Organisation that passes numbers on.", "#org+publisher+code"),
    Column("claimed_source", "string", "Organisation whose numbers they are; only sources with a name are here.", "#org+code+source"),
    Column("figures", "integer", "Figures passed on. They are citations, never votes.", "#meta+count+figures"),
    Column("claims", "integer", "Different claims among them.", "#meta+count+claims"),
    Column("faithful", "integer", "Figures that another reading of the same claim bears out.", "#meta+count+faithful"),
    Column(
        "distorted",
        "integer",
        "Figures that differ from the source's own words, or alone from what several others pass on.",
        "#meta+count+distorted",
    ),
    Column(
        "unsettled",
        "integer",
        "Figures that differ from one other relay, where the source's own words are not at hand to tell which is right.",
        "#meta+count+unsettled",
    ),
    Column(
        "faithful_share",
        "number",
        "faithful over faithful and distorted, 0 to 1; empty where there was nothing to hold against.",
        "#indicator+share",
    ),
    Column("timed", "integer", "Figures whose original publication by the source is at hand.", "#meta+count+timed"),
    Column("lag_hours", "number", "Median hours from that publication to the relay; empty where none is timed.", "#indicator+lag+hours"),
    Column("first_published_at", "datetime", "First of these figures (UTC).", "#date+start"),
    Column("last_published_at", "datetime", "Last of these figures (UTC).", "#date+end"),
    Column(
        "chains",
        "list",
        "Organisations named in between, from the source on, joined by >; behind = the figures that came this way. "
        "The rest name nobody in between.",
        "#org+relay+code",
    ),
    Column("examples", "list", "The first figures, up to five.", "#event+id"),
)

BEHAVIOUR: tuple[Column, ...] = (
    Column("organisation", "string", "The source or publisher. The rows have no rank.", "#org+code"),
    Column("claims", "integer", "Different claims it makes, however often they are passed on.", "#meta+count+claims"),
    Column(
        "questions",
        "integer",
        "Questions it answers: incidents, days, periods, running totals and levels, each once. Parts of a total by sex, age, role or "
        "nationality and claims about an enemy's losses are left out, here and in what follows.",
        "#meta+count+questions",
    ),
    Column(
        "questions_of_others",
        "integer",
        "Questions that other independent sources answer, about a metric it counts, between the first and last day it speaks of.",
        "#meta+count+questions+others",
    ),
    Column("questions_shared", "integer", "Of these, the ones it answers too.", "#meta+count+questions+shared"),
    Column("coverage", "number", "questions_shared over questions_of_others, 0 to 1.", "#indicator+coverage"),
    Column("lag_questions", "integer", "Incidents and one-day counts that it and others answer.", "#meta+count+questions+lag"),
    Column(
        "lag_hours",
        "number",
        "Median hours from the first claim of anybody else to its first, as far as was read; negative where it spoke first.",
        "#indicator+lag+hours",
    ),
    Column(
        "ratio_questions",
        "integer",
        "Questions on which its stated number can be divided by those others state for the same time.",
        "#meta+count+questions+ratio",
    ),
    Column(
        "ratio",
        "number",
        "Its number over the median of the others', one number per independence group, the latest: the median of each question's claims, "
        "then the median over the questions.",
        "#indicator+ratio",
    ),
    Column(
        "ratio_low",
        "number",
        "Low end of the 95 % interval: percentile bootstrap of the median over 2,000 resamples of the questions, with a fixed seed.",
        "#indicator+ratio+min",
    ),
    Column("ratio_high", "number", "High end of it.", "#indicator+ratio+max"),
    Column("revised_up", "integer", "Revisions of its own numbers upwards.", "#meta+count+revisions+up"),
    Column("revised_down", "integer", "Revisions of its own numbers downwards.", "#meta+count+revisions+down"),
    Column("documents", "integer", "Documents with figures that it published.", "#meta+count+documents"),
    Column("figures", "integer", "Figures in them.", "#meta+count+figures"),
    Column("relayed", "integer", "Of these, the ones of another source that is named.", "#meta+count+relayed"),
    Column("relay_share", "number", "relayed over figures, 0 to 1.", "#indicator+share+relay"),
    Column(
        "inconsistencies",
        "integer",
        "Numbers in its documents that do not fit together: parts over their total, a complete list that does not add up, a number "
        "told twice differently.",
        "#meta+count+inconsistencies",
    ),
)

SOURCES: tuple[Column, ...] = (
    Column("source", "string", "Connector name.", "#meta+source+connector"),
    Column("title", "string", "What it is called.", "#meta+source+name"),
    Column("title_ar", "string", "The same in Arabic.", "#meta+source+name+i_ar"),
    Column("publisher", "string", "Organisation behind it.", "#org+code"),
    Column("kind", "string", "What sort of voice it is.", "#org+type", "SourceKind"),
    Column("stance", "string", "Whose voice it is in a conflict.", "#org+side", "Stance"),
    Column("address", "string", "Where it is read.", "#meta+url"),
    Column("languages", "list", "Languages (ISO 639-1).", "#meta+lang"),
    Column("mandate", "string", "What it sets out to count.", "#org+mandate"),
    Column("mandate_ar", "string", "The same in Arabic.", "#org+mandate+i_ar"),
    Column("limitation", "string", "What its figures cannot tell.", "#meta+caveat"),
    Column("limitation_ar", "string", "The same in Arabic.", "#meta+caveat+i_ar"),
    Column("licence", "string", "Licence or terms.", "#meta+license"),
    Column("redistribution", "string", "What may be passed on.", "#meta+license+redistribution"),
    Column("cadence_hours", "number", "How often new reports are expected, in hours.", "#meta+cadence"),
    Column("state", "string", "ready, never_run, needs_settings, disabled or failing.", "#status+source"),
    Column("state_note", "string", "The state in a sentence.", "#status+source+description"),
    Column("last_attempt_at", "datetime", "When it was last tried (UTC).", "#date+attempt"),
    Column("last_success_at", "datetime", "When it last answered (UTC).", "#date+success"),
    Column("failing_since", "datetime", "Since when every try failed (UTC).", "#date+failing"),
    Column("documents", "integer", "Documents in this snapshot.", "#meta+count+documents"),
    Column("figures", "integer", "Figures in this snapshot.", "#meta+count+figures"),
    Column("newest_published_at", "datetime", "Newest publication read (UTC).", "#date+newest"),
)

DISCREPANCIES: tuple[Column, ...] = (
    Column(
        "discrepancy_id",
        "string",
        "Identity of the pair, whatever the verdict; a sum check has its own.",
        "#event+id",
    ),
    Column("code", "string", "Why they differ or agree; the first matching rule.", "#indicator+code", "DiscrepancyCode"),
    Column("comparability", "string", "Whether the two answer the same question.", "#indicator+type", "Comparability"),
    Column("first_difference", "string", "First item of the comparison that is not the same.", "#indicator+item"),
    Column("vector", "string", "The whole comparison: item=same|compatible|different|unknown, joined by ;", "#indicator+vector"),
    Column("severity", "string", "minor, moderate, large or extreme, by ratio; empty where no contradiction.", "#severity"),
    Column("ratio", "number", "Larger stated number over the smaller.", "#indicator+ratio"),
    Column("gap", "integer", "Absolute difference of the stated numbers.", "#indicator+gap"),
    Column("metric", "string", "What is counted, on the first side.", "#indicator+name", "Metric"),
    Column("kind", "string", "Over what time, on the first side.", "#indicator+type+kind", "Kind"),
    Column("group_status", "string", "Whom, on the first side.", "#population+status", "GroupStatus"),
    Column("day", "date", "The day it is about: event day for incidents, later as-of day otherwise.", "#date"),
    Column("place_id", "string", "Place it is about: the finer of the two.", "#loc+code"),
    Column("place_name", "string", "Its name.", "#loc+name"),
    Column("adm1_id", "string", "First-level division.", "#adm1+code"),
    Column("figure_a", "string", "First figure.", "#event+id+a"),
    Column("figure_b", "string", "Second figure.", "#event+id+b"),
    Column("claimed_source_a", "string", "First voice.", "#org+code+a"),
    Column("claimed_source_b", "string", "Second voice.", "#org+code+b"),
    Column("publisher_a", "string", "Where the first was read.", "#org+publisher+a"),
    Column("publisher_b", "string", "Where the second was read.", "#org+publisher+b"),
    Column("value_a", "string", "First value with its hedge, as written.", "#indicator+text+a"),
    Column("value_b", "string", "Second value with its hedge, as written.", "#indicator+text+b"),
    Column("low_a", "integer", "Low end of the first.", "#indicator+min+a"),
    Column("high_a", "integer", "High end of the first; empty where open.", "#indicator+max+a"),
    Column("low_b", "integer", "Low end of the second.", "#indicator+min+b"),
    Column("high_b", "integer", "High end of the second; empty where open.", "#indicator+max+b"),
    Column("sentence_en", "string", "The verdict in a plain English sentence.", "#description+i_en"),
    Column("sentence_ar", "string", "The verdict in a plain Arabic sentence.", "#description+i_ar"),
    Column("rule", "string", "Rule that decided, then the edition of the rules and a digest of their values.", "#meta+version"),
)

# What downloads of the app put beside each discrepancy: the ruling that stands on it, from `rulings`.
RULED: tuple[Column, ...] = (
    Column("ruling", "string", "What the last person who ruled on the pair says; empty where nobody did.", "#status+review", "Decision"),
    Column("ruling_code", "string", "That person's code.", "#indicator+code+review", "DiscrepancyCode"),
    Column("ruled_by", "string", "Who ruled.", "#contact+name"),
    Column("ruled_at", "datetime", "When (UTC).", "#date+review"),
    Column("ruling_reason", "string", "Why, in the person's words.", "#description+review"),
)

RULINGS: tuple[Column, ...] = (
    Column("discrepancy_id", "string", "Identity of the pair ruled on, as in discrepancies.", "#event+id"),
    Column("figure_a", "string", "First figure of the pair.", "#event+id+a"),
    Column("figure_b", "string", "Second figure of the pair.", "#event+id+b"),
    Column("decision", "string", "What the person says of the machine's verdict.", "#status+review", "Decision"),
    Column(
        "code",
        "string",
        "The person's code; empty for no discrepancy or a withdrawal.",
        "#indicator+code",
        "DiscrepancyCode",
    ),
    Column("machine_code", "string", "The machine's verdict that the ruling was made about.", "#indicator+code+machine", "DiscrepancyCode"),
    Column("machine_rule", "string", "The rule and rules that verdict was reached by.", "#meta+version"),
    Column("ruled_by", "string", "Who ruled.", "#contact+name"),
    Column("reason", "string", "Why, in the person's words.", "#description"),
    Column("ruled_at", "datetime", "When (UTC).", "#date+review"),
    Column("standing", "boolean", "True for the last ruling on its pair, unless that one withdraws.", "#status+standing"),
)

INCIDENTS: tuple[Column, ...] = (
    Column("incident_id", "string", "Identity of the incident: the place and day it is told most exactly by.", "#event+id"),
    Column("first_day", "date", "First day it may have happened, by the claims that state the day most exactly.", "#date+occurred+start"),
    Column("last_day", "date", "Last day it may have happened.", "#date+occurred+end"),
    Column("place_id", "string", "The finest place any of its claims names.", "#loc+code"),
    Column("place_name", "string", "Its name.", "#loc+name"),
    Column("adm1_id", "string", "First-level division.", "#adm1+code"),
    Column("place_precision", "string", "How finely that place is stated.", "#loc+precision", "PlacePrecision"),
    Column("lat", "number", "Latitude (WGS 84 degrees), where the place is finer than a governorate.", "#geo+lat"),
    Column("lon", "number", "Longitude (WGS 84 degrees).", "#geo+lon"),
    Column("perpetrators", "list", "Parties held responsible, as the claims word them: up to three.", "#actor+name"),
    Column("metrics", "list", "What its claims count.", "#indicator+name", "Metric"),
    Column(
        "spans",
        "list",
        "For each metric the lowest and highest number claimed, as metric=low..high: a range of claims, never an estimate.",
        "#indicator+span",
        "Metric",
    ),
    Column("claims", "integer", "Different claims about it; the same claim at five publishers is one.", "#meta+count+claims"),
    Column("voices", "integer", "Independent voices among them: claims of one independence group are one.", "#meta+count+voices"),
    Column("documents", "integer", "Documents that tell of it.", "#meta+count+documents"),
)

INCIDENT_CLAIMS: tuple[Column, ...] = (
    Column("incident_id", "string", "The incident.", "#event+id"),
    Column("figure_id", "string", "A figure that is a claim about it, or a part of one.", "#event+id+figure"),
)

PLACES: tuple[Column, ...] = (
    Column("place_id", "string", "P-code or gazetteer identity.", "#loc+code"),
    Column("name_en", "string", "English name.", "#loc+name+i_en"),
    Column("name_ar", "string", "Arabic name.", "#loc+name+i_ar"),
    Column("adm_level", "integer", "Administrative level, 0 to 4.", "#loc+level"),
    Column("parent_id", "string", "Place it lies in.", "#loc+code+parent"),
    Column("adm1_id", "string", "First-level division.", "#adm1+code"),
    Column("lat", "number", "Latitude (WGS 84 degrees).", "#geo+lat"),
    Column("lon", "number", "Longitude (WGS 84 degrees).", "#geo+lon"),
)

RUNS: tuple[Column, ...] = (
    Column("run_id", "string", "Identity of the run.", "#event+id"),
    Column("verb", "string", "What was run: ingest, refresh, publish.", "#activity"),
    Column("source", "string", "Connector, or empty for the whole run.", "#meta+source+connector"),
    Column("started_at", "datetime", "Start (UTC).", "#date+start"),
    Column("finished_at", "datetime", "End (UTC); empty where it was interrupted.", "#date+end"),
    Column("outcome", "string", "ok, failed or interrupted.", "#status"),
    Column("documents_new", "integer", "Documents added.", "#meta+count+documents"),
    Column("figures_new", "integer", "Figures added.", "#meta+count+figures"),
    Column("rejected", "integer", "Readings rejected, with reasons in the run log.", "#meta+count+rejected"),
    Column("message", "string", "What happened, in a sentence.", "#description"),
)

MANDATES: tuple[Column, ...] = (
    Column("organisation", "string", "Who sets out to count.", "#org+code"),
    Column("metric", "string", "What it sets out to count.", "#indicator+name", "Metric"),
    Column("places", "list", "First-level divisions it counts in; empty for the whole crisis area.", "#loc+coverage"),
    Column("since", "date", "First day of the crisis it counts.", "#date+start"),
    Column("until", "date", "Last day it counts; empty while it goes on.", "#date+end"),
    Column("cadence_hours", "number", "How often a word on this is expected, in hours.", "#meta+cadence"),
    Column("collectors", "list", "Connectors through which its own reports are read.", "#meta+source+connector"),
)

SILENCE: tuple[Column, ...] = (
    Column("day", "date", "The day of publication, in the crisis time zone.", "#date"),
    Column("claimed_source", "string", "Who spoke or did not.", "#org+code+source"),
    Column("metric", "string", "About what.", "#indicator+name", "Metric"),
    Column(
        "adm1_id",
        "string",
        "First-level division; empty for anywhere in the crisis area. A division has a row only where a claim was made about it.",
        "#adm1+code",
    ),
    Column("state", "string", "What the source did.", "#indicator+status", "SilenceState"),
    Column(
        "unspoken",
        "string",
        "What holds that day where it made no claim: for every division of its mandate without a row of its own.",
        "#indicator+status+rest",
        "SilenceState",
    ),
    Column("due", "boolean", "True where by its cadence a word on this metric was due by that day.", "#indicator+due"),
    Column("claims", "integer", "Claims it made that day; several citations of one claim count once.", "#indicator+num"),
    Column("figure_id", "string", "The claim that is shown: of the strongest state, the one with the largest number.", "#event+id"),
    Column("figure_ids", "list", "All its figures of that day on this, the shown one first.", "#event+id+all"),
    Column("value_text", "string", "The shown claim's number and hedge as written.", "#indicator+text"),
)

SERIES: tuple[Column, ...] = (
    Column(
        "series_id",
        "string",
        "One voice counting the same people in the same area and way since one start; another start, basis or area is another series.",
        "#event+id+series",
    ),
    Column("claimed_source", "string", "Whose series it is.", "#org+code+source"),
    Column("metric", "string", "What is counted.", "#indicator+name", "Metric"),
    Column(
        "kind",
        "string",
        "Over what time; a derived value is daily where its parents are a day apart, a period otherwise.",
        "#indicator+type",
        "Kind",
    ),
    Column("group_status", "string", "Civilian or combatant, as stated.", "#population+status", "GroupStatus"),
    Column("group_side", "string", "Side of the people counted.", "#population+side"),
    Column("group_sex", "string", "f or m, where stated.", "#population+sex", "Sex"),
    Column("group_age", "string", "child, adult or elderly, where stated.", "#population+age", "Age"),
    Column("group_role", "string", "Role, where stated.", "#population+role"),
    Column("group_nationality", "string", "Nationality, where stated.", "#population+nationality"),
    Column("place_id", "string", "Place, where the name is unique.", "#loc+code"),
    Column("place_name", "string", "Its name, or the words of the text.", "#loc+name"),
    Column("adm1_id", "string", "First-level division.", "#adm1+code"),
    Column("unit", "string", "What one unit of the value is.", "#indicator+unit", "Unit"),
    Column("counting_basis", "string", "How the claimed source counted, where stated.", "#indicator+basis", "CountingBasis"),
    Column("interest", "string", "What the claimed source has at stake.", "#org+interest", "Interest"),
    Column("window_start", "date", "Start of the count; for a derived value the first day it covers.", "#date+start"),
    Column("day", "date", "The day the value is of; for a derived value the last day it covers.", "#date"),
    Column("derived", "boolean", "True where it is the difference of two running totals and nobody stated it.", "#status+derived"),
    Column("figure_id", "string", "The claim; empty for a derived value.", "#event+id"),
    Column("parent_before", "string", "The earlier running total a derived value comes from.", "#event+id+before"),
    Column("parent_after", "string", "The later one.", "#event+id+after"),
    Column("value_text", "string", "The number and its hedge as written; empty for a derived value.", "#indicator+text"),
    Column("value_low", "integer", "Lowest value the words allow; empty where they set none.", "#indicator+value+min"),
    Column("value_best", "integer", "The number stated; for a derived value the difference of the two that were.", "#indicator+num"),
    Column("value_high", "integer", "Highest value the words allow; empty where open.", "#indicator+value+max"),
    Column("step", "string", "How it stands to the claim before it in the series.", "#indicator+change+type", "SeriesStep"),
    Column("change", "integer", "Stated number less the one before it; empty where there is none to compare with.", "#indicator+change"),
    Column("before", "string", "The claim it is compared with.", "#event+id+previous"),
    Column("published_at", "datetime", "When the claim was issued (UTC).", "#date+reported"),
)

TABLES: dict[str, tuple[Column, ...]] = {
    "figures": FIGURES,
    "documents": DOCUMENTS,
    "organisations": ORGANISATIONS,
    "sources": SOURCES,
    "discrepancies": DISCREPANCIES,
    "rulings": RULINGS,
    "incidents": INCIDENTS,
    "incident_claims": INCIDENT_CLAIMS,
    "places": PLACES,
    "runs": RUNS,
    "mandates": MANDATES,
    "silence": SILENCE,
    "series": SERIES,
    "relays": RELAYS,
    "behaviour": BEHAVIOUR,
}
