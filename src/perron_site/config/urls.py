"""Which address opens which page."""

from django.urls import include, path

from perron_site.records import admin
from perron_site.web import errors

urlpatterns = [
    path("", include("perron_site.web.public")),
    path("", include("perron_site.web.interview")),
    path("", include("perron_site.web.law")),
    path("", include("perron_site.web.countries")),
    path("", include("perron_site.web.desk")),
    path("", include("perron_site.web.questions")),
    path("", include("perron_site.web.visits")),
    path("", include("perron_site.web.paper")),
    path("", include("perron_site.web.files")),
    path("", include("perron_site.web.dispatcher")),
    path("", include("perron_site.web.places")),
    path("", include("perron_site.web.hosts")),
    path("", include("perron_site.web.people")),
    path("", include("perron_site.web.options")),
    path("", include("perron_site.web.ahead")),
    path("", include("perron_site.web.lists")),
    path("", include("perron_site.web.handovers")),
    path("", include("perron_site.web.contacts")),
    path("", include("perron_site.web.inbox")),
    path("", include("perron_site.web.coordinator")),
    path("", include("perron_site.web.figures")),
    path("", include("perron_site.web.housing")),
    path("", include("perron_site.web.parity")),
    path("", include("perron_site.web.moving")),
    path("", include("perron_site.web.twice")),
    path("", include("perron_site.web.safety")),
    path("", include("perron_site.web.representation")),
    path("", include("perron_site.web.glass")),
    path("", include("perron_site.web.person")),
    path("", include("perron_site.web.mydata")),
    path("admin/", admin.site.urls),
]
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
