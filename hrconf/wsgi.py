"""The WSGI entry point of every web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hrconf.settings")

application = get_wsgi_application()
