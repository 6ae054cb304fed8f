"""The public pages of the accepted projects, approved by their holders."""

from datetime import timedelta

from agreements.edition_2017.load.context import Context, between, moment
from agreements.edition_2017.load.projects import Portfolio
from projects.models import Project, ShowcasePage
from projects.services.showcase import FIELDS, SHOWN, snapshot_of


def load_showcase(context: Context, portfolio: Portfolio) -> None:
    """Every accepted project has a page, approved before the opening."""
    rng = context.rng("showcase")
    asked = {
        project.reference: between(moment(10, 9), moment(10, 13), rng)
        for project in portfolio.all
        if project.status in SHOWN
    }
    context.save(
        [
            approved(project, asked[project.reference], hours=rng.randint(3, 300))
            for project in portfolio.all
            if project.reference in asked
        ]
    )


def approved(project: Project, asked, hours: int) -> ShowcasePage:
    texts = {name: getattr(project, name) or "" for name in FIELDS}
    return ShowcasePage(
        project=project,
        state=ShowcasePage.State.APPROVED,
        approved=snapshot_of(project, texts),
        version=1,
        asked_at=asked,
        approved_at=asked + timedelta(hours=hours),
    )
