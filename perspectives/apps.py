"""The application's registration with Django."""

from django.apps import AppConfig


class PerspectivesConfig(AppConfig):
    """Contested topics, the positions on them and their evidence."""

    name = "perspectives"
    verbose_name = "Debate KB"
