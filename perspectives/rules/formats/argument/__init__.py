"""Arguments in Argdown and AIF, out and back."""
