"""Addresses of the programme: editions, schedule, figures."""

from django.urls import path

from events import feeds
from events.views import favourites, figures, offline
from events.views.editions import EditionDetail
from events.views.embedded import EmbeddedSchedule
from events.views.feedback import SessionFeedback
from events.views.home import home
from events.views.releases import Changelog, EarlierSchedule, NewsOfRelease
from events.views.schedule import Schedule
from events.views.sessions import SessionDetail
from events.views.speakers import SpeakerDetail, SpeakerList, SpeakerPortrait

app_name = "events"
urlpatterns = [
    path("", home, name="home"),
    path("<slug:edition>/", EditionDetail.as_view(), name="edition"),
    path("<slug:edition>/schedule/", Schedule.as_view(), name="schedule"),
    path("<slug:edition>/schedule/changes/", Changelog.as_view(), name="changes"),
    path("<slug:edition>/schedule/changes.atom", feeds.ChangesFeed.as_view(), name="changes_atom"),
    path("<slug:edition>/schedule/changes/<int:number>/", NewsOfRelease.as_view(), name="news"),
    path("<slug:edition>/releases/<int:number>/", EarlierSchedule.as_view(), name="release"),
    path(
        "<slug:edition>/releases/<int:number>/<slug:day>/",
        EarlierSchedule.as_view(),
        name="release_day",
    ),
    path(
        "<slug:edition>/schedule/words.json", feeds.ScheduleWords.as_view(), name="schedule_words"
    ),
    path("<slug:edition>/schedule/embed/", EmbeddedSchedule.as_view(), name="schedule_embed"),
    path("<slug:edition>/schedule/mine/", favourites.MySchedule.as_view(), name="my_schedule"),
    path("<slug:edition>/schedule/mine/sync/", favourites.Sync.as_view(), name="my_sync"),
    path(
        "<slug:edition>/schedule/mine/settings/", favourites.Settings.as_view(), name="my_settings"
    ),
    path("<slug:edition>/schedule/mine/code.svg", favourites.ShareCode.as_view(), name="my_code"),
    path(
        "<slug:edition>/schedule/mine/chosen.ics",
        favourites.ChosenCalendar.as_view(),
        name="my_choice",
    ),
    path(
        "<slug:edition>/schedule/mine/<str:token>.ics",
        favourites.MyCalendar.as_view(),
        name="my_calendar",
    ),
    path("<slug:edition>/schedule/offline/", offline.Offline.as_view(), name="offline"),
    path(
        "<slug:edition>/schedule/entries.json",
        offline.ScheduleEntries.as_view(),
        name="schedule_entries",
    ),
    path(
        "<slug:edition>/schedule/texts.json", offline.ScheduleTexts.as_view(), name="schedule_texts"
    ),
    path("<slug:edition>/schedule/release.json", offline.ReleaseNow.as_view(), name="release_now"),
    path("<slug:edition>/app.webmanifest", offline.Manifest.as_view(), name="manifest"),
    path("<slug:edition>/sw.js", offline.ServiceWorker.as_view(), name="service_worker"),
    path("<slug:edition>/schedule/<slug:day>/", Schedule.as_view(), name="schedule_day"),
    path("<slug:edition>/schedule.ics", feeds.ScheduleCalendar.as_view(), name="schedule_ics"),
    path("<slug:edition>/schedule.xml", feeds.ScheduleXml.as_view(), name="schedule_xml"),
    path("<slug:edition>/schedule.json", feeds.ScheduleJson.as_view(), name="schedule_json"),
    path("<slug:edition>/sessions/<slug:code>/", SessionDetail.as_view(), name="session"),
    path(
        "<slug:edition>/sessions/<slug:code>.ics",
        feeds.SessionCalendar.as_view(),
        name="session_ics",
    ),
    path("<slug:edition>/sessions/<slug:code>.xml", feeds.SessionXml.as_view(), name="session_xml"),
    path(
        "<slug:edition>/sessions/<slug:code>.json", feeds.SessionJson.as_view(), name="session_json"
    ),
    path(
        "<slug:edition>/sessions/<slug:code>/feedback/",
        SessionFeedback.as_view(),
        name="session_feedback",
    ),
    path("<slug:edition>/plans/<str:picture>", feeds.RoomPlan.as_view(), name="plan"),
    path("<slug:edition>/speakers/", SpeakerList.as_view(), name="speakers"),
    path("<slug:edition>/speakers/<slug:code>/", SpeakerDetail.as_view(), name="speaker"),
    path(
        "<slug:edition>/speakers/<slug:code>/<slug:picture>.jpg",
        SpeakerPortrait.as_view(),
        name="portrait",
    ),
    path("<slug:edition>/figures/", figures.figures_page, name="figures"),
    path("<slug:edition>/figures.json", figures.figures_json, name="figures_json"),
]
