"""What teachers and pupils do in a class."""
