"""Making checks of evidence, and mending what they find."""
