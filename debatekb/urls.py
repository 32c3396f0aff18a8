"""Public addresses: the API under /api/v1/, everything else is pages."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from debatekb.watching import views as watching
from perspectives.api.mcp.views import McpView

handler500 = "perspectives.web.http.error_pages.server_error"
urlpatterns = [
    path("api/v1/", include("perspectives.api.urls")),
    path("mcp", McpView.as_view(), name="mcp"),
    path("health/live", watching.live, name="health-live"),
    path("health/ready", watching.ready, name="health-ready"),
    path("healthz/", watching.health, name="health"),
    path("metrics", watching.metrics, name="metrics"),
    path("admin/", admin.site.urls),
    path("", include("perspectives.web.urls")),
]
handler429 = "perspectives.web.accounts.lockout.too_many"
"""What allauth answers with where a form is sent too often."""
if settings.HAS_DEBUG_TOOLBAR:
    urlpatterns.insert(0, path("__debug__/", include("debug_toolbar.urls")))
