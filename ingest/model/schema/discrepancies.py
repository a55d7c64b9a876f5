"""Tables of the verdicts, of what people ruled on them, and of incidents with their claims."""

from ingest.model.schema.column import Column

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
    Column("sentence_fr", "string", "The verdict in a plain French sentence.", "#description+i_fr"),
    Column("rule", "string", "Rule that decided, then the edition of the rules and a digest of their values.", "#meta+version"),
)

SENTENCES = tuple(column.name for column in DISCREPANCIES if column.name.startswith("sentence_"))
"""The columns that hold a verdict in words, which are most of the bytes of the table."""


# What exports and downloads put beside each discrepancy: the ruling that stands on it, from `rulings`.
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
