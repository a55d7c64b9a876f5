"""Alerts as sentences, in each language of the pages."""

from collections import defaultdict
from collections.abc import Mapping

from ingest.model.vocabulary import ALERT_RULES, METRICS, AlertRule, Metric
from ingest.store.alerts import Alert

LANGUAGES = ("en", "ar", "fr")
_SENTENCES: Mapping[AlertRule, tuple[str, str, str]] = {
    AlertRule.HIGH_VALUE: (
        "{source} says {value} ({metric}); before, it never said more than {before}.",
        "يذكر {source} العدد {value} ({metric})، ولم يذكر قبل ذلك أكثر من {before}.",
        "{source} annonce {value} ({metric}) ; jamais plus de {before} auparavant.",
    ),
    AlertRule.CONTRADICTION: (
        "{source} says {value} and {other} says {before} ({metric}, {where}); both cannot be right.",
        "يذكر {source} {value} ويذكر {other} {before} ({metric}، {where})، ولا يمكن أن يصحّا معاً.",
        "{source} annonce {value} et {other} {before} ({metric}, {where}) ; les deux ne peuvent être justes.",
    ),
    AlertRule.FALLING_TOTAL: (
        "The running total of {source} fell from {before} to {value} ({metric}, {where}).",
        "انخفضت الحصيلة التراكمية لدى {source} من {before} إلى {value} ({metric}، {where}).",
        "Le total cumulé de {source} est descendu de {before} à {value} ({metric}, {where}).",
    ),
    AlertRule.SILENT_SOURCE: (
        "{source} has had nothing new since {since}, more than three times its usual time.",
        "لا جديد لدى {source} منذ {since}، أي أكثر من ثلاثة أضعاف مدته المعتادة.",
        "{source} n’a rien de nouveau depuis le {since}, plus de trois fois son délai habituel.",
    ),
    AlertRule.CHANGED_SHAPE: (
        "{source} answered ({answers}), and no report was found in it; its pages may have changed.",
        "أجاب {source} ({answers}) ولم يُعثر في إجابته على أي تقرير، فقد تكون صفحاته تغيّرت.",
        "{source} a répondu ({answers}), sans qu’aucun rapport y soit trouvé ; ses pages ont pu changer.",
    ),
    AlertRule.LOW_VOLUME: (
        "{source} brought {value} reports in seven days; at least {before} are expected.",
        "جاء من {source} {value} تقارير في سبعة أيام، والمتوقع {before} على الأقل.",
        "{source} a apporté {value} rapports en sept jours ; au moins {before} sont attendus.",
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
    told = dict(alert.told)
    for key in ("source", "other"):
        if key in told:
            told[key] = names.get(told[key], told[key])
    if told.get("metric") in {metric.value for metric in Metric}:
        told["metric"] = METRICS[Metric(told["metric"])].label(language)
    told["where"] = ", ".join(filter(None, (told.get("place", ""), told.get("day", "")))) or "–"
    return _SENTENCES[alert.rule][LANGUAGES.index(language)].format_map(defaultdict(lambda: "–", told))
