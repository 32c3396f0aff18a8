"""Learning platforms (LTI 1.3): keys, registrations, courses and who launches; of a person the platform's id alone."""
