"""Tables of where figures come from: documents, organisations, connectors, runs, places."""

from ingest.model.schema.column import Column

DOCUMENTS: tuple[Column, ...] = (
    Column("document_id", "string", "Identity of the document.", "#meta+id+document"),
    Column("source", "string", "Connector it came through.", "#meta+source+connector"),
    Column("publisher", "string", "Organisation that published it.", "#org+publisher+code"),
    Column("relayed_via", "list", "Organisations it was relayed through, in order.", "#org+relay+code"),
    Column("title", "string", "Title as published; a victim's name is covered, a █ for each letter.", "#meta+title"),
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
    Column(
        "withdrawn_at",
        "datetime",
        "When it was noted that its publisher took it back (UTC); gone from its address is not withdrawn.",
        "#date+withdrawn",
    ),
    Column("withdrawn", "string", "Why, in the words of the note.", "#description+withdrawn"),
)


ORGANISATIONS: tuple[Column, ...] = (
    Column("organisation", "string", "Identity.", "#org+code"),
    Column("name_en", "string", "Name in English.", "#org+name+i_en"),
    Column("name_ar", "string", "Name in Arabic.", "#org+name+i_ar"),
    Column("name_fr", "string", "Name in French, where it is another than in English.", "#org+name+i_fr"),
    Column("short", "string", "Short name for labels.", "#org+acronym"),
    Column("short_ar", "string", "The same in Arabic, where it is another than the name.", "#org+acronym+i_ar"),
    Column("short_fr", "string", "The same in French, where it is another.", "#org+acronym+i_fr"),
    Column("kind", "string", "What sort of voice it is.", "#org+type", "SourceKind"),
    Column("side", "string", "Side in the conflict, where it has one.", "#org+side"),
    Column("definition", "string", "What its words mean: whom it counts, where, how.", "#org+definition"),
    Column("address", "string", "Its web address.", "#org+url"),
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
    Column("state_note", "string", "The state in an English sentence.", "#status+source+description"),
    Column("missing_settings", "list", "Names of the settings it waits for.", "#status+source+settings"),
    Column("last_attempt_at", "datetime", "When it was last tried (UTC).", "#date+attempt"),
    Column("last_success_at", "datetime", "When it last answered (UTC).", "#date+success"),
    Column("changed_at", "datetime", "When it last had something new (UTC); with its cadence this says how fresh it is.", "#date+changed"),
    Column("failing_since", "datetime", "Since when every try failed (UTC).", "#date+failing"),
    Column("documents", "integer", "Documents in this snapshot.", "#meta+count+documents"),
    Column("figures", "integer", "Figures in this snapshot.", "#meta+count+figures"),
    Column("newest_published_at", "datetime", "Newest publication read (UTC).", "#date+newest"),
)


RUNS: tuple[Column, ...] = (
    Column("run_id", "string", "Identity of the run.", "#event+id"),
    Column("verb", "string", "What was run: ingest, refresh, publish.", "#activity"),
    Column("source", "string", "Connector, or empty for the whole run.", "#meta+source+connector"),
    Column("started_at", "datetime", "Start (UTC).", "#date+start"),
    Column("finished_at", "datetime", "End (UTC); empty where it was interrupted.", "#date+end"),
    Column("outcome", "string", "ok, failed or interrupted.", "#status"),
    Column("fetched", "integer", "Answers taken from the source.", "#meta+count+fetched"),
    Column("unchanged", "integer", "Answers that were the same bytes as the time before.", "#meta+count+unchanged"),
    Column("bytes", "integer", "Bytes of the answers; none for those a server said were unchanged.", "#meta+bytes"),
    Column("documents_new", "integer", "Documents added.", "#meta+count+documents"),
    Column("changed", "integer", "Those of them that are a later edition of an address.", "#meta+count+changed"),
    Column("known", "integer", "Documents that were there before.", "#meta+count+known"),
    Column("vanished", "integer", "Addresses found gone.", "#meta+count+vanished"),
    Column("figures_new", "integer", "Figures added.", "#meta+count+figures"),
    Column("rejected", "integer", "Readings rejected, with reasons in the run log.", "#meta+count+rejected"),
    Column("message", "string", "What happened, in a sentence.", "#description"),
)


PLACES: tuple[Column, ...] = (
    Column("place_id", "string", "P-code or gazetteer identity.", "#loc+code"),
    Column("name_en", "string", "English name.", "#loc+name+i_en"),
    Column("name_ar", "string", "Arabic name.", "#loc+name+i_ar"),
    Column("name_fr", "string", "French name, where it is another than the English one.", "#loc+name+i_fr"),
    Column("adm_level", "integer", "Administrative level, 0 to 4.", "#loc+level"),
    Column("parent_id", "string", "Place it lies in.", "#loc+code+parent"),
    Column("adm1_id", "string", "First-level division.", "#adm1+code"),
    Column("lat", "number", "Latitude (WGS 84 degrees).", "#geo+lat"),
    Column("lon", "number", "Longitude (WGS 84 degrees).", "#geo+lon"),
)
