import pytest

from perspectives.rules.sources.source_record import Name
from perspectives.rules.topics.people import is_written_by, name_line, person_slug


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


@pytest.mark.parametrize(
    ("author", "person"),
    [
        ({"family": "Götz", "given": "Elias"}, "Elias Götz"),
        ({"family": "Mearsheimer", "given": "John J."}, "John Mearsheimer"),
        ({"family": "Sarotte", "given": "Mary Elise"}, "M. E. Sarotte"),
        ({"family": "Smith", "given": "M. L. R."}, "Mary Louise Rose Smith"),
        ({"family": "Hooft", "given": "Paul", "non-dropping-particle": "van"}, "Paul van Hooft"),
        ({"family": "Plato"}, "Plato"),
        ({"literal": "Institute of Wend"}, "Institute of Wend"),
    ],
)
def test_the_author_of_a_work_is_known_by_other_forms_of_the_name(author, person):
    assert is_written_by(Name.model_validate(author), person_slug(person))


@pytest.mark.parametrize(
    ("author", "person"),
    [
        ({"family": "Götz", "given": "Emil"}, "Elias Götz"),
        ({"family": "Gotzen", "given": "Elias"}, "Elias Götz"),
        ({"family": "Sarotte", "given": "M."}, "Mary Elise Sarotte"),
        ({"family": "Sarotte", "given": "M."}, "M. E. Sarotte"),
        ({"family": "Smith", "given": "Mark Edward"}, "Mary Elise Smith"),
        ({"family": "Smith", "given": "M. A."}, "Mary Elise Smith"),
        ({"family": "Plato"}, "Elias Plato"),
        ({"literal": "Institute of Wend"}, "John Wend"),
    ],
)
def test_the_author_of_a_work_is_not_taken_for_somebody_else(author, person):
    assert not is_written_by(Name.model_validate(author), person_slug(person))


@pytest.mark.parametrize(
    ("parts", "line"),
    [
        ({"literal": "A Society"}, "A Society"),
        ({"family": "Fluß", "given": "Otto", "dropping-particle": "von", "suffix": "Jr."}, "Otto von Fluß Jr."),
    ],
)
def test_a_name_is_written_as_it_is_spoken(parts, line):
    assert name_line(Name.model_validate(parts)) == line
