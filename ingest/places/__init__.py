"""Places: names in English and Arabic to p-codes, with every homonym kept until something decides."""

from ingest.places.folding import fold, fold_after_proclitics, fold_token, plain
from ingest.places.gazetteer import Gazetteer
from ingest.places.place import Kind, Place, Resolved

__all__ = ["Gazetteer", "Kind", "Place", "Resolved", "fold", "fold_after_proclitics", "fold_token", "plain"]
