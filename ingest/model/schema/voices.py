"""Tables of what each voice does: its task, its silences, its series, whom it repeats, how it behaves."""

from ingest.model.schema.column import Column

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
