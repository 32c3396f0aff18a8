"""The health page: 200 when database and cache serve, 500 when not; the same short JSON for every client."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from health_check.views import HealthCheckView

from perspectives.serving.lanes import Work


class HealthView(HealthCheckView):
    """Check PostgreSQL and Valkey; what is wrong in detail goes to the log, not to the public."""

    work = Work.HEALTH
    checks = ("health_check.checks.Database", ("health_check.checks.Cache", {"alias": "valkey"}))

    async def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Answer in JSON whatever was asked for: probes read the status, and a broken Accept header is no failure."""
        with self.get_executor() as executor:
            results = [await check.get_result(executor) for check in self.get_checks()]
        body = {type(result.check).__name__.lower(): "error" if result.error else "ok" for result in results}
        return JsonResponse(body, status=500 if "error" in body.values() else 200)
