"""How finely days and places are stated."""

from enum import StrEnum


class DatePrecision(StrEnum):
    """How finely a date is stated."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class PlacePrecision(StrEnum):
    """How finely a place is stated, finest first. From `governorate` on it is drawn as an area, never as a dot."""

    POINT = "point"
    SITE = "site"
    NEIGHBOURHOOD = "neighbourhood"
    CITY_OR_TOWN = "city_or_town"
    SUBDISTRICT = "subdistrict"
    DISTRICT = "district"
    GOVERNORATE = "governorate"
    REGION_INFORMAL = "region_informal"
    COUNTRY = "country"
    CROSS_BORDER = "cross_border"


class PlaceRole(StrEnum):
    """Where it happened, where people left, or where they went."""

    LOCATION = "location"
    ORIGIN = "origin"
    DESTINATION = "destination"
