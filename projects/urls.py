"""Addresses of projects."""

from django.urls import path

from projects.views.applying import CallPage, LostLinkPage, ProvePage, StartPage
from projects.views.call import (
    ApplicationPage,
    MemberPage,
    OwnPaper,
    Receipt,
    TakeoverPage,
)
from projects.views.call_steps import StepPage
from projects.views.judging import JurorPage, JurorPaper
from projects.views.reviewing import ReviewerPage, ReviewerPaper, ReviewPage
from projects.views.showcase import Directory, OwnPage, ProjectPage
from projects.views.votes import VotePage, VoteProof
from projects.views.winners import RevealPage, RevealState, WinnersPage

app_name = "projects"
urlpatterns = [
    # The call.
    path("call/", CallPage.as_view(), name="call"),
    path("call/start/<str:token>/", ProvePage.as_view(), name="prove"),
    path("call/application/<str:token>/", ApplicationPage.as_view(), name="application"),
    path(
        "call/application/<str:token>/receipt-<int:number>.pdf", Receipt.as_view(), name="receipt"
    ),
    path("call/application/<str:token>/files/<int:file>/", OwnPaper.as_view(), name="own_paper"),
    path("call/application/<str:token>/<slug:step>/", StepPage.as_view(), name="step"),
    path("call/team/<str:token>/", MemberPage.as_view(), name="member"),
    path("call/takeover/<str:token>/", TakeoverPage.as_view(), name="takeover"),
    path("call/lost-link/", LostLinkPage.as_view(), name="lost_link"),
    path("call/<slug:kind>/", StartPage.as_view(), name="start"),
    # The competition.
    path("jury/<str:token>/", JurorPage.as_view(), name="juror"),
    path("jury/<str:token>/files/<int:file>/", JurorPaper.as_view(), name="juror_paper"),
    path("competition/", WinnersPage.as_view(), name="winners"),
    path("competition/vote/<str:token>/", VoteProof.as_view(), name="vote_proof"),
    path("competition/<int:round>/vote/", VotePage.as_view(), name="vote"),
    path("competition/<int:round>/reveal/", RevealPage.as_view(), name="reveal"),
    path("competition/<int:round>/reveal.json", RevealState.as_view(), name="reveal_state"),
    # Screening.
    path("review/<str:token>/", ReviewerPage.as_view(), name="reviewer"),
    path("review/<str:token>/files/<int:file>/", ReviewerPaper.as_view(), name="reviewer_paper"),
    path("review/<str:token>/<int:phase>/<int:project>/", ReviewPage.as_view(), name="review"),
    # The showcase.
    path("projects/", Directory.as_view(), name="directory"),
    path("projects/<str:code>/", ProjectPage.as_view(), name="page"),
    path("my-project/<str:token>/", OwnPage.as_view(), name="own_page"),
]
