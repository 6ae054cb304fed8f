"""All addresses and the styleguide, which is otherwise routed only in development."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path

from hrconf.styleguide import styleguide
from hrconf.urls import urlpatterns as ours

urlpatterns = [*i18n_patterns(path("styleguide/", styleguide)), *ours]
