"""Invented reports of about 200 words, English and Arabic, the same for the same seed: what the reading of figures is timed on.

A report has a headline, a lead, statements, background and sentences without a figure, with five to eight figures in it;
`dense` ones have about eighteen. Half of the names are made of random syllables, so that spellings keep being new.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from random import Random

WORDS = 200  # of a report
_FIGURES = (5, 8)  # of a usual report
_DENSE = (17, 19)
_NEW_NAMES = 0.5  # share of names that no gazetteer knows

_HEADLINES = {
    "en": [
        "{n} killed in {weapon} on {place}",
        "Thousands flee {place} as fighting spreads",
        "{side} shell {place}, {n} dead",
        "{place}: toll of {weapon} rises to {n}",
    ],
    "ar": [
        "مقتل {n} مدنيين في {weapon} على {place}",
        "نزوح الآلاف من {place}",
        "{side} تقصف {place} ومقتل {n}",
        "ارتفاع حصيلة {weapon} على {place} إلى {n}",
    ],
}
# How many figures a sentence has, and the sentence.
_FIGURED = {
    "en": [
        (
            2,
            "At least {n} people were killed and {m} others injured on {day} when {weapon} hit the town of {place}, according to {source}.",
        ),
        (3, "{source} said that {m} civilians, including {n} women and {n} children, were killed by {side} in the countryside of {place}."),
        (1, "The bodies of {n} people were recovered from under the rubble in {place} on {day}, the civil defence said."),
        (1, "More than {k} people have been displaced from {place} since {date}, {source} reported in its latest update."),
        (2, "{side} detained {m} residents of {place} and released {n} of them a few hours later, a local source told {name}."),
        (1, "An estimated {k} families fled towards {place} over the past 48 hours, many of them on foot."),
        (2, "The attack on {place} left {n} dead and {m} wounded, some of them in critical condition, {name} said by telephone."),
        (3, "Of the {m} dead, {n} were fighters of the {side} and {n} were civilians, {source} added."),
        (1, "Dozens of people are still missing near {place}."),
        (1, "A child was killed by shrapnel in the village of {place} on {day} morning."),
        (1, "Since the beginning of the year, {m} people have been killed in {place}, according to figures collected by {source}."),
    ],
    "ar": [
        (2, "قتل {n} أشخاص وأصيب {m} آخرون بجروح يوم {day} جراء {weapon} استهدف بلدة {place}، بحسب {source}."),
        (3, "وقال {source} إن {m} مدنيا بينهم {n} نساء و{n} أطفال قتلوا على يد {side} في ريف {place}."),
        (1, "وانتشلت جثث {n} أشخاص من تحت الأنقاض في {place} يوم {day}، وفق الدفاع المدني."),
        (1, "ونزح أكثر من {k} شخص من {place} منذ {date}، وفق آخر تحديث نشره {source}."),
        (2, "واعتقلت {side} {m} من سكان {place} وأفرجت عن {n} منهم بعد ساعات، كما أفاد مصدر محلي لـ{name}."),
        (1, "وفرت نحو {k} عائلة باتجاه {place} خلال الساعات الماضية، معظمها سيرا على الأقدام."),
        (2, "وأسفر الهجوم على {place} عن مقتل {n} وإصابة {m} بجروح، بعضهم في حالة خطرة، بحسب {name}."),
        (3, "ومن بين {m} قتيلا هناك {n} من عناصر {side} و{n} من المدنيين، كما أضاف {source}."),
        (1, "ولا يزال العشرات مفقودين قرب {place}."),
        (1, "وقتل طفل بشظايا في قرية {place} صباح {day}."),
        (1, "ومنذ بداية العام قتل {m} شخصا في {place} وفق أرقام جمعها {source}."),
    ],
}
_FILLER = {
    "en": [
        "{name} told reporters in {place} that the road to the north had been closed since the morning and that talks were going on.",
        "Residents spoke of queues in front of the bakeries, and of prices that have doubled within a few weeks.",
        "The {side} did not comment on the reports, which could not be independently checked.",
        "Schools in the district of {place} will remain closed until further notice, the local council announced on {day}.",
        "Temperatures are expected to fall below {m} degrees in the coming days, and heating fuel is scarce.",
        "Negotiators from {k} companies met in the capital to discuss the price of wheat and the repair of the power lines.",
        "The hospital of {place}, built in 1974, has been out of service because its generators lack spare parts.",
        "An aid convoy of {m} trucks carrying blankets and medicines reached {place} after waiting at a checkpoint for two days.",
        '"We slept in the open and we do not know where to go from here," said {name}, a teacher and father of five.',
        "The agreement, brokered with the help of neighbouring countries, covers the exchange of goods but not the status of the airport.",
        "Satellite pictures show smoke over the western part of {place} and damage to several buildings along the river.",
        "The organisation called on all parties to protect homes, schools and hospitals and to let relief through.",
        "{source} warned that stocks of flour would run out before the end of the month unless the crossing reopened.",
        "Farmers around {place} have begun to harvest olives, although many groves lie close to the front line.",
    ],
    "ar": [
        "وقال {name} للصحفيين في {place} إن الطريق إلى الشمال مغلق منذ الصباح وإن المحادثات مستمرة.",
        "وتحدث السكان عن طوابير أمام الأفران وعن أسعار تضاعفت خلال أسابيع قليلة.",
        "ولم تعلق {side} على التقارير التي لم يتسن التحقق منها من جهة مستقلة.",
        "وستبقى المدارس في ناحية {place} مغلقة حتى إشعار آخر، كما أعلن المجلس المحلي يوم {day}.",
        "ومن المتوقع أن تنخفض درجات الحرارة إلى ما دون {m} درجات في الأيام المقبلة وسط شح في وقود التدفئة.",
        "واجتمع مفاوضون من {k} شركة في العاصمة لبحث سعر القمح وإصلاح خطوط الكهرباء.",
        "وخرج مشفى {place} الذي بني عام 1974 عن الخدمة بسبب نقص قطع الغيار للمولدات.",
        "ووصلت قافلة من {m} شاحنة تحمل أغطية وأدوية إلى {place} بعد انتظار يومين عند الحاجز.",
        "وقال {name} وهو معلم وأب لخمسة أولاد: نمنا في العراء ولا نعرف إلى أين نذهب.",
        "ويشمل الاتفاق الذي تم بوساطة دول مجاورة تبادل البضائع ولا يشمل وضع المطار.",
        "وتظهر صور الأقمار الصناعية دخانا فوق الجزء الغربي من {place} وأضرارا في مبان على ضفة النهر.",
        "ودعت المنظمة جميع الأطراف إلى حماية المنازل والمدارس والمشافي والسماح بمرور الإغاثة.",
        "وحذر {source} من نفاد مخزون الطحين قبل نهاية الشهر ما لم يفتح المعبر من جديد.",
        "وبدأ المزارعون حول {place} قطاف الزيتون رغم أن كثيرا من البساتين تقع قرب خط الجبهة.",
    ],
}
_CHOICES = {
    "en": {
        "weapon": ["an air strike", "artillery shelling", "a car bomb", "a rocket attack", "a drone strike", "clashes"],
        "side": ["government forces", "opposition factions", "regime forces", "armed men", "the Syrian National Army"],
        "source": ["the Syrian Observatory for Human Rights", "the SNHR", "state media", "OCHA", "a medical source", "local officials"],
        "day": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
        "date": ["27 November", "30 November 2024", "early December", "1 December"],
    },
    "ar": {
        "weapon": ["قصف جوي", "قصف مدفعي", "انفجار سيارة", "هجوم صاروخي", "هجوم مسيرة"],
        "side": ["قوات النظام", "فصائل المعارضة", "القوات الحكومية", "مسلحون"],
        "source": ["المرصد السوري لحقوق الإنسان", "الشبكة السورية", "وكالة الأنباء الرسمية", "مصدر طبي", "مسؤولون محليون"],
        "day": ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"],
        "date": ["27 تشرين الثاني", "30 نوفمبر 2024", "مطلع كانون الأول"],
    },
}
_PLACES = {
    "en": [
        "Aleppo",
        "Idlib",
        "Saraqib",
        "Hama",
        "Homs",
        "Tal Rifaat",
        "Kafr Nabl",
        "Deir ez-Zor",
        "Manbij",
        "Khan Shaykhun",
        "Damascus",
        "Daraa",
    ],
    "ar": ["حلب", "إدلب", "سراقب", "حماة", "حمص", "تل رفعت", "كفرنبل", "دير الزور", "منبج", "خان شيخون", "دمشق", "درعا"],
}
_SYLLABLES = {
    "en": "ka ra min sol ter bel do ni ras wel ton mar hu li gor san be vi dal fen".split(),
    "ar": "كا را مين سو تر بل دو ني رس ول تن مر هو لي غر سن بي في دل فن".split(),
}


def reports(language: str, *, seed: int = 0, dense: bool = False) -> Iterator[dict[str, str]]:
    """Reports without end, each as `crosscount extract --jsonl` takes it: id, text, lang, publisher and published."""
    random = Random(seed)
    start = datetime(2024, 11, 28, tzinfo=UTC)
    number = 0
    while True:
        yield {
            "id": f"{language}-{number}",
            "text": _report(language, random, _DENSE if dense else _FIGURES),
            "lang": language,
            "publisher": "SOHR",
            "published": (start + timedelta(hours=number % 700)).isoformat(),
        }
        number += 1


def _report(language: str, random: Random, figures: tuple[int, int]) -> str:
    """Headline, lead, then figures and filler in turn until the report is long enough, four sentences a paragraph."""
    wanted = random.randint(*figures)
    headline = _filled(random.choice(_HEADLINES[language]), language, random)
    sentences, told, length = list[str](), 1, len(headline.split())
    while length < WORDS:
        due = wanted * length / WORDS
        if told < wanted and (not sentences or told <= due):
            count, template = random.choice(_FIGURED[language])
            told += count
        else:
            template = random.choice(_FILLER[language])
        sentences.append(_filled(template, language, random))
        length += len(sentences[-1].split())
    return "\n\n".join([headline, *(" ".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4))])


def _filled(template: str, language: str, random: Random) -> str:
    while "{" in template:
        name = template[template.index("{") + 1 : template.index("}")]
        template = template.replace(f"{{{name}}}", _value(name, language, random), 1)
    return template[0].upper() + template[1:]


def _value(name: str, language: str, random: Random) -> str:
    if name in ("n", "m", "k"):
        low, high = {"n": (2, 30), "m": (31, 190), "k": (1_000, 90_000)}[name]
        return f"{random.randint(low, high):,}"
    if name in ("place", "name"):
        known = _PLACES[language] if name == "place" else ()
        return random.choice(known) if known and random.random() > _NEW_NAMES else _invented(_SYLLABLES[language], random)
    return random.choice(_CHOICES[language][name])


def _invented(syllables: Sequence[str], random: Random) -> str:
    return "".join(random.choices(syllables, k=random.randint(2, 4))).capitalize()
