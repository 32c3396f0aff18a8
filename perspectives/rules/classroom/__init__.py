"""Classes: codes and nicknames, phases of activities, what pupils hand in, what a poll may show."""
