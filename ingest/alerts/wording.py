"""Alerts as sentences, in each language of the pages, with its digits, its days and its names of places."""

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from ingest.compare.telling.words import wording
from ingest.model.vocabulary import ALERT_RULES, METRICS, AlertRule, Metric
from ingest.store.alerts import Alert

LANGUAGES = ("en", "ar", "fr")
_ARABIC_DIGITS = str.maketrans("0123456789,", "٠١٢٣٤٥٦٧٨٩٬")
_QUOTED = {"en": "“{}”", "ar": "«{}»", "fr": "«\u202f{}\u202f»"}
_CLAIMED = ("value", "before")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(?: (\d\d:\d\d) UTC)?")
AGAIN: Mapping[str, str] = {
    "en": "Sent again, because nobody knows whether it arrived; it may stand above already.",
    "ar": "أُرسلت مجدداً لأن وصولها غير مؤكد، وقد تكون مذكورة أعلاه.",
    "fr": "Envoyé de nouveau, faute de savoir si c’est arrivé ; le message est peut-être déjà plus haut.",
}
"""Before a message of which nobody knows whether it was taken the first time."""
_SENTENCES: Mapping[AlertRule, tuple[str, str, str]] = {
    AlertRule.HIGH_VALUE: (
        "{source} says {value} ({metric}); before, it never said more than {before}.",
        "العدد بحسب {source}: {value} ({metric})، ولم يتجاوز قبل ذلك {before}.",
        "{source} : {value} ({metric}) ; jamais plus de {before} auparavant.",
    ),
    AlertRule.CONTRADICTION: (
        "{source} says {value} and {other} says {before} ({metric}, {where}); both cannot be right.",
        "{value} بحسب {source}، و{before} بحسب {other} ({metric}، {where})؛ ولا يمكن أن يصحّ العددان معاً.",
        "{source} : {value} ; {other} : {before} ({metric}, {where}). Les deux nombres ne peuvent être justes.",
    ),
    AlertRule.FALLING_TOTAL: (
        "The running total of {source} fell from {before} to {value} ({metric}, {where}).",
        "انخفضت الحصيلة التراكمية لدى {source} من {before} إلى {value} ({metric}، {where}).",
        "{source} : le total cumulé est descendu de {before} à {value} ({metric}, {where}).",
    ),
    AlertRule.SILENT_SOURCE: (
        "{source} has had nothing new since {since}, more than three times its usual time.",
        "لا جديد لدى {source} منذ {since}، أي أكثر من ثلاثة أضعاف المدة المعتادة.",
        "Rien de nouveau chez {source} depuis le {since}, soit plus de trois fois le délai habituel.",
    ),
    AlertRule.CHANGED_SHAPE: (
        "{source} answered (answers: {answers}), and no report was found in it; its pages may have changed.",
        "وردت إجابات من {source} (عددها: {answers}) ولم يُعثر فيها على أي تقرير؛ ربما تغيّرت الصفحات.",
        "Réponses reçues de la source {source} (nombre : {answers}), sans qu’aucun rapport y soit trouvé ; ses pages ont pu changer.",
    ),
    AlertRule.LOW_VOLUME: (
        "Reports of {source} in seven days: {value}; at least {before} are expected.",
        "تقارير {source} في سبعة أيام: {value}، والمتوقع {before} على الأقل.",
        "Rapports de la source {source} en sept jours : {value} ; au moins {before} sont attendus.",
    ),
    AlertRule.WATCHED_VIEW: (
        "“{watch}” changed. New: {new}; replaced: {changed}; no longer stated: {removed}; withdrawn: {withdrawn}; "
        "new contradictions: {contradictions}.",
        "تغيّر العرض «{watch}». جديد: {new}؛ مستبدَل: {changed}؛ لم يعد مذكوراً: {removed}؛ مسحوب: {withdrawn}؛ "
        "تناقضات جديدة: {contradictions}.",
        "« {watch} » a changé. Nouveaux : {new} ; remplacés : {changed} ; plus énoncés : {removed} ; retirés : {withdrawn} ; "
        "nouvelles contradictions : {contradictions}.",
    ),
}


def title(alert: Alert, language: str) -> str:
    """Its rule, in two or three words."""
    return ALERT_RULES[alert.rule].label(language)


def sentence(alert: Alert, language: str, names: Mapping[str, str]) -> str:
    """What is to be looked at. `names` are those of organisations in the language; one that is missing is called by its identity."""
    told = {key: names.get(text, text) if key in ("source", "other") else _said(key, text, language) for key, text in alert.told.items()}
    place = told.get(f"place_{language}") or told.get("place", "")
    told["where"] = str(wording(language).tables["comma"]).join(filter(None, (place, told.get("day", "")))) or "–"
    return _SENTENCES[alert.rule][LANGUAGES.index(language)].format_map(defaultdict(lambda: "–", told))


def _said(key: str, text: str, language: str) -> str:
    """One value as the language writes it; what a source said in words of its own is quoted, and what somebody named stays."""
    words = wording(language)
    if key == "metric" and text in {metric.value for metric in Metric}:
        return METRICS[Metric(text)].label(language)
    if text.isdecimal():
        said = words.whole(int(text))
    elif moment := _MOMENT.fullmatch(text):
        day = words.day((date.fromisoformat(moment[1]) - date(1970, 1, 1)).days)
        said = str(words.tables["comma"]).join(filter(None, (day, f"{moment[2]} UTC" if moment[2] else "")))
    else:
        return _QUOTED[language].format(text) if key in _CLAIMED else text
    return said.translate(_ARABIC_DIGITS) if language == "ar" else said
