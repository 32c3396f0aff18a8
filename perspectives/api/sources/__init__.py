"""Sources and citation styles."""
