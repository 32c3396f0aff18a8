"""The page of figures, and each of its tables as a file."""

from django.http import HttpRequest, HttpResponse

from perspectives.errors import NotFoundError
from perspectives.policy import Permission
from perspectives.web.desk.layout import desk_page, show
from perspectives.web.desk.queues.csv_table import as_csv
from perspectives.web.desk.queues.statistics_tables import TABLES, texts
from perspectives.web.http.view_decorators import READING


@desk_page(Permission.HISTORY_SEE, methods=READING)
def figures(request: HttpRequest) -> HttpResponse:
    """Show all tables."""
    return show(request, "queues/figures.html", {"tables": [make() for make in TABLES.values()]})


@desk_page(Permission.HISTORY_SEE, methods=READING)
def table_file(request: HttpRequest, table: str) -> HttpResponse:
    """Give a table as a CSV file. Raises NotFoundError."""
    if table not in TABLES:
        raise NotFoundError(f"There is no table '{table}'.")
    made = TABLES[table]()
    response = HttpResponse(as_csv(made.columns, texts(made)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="figures-{table}.csv"'
    return response
