import pytest

from perspectives.rules.people import person_slug


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Elias Götz", "elias-gotz"),
        ("Michael E. O'Hanlon", "michael-e-ohanlon"),
        ("Mila O\N{RIGHT SINGLE QUOTATION MARK}Sullivan", "mila-osullivan"),
        ("M. L. R. Smith", "m-l-r-smith"),
        ("Jørgen Staun", "jorgen-staun"),
        ("Vít Klepárník", "vit-kleparnik"),
        ("Łukasz Đurić", "lukasz-duric"),
        ("Groß", "gross"),
        ("李明", "u674e-660e"),
        ("x" * 100, "x" * 80),
    ],
)
def test_a_name_has_one_slug(name, slug):
    assert person_slug(name) == slug
