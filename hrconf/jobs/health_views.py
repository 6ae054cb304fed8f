"""What a monitor asks, in any state of the system."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from hrconf.jobs.health import ILL, OK, check_all


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 if all is well, else 503; `ill` names what is ill."""
    checks = check_all()
    is_well = all(check.state == OK for check in checks.values())
    answer = {
        "status": OK if is_well else ILL,
        "ill": [name for name, check in checks.items() if check.state == ILL],
        "checks": {name: check.as_json() for name, check in checks.items()},
    }
    status = 200 if is_well else 503
    response = JsonResponse(answer, status=status, headers={"Cache-Control": "no-store"})
    # Whoever asks reads the answer; Django would log each 503 as an error as well.
    response._has_been_logged = True
    return response
