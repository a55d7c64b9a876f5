"""An invented country, so that no rule can lean on a real one: its places, its crisis, a reader of it and reports from it."""

from datetime import UTC, datetime
from pathlib import Path

from ingest.extract import Reader
from ingest.model.crisis import load_crisis, load_organisations
from ingest.model.ids import document_id
from ingest.model.records import Document
from ingest.places.gazetteer import Gazetteer

PLACES = """place_id,adm_level,name_en,name_ar,parent_id,lat,lon,kind,importance,status
XX,0,Exland,إكسلاند,,10.0,10.0,country,5,invented
XX01,1,Northmark,نورمارك,XX,11.0,10.0,adm1,4,invented
XX02,1,Southmark,سودمارك,XX,9.0,10.0,adm1,4,invented
XX0101,2,Millford,ميلفورد,XX01,11.1,10.1,adm2,3,invented
C1,4,Stonebridge,حجريان,XX0101,11.2,10.2,community,1,invented
C2,4,Harrowdale,حروان,XX02,9.2,10.2,community,1,invented
C3,4,Al-Khudayra,الخضيراء,XX0101,11.4,10.1,community,1,invented
C8,4,Twinford,توينفورد,XX01,11.3,10.3,community,1,invented
C9,4,Twinford,توينفورد,XX02,9.3,10.3,community,1,invented
XX-site-1,4,Stonebridge International Airport,مطار حجريان الدولي,C1,11.2,10.3,site,1,invented
"""
CRISIS = """
id = "exland-2024"
title = { en = "Exland", ar = "إكسلاند" }
country = "XXL"
timezone = "UTC"
start = 2024-05-01
gazetteer = ["xxl"]

[[side]]
id = "crown"
label = { en = "Crown forces", ar = "قوات التاج" }
terms = { en = ["crown forces", "crown troops", "crown army"], ar = [] }

[[side]]
id = "league"
label = { en = "League", ar = "الرابطة" }
terms = { en = ["league fighters", "league"], ar = [] }

[[organisation]]
id = "watch"
name = { en = "Exland Watch", ar = "مرصد إكسلاند" }
short = "Watch"
kind = "monitor"
aliases = { en = ["Exland Watch", "the Watch"], ar = ["مرصد إكسلاند"] }

[[organisation]]
id = "crown_news"
name = { en = "Crown News", ar = "أنباء التاج" }
short = "Crown News"
kind = "state"
side = "crown"
aliases = { en = ["Crown News", "state media"], ar = ["أنباء التاج"] }

[[organisation]]
id = "herald"
name = { en = "The Herald", ar = "الهيرالد" }
short = "Herald"
kind = "media"
"""


def make_reader(folder: Path) -> Reader:
    """The reader of Exland; its files are written to `folder`."""
    (folder / "xxl.csv").write_text(PLACES, encoding="utf-8")
    (folder / "crisis.toml").write_text(CRISIS, encoding="utf-8")
    shipped = Path(__file__).parents[2] / "data"
    crisis = load_crisis(folder / "crisis.toml", load_organisations(shipped / "organisations.toml"))
    return Reader.for_crisis(crisis, Gazetteer.load([folder / "xxl.csv"], crisis.regions))


def document(
    text: str, language: str = "en", publisher: str = "herald", published: datetime = datetime(2024, 6, 15, 12, tzinfo=UTC)
) -> Document:
    """A report of 15 June 2024, a Saturday."""
    identity = document_id("test", publisher, "", text)
    return Document(identity, "test", publisher, "", text, language, "", published, published, "text/plain", "")
