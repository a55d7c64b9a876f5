"""What people are called by their work and by their nationality, where a report counts them by it.

Nationalities go by ISO 3166-1 alpha-3 code, as figures hold them; one that is not in the table is shown by its code.
"""

from collections.abc import Mapping
from typing import Final

from ingest.model.vocabulary import Term

ROLES: Final[Mapping[str, Term]] = {
    "aid_worker": Term("aid workers", "عاملون في الإغاثة", "travailleurs humanitaires"),
    "farmer": Term("farmers", "مزارعون", "agriculteurs"),
    "journalist": Term("journalists", "صحفيون", "journalistes"),
    "medic": Term("medical staff", "عاملون طبيون", "personnel médical"),
    "refugee": Term("refugees", "لاجئون", "réfugiés"),
    "rescuer": Term("rescuers", "مسعفون", "secouristes"),
    "student": Term("students", "طلاب", "élèves et étudiants"),
    "teacher": Term("teachers", "معلمون", "enseignants"),
}
NATIONALITIES: Final[Mapping[str, Term]] = {
    "AFG": Term("Afghans", "أفغان", "Afghans"),
    "ARM": Term("Armenians", "أرمن", "Arméniens"),
    "BGD": Term("Bangladeshis", "بنغلادشيون", "Bangladais"),
    "CHN": Term("Chinese", "صينيون", "Chinois"),
    "DEU": Term("Germans", "ألمان", "Allemands"),
    "EGY": Term("Egyptians", "مصريون", "Égyptiens"),
    "ERI": Term("Eritreans", "إريتريون", "Érythréens"),
    "ETH": Term("Ethiopians", "إثيوبيون", "Éthiopiens"),
    "FRA": Term("French", "فرنسيون", "Français"),
    "GBR": Term("British", "بريطانيون", "Britanniques"),
    "IRN": Term("Iranians", "إيرانيون", "Iraniens"),
    "IRQ": Term("Iraqis", "عراقيون", "Irakiens"),
    "ISR": Term("Israelis", "إسرائيليون", "Israéliens"),
    "JOR": Term("Jordanians", "أردنيون", "Jordaniens"),
    "KWT": Term("Kuwaitis", "كويتيون", "Koweïtiens"),
    "LBN": Term("Lebanese", "لبنانيون", "Libanais"),
    "LBY": Term("Libyans", "ليبيون", "Libyens"),
    "MMR": Term("Burmese", "ميانماريون", "Birmans"),
    "PAK": Term("Pakistanis", "باكستانيون", "Pakistanais"),
    "PSE": Term("Palestinians", "فلسطينيون", "Palestiniens"),
    "RUS": Term("Russians", "روس", "Russes"),
    "SAU": Term("Saudis", "سعوديون", "Saoudiens"),
    "SDN": Term("Sudanese", "سودانيون", "Soudanais"),
    "SOM": Term("Somalis", "صوماليون", "Somaliens"),
    "SSD": Term("South Sudanese", "جنوب سودانيون", "Sud-Soudanais"),
    "SYR": Term("Syrians", "سوريون", "Syriens"),
    "TUN": Term("Tunisians", "تونسيون", "Tunisiens"),
    "TUR": Term("Turks", "أتراك", "Turcs"),
    "UKR": Term("Ukrainians", "أوكرانيون", "Ukrainiens"),
    "USA": Term("Americans", "أمريكيون", "Américains"),
    "YEM": Term("Yemenis", "يمنيون", "Yéménites"),
}
