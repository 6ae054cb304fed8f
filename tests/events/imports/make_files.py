"""Schedule files as other programs write them, made by hand: tidy ones and odd ones."""

import json
from html import escape

CONFERENCE = {
    "title": "Lake Conference 2019",
    "acronym": "lake2019",
    "venue": "Lake Hall",
    "city": "Hangzhou",
    "start": "2019-05-01",
    "end": "2019-05-02",
    "time_zone_name": "Asia/Shanghai",
}


def tag(name: str, text: str = "", /, **attributes) -> str:
    said = "".join(f' {key}="{escape(str(value))}"' for key, value in attributes.items())
    return f"<{name}{said}>{text}</{name}>"


def event(number: int = 1, people=(), links=(), attributes=None, **fields) -> str:
    """An event; a field that is None is left out."""
    values = {
        "date": None,
        "start": "10:00",
        "duration": "00:30",
        "room": "Hall",
        "title": f"Talk {number}",
        "track": "Main",
        "type": "lecture",
        "language": "en",
        "abstract": "",
        **fields,
    }
    inner = "".join(tag(key, escape(text)) for key, text in values.items() if text is not None)
    persons = "".join(tag("person", escape(name), **ids) for ids, name in people)
    references = "".join(tag("link", "", href=url) for url in links)
    inner += tag("persons", persons) + tag("links", references)
    return tag("event", inner, **(attributes or {"id": number}))


def xml(*days, conference=None, top="", change="") -> bytes:
    """A schedule of days, each a mapping of room to events."""
    head = conference if conference is not None else CONFERENCE
    inner = "".join(tag(key, escape(text)) for key, text in head.items())
    if change:
        inner += tag("day_change", change)
    body = ""
    for place, rooms in enumerate(days, 1):
        listed = "".join(tag("room", "".join(found), name=name) for name, found in rooms.items())
        body += tag("day", listed, index=place, date=f"2019-05-0{place}")
    return (
        f'<?xml version="1.0"?><schedule>{top}{tag("conference", inner)}{body}</schedule>'.encode()
    )


def frab_json(*events, conference=None) -> bytes:
    """The same in JSON, of one day and one room."""
    head = {**(CONFERENCE if conference is None else conference)}
    head["days"] = [{"index": 1, "date": "2019-05-01", "rooms": {"Hall": list(events)}}]
    return json.dumps({"schedule": {"version": "1", "conference": head}}).encode()


def bilingual(*sessions) -> bytes:
    """The shape of COSCUP: everything is named by ids."""
    names = {"zh": {"name": "西湖厅"}, "en": {"name": "West Lake Room"}}
    same = {"zh": {"name": "Open Data"}, "en": {"name": "Open Data"}}
    people = [
        {"id": "P1", "zh": {"name": "王建国", "bio": "教授"}, "en": {"name": "Wang Jianguo"}},
        {"id": "P2", "zh": {"name": "Kimi", "bio": ""}, "en": {"name": "Kimi", "bio": ""}},
    ]
    return json.dumps(
        {
            "sessions": list(sessions),
            "speakers": people,
            "session_types": [{"id": "t1", **same}],
            "rooms": [{"id": "R1", **names}],
        }
    ).encode()


def ics(*events: str, head: str = "") -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", *filter(None, [head])]
    for lines_of_event in events:
        lines += ["BEGIN:VEVENT", *lines_of_event.split("\n"), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()
