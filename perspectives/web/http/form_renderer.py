"""How Django writes out forms: a field the same way on every page, allauth's pages among them."""

from django.forms.renderers import DjangoTemplates


class FormRenderer(DjangoTemplates):
    """Writes a field as label, help, errors and input; labels end without a colon."""

    field_template_name = "perspectives/shared/field.html"
