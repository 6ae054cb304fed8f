"""The series and its past, the edition, districts, parks, venues, rooms, sectors."""

from datetime import date
from decimal import Decimal

from agreements.edition_2017 import history, places, sectors
from agreements.edition_2017.load.context import Context, moment
from agreements.edition_2017.programme import venues
from agreements.edition_2017.rates import recorded_rates
from agreements.models import ExchangeRate
from events.models import District, Edition, Park, RecordedTotal, Room, Series, Venue
from projects.models import Sector

SLUG = "2017"
SERIES = "hangzhou"
ABOUT_EN = (
    "For three days in November, Hangzhou brings together scholars, founders and investors "
    "from home and abroad with the city's parks and companies. Startup projects in information "
    "technology, biomedicine, high-end equipment manufacturing and financial services are "
    "presented, judged and discussed at numbered tables; agreements are signed on the spot; "
    "and guests visit the parks where their projects may settle."
)
ABOUT_ZH = (
    "三天时间，海内外专家学者、创业者与投资人齐聚杭州，与各园区、企业面对面交流。"
    "信息技术、生物医药、高端装备制造、金融服务四大领域的创业项目将进行路演、评审与一对一洽谈，"
    "合作协议现场签约，嘉宾还将实地考察项目可能落户的产业园区。"
)


def load_series(context: Context) -> None:
    """The series, its recorded past and the edition itself."""
    series, _created = Series.objects.get_or_create(
        slug=SERIES,
        defaults={
            "name_en": "Hangzhou International Human Resources Exchanges and Cooperation Conference",
            "name_zh_hans": "浙江·杭州国际人才交流与项目合作大会",
            "first_year": 2009,
        },
    )
    if not series.recorded_totals.exists():
        context.save([recorded_total(series, total) for total in history.TOTALS])
    context.edition = Edition.objects.create(
        series=series,
        slug=SLUG,
        year=2017,
        name_en="2017 Hangzhou International Human Resources Exchanges and Cooperation Conference",
        name_zh_hans="2017浙江·杭州国际人才交流与项目合作大会",
        tagline_en="Talent from all over the world, at home in Hangzhou",
        tagline_zh_hans="聚天下英才，共创业天堂",
        about_en=ABOUT_EN,
        about_zh_hans=ABOUT_ZH,
        city_en="Hangzhou",
        city_zh_hans="杭州",
        time_zone="Asia/Shanghai",
        starts_on=date(2017, 11, 8),
        ends_on=date(2017, 11, 10),
        contact_email="office@conference.example",
        is_public=True,
    )


def recorded_total(series: Series, total: history.Total) -> RecordedTotal:
    return RecordedTotal(
        series=series,
        metric=total.metric,
        first_year=total.first_year,
        last_year=total.last_year,
        value=total.value,
        is_estimate=total.is_estimate,
        is_lower_bound=total.is_lower_bound,
        source=total.source,
        recorded_at=moment(11, 9, 10),
    )


def load_city(context: Context) -> None:
    """Districts and parks, then venues and rooms; what is there already stays as it is."""
    districts = context.save_once(
        [
            District(
                code=row.code,
                name_en=row.name.en,
                name_zh_hans=row.name.zh,
                position=position,
            )
            for position, row in enumerate(places.DISTRICTS)
        ],
        key="code",
    )
    context.save_once([park(row, districts) for row in places.PARKS], key="slug")
    load_venues(context, districts)


def park(row: places.ParkRow, districts: dict[str, District]) -> Park:
    return Park(
        slug=row.slug,
        name_en=row.name.en,
        name_zh_hans=row.name.zh,
        district=districts[row.district],
        strengths_en=row.strengths.en,
        strengths_zh_hans=row.strengths.zh,
    )


def load_venues(context: Context, districts: dict[str, District]) -> None:
    found = context.save_once(
        [venue(row, districts, position) for position, row in enumerate(venues.VENUES)],
        key="slug",
    )
    for place in found.values():
        known = set(place.rooms.values_list("slug", flat=True))
        context.save(
            [
                room(row, place, position)
                for position, row in enumerate(venues.ROOMS)
                if row.venue == place.slug and row.slug not in known
            ]
        )


def venue(row: venues.VenueRow, districts: dict[str, District], position: int) -> Venue:
    return Venue(
        slug=row.slug,
        name_en=row.name.en,
        name_zh_hans=row.name.zh,
        address_en=row.address.en,
        address_zh_hans=row.address.zh,
        district=districts[row.district],
        latitude=Decimal(row.latitude),
        longitude=Decimal(row.longitude),
        position=position,
    )


def room(row: venues.RoomRow, place: Venue, position: int) -> Room:
    return Room(
        venue=place,
        slug=row.slug,
        name_en=row.name.en,
        name_zh_hans=row.name.zh,
        kind=row.kind,
        capacity=row.capacity,
        floor=row.floor,
        position=position,
    )


def load_sectors(context: Context) -> None:
    tops = context.save_once(
        [sector(row, position) for position, row in enumerate(sectors.SECTORS)], key="slug"
    )
    context.save_once(
        [
            sector(row, position, parent=tops[row.parent])
            for position, row in enumerate(sectors.SUBSECTORS)
        ],
        key="slug",
    )


def sector(row: sectors.SectorRow, position: int, parent: Sector | None = None) -> Sector:
    return Sector(
        slug=row.slug,
        name_en=row.name.en,
        name_zh_hans=row.name.zh,
        parent=parent,
        is_priority=row.is_priority,
        position=position,
    )


def load_rates(context: Context) -> None:
    """Rates of the days; a rate recorded already is left as it is."""
    known = set(ExchangeRate.objects.values_list("currency", "on"))
    context.save(
        [
            ExchangeRate(currency=currency, on=day, rate=rate, source=source)
            for currency, day, rate, source in recorded_rates()
            if (currency, day) not in known
        ]
    )
