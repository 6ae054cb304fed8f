"""The WSGI entry point of every web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hrconf.settings")

django_application = get_wsgi_application()

# After Django is set up: what is kept belongs to the programme.
from hrconf.lib.front import fronted  # noqa: E402

application = fronted(django_application)
