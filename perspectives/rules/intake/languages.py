"""Names of languages, as other programs write them, as language tags."""

import langcodes

_NAMES = {
    "afrikaans": "af", "american": "en-US", "arabic": "ar", "belarusian": "be", "brazil": "pt-BR",
    "british": "en-GB", "bulgarian": "bg", "catalan": "ca", "chinese": "zh", "croatian": "hr", "czech": "cs",
    "danish": "da", "dutch": "nl", "eng": "en", "english": "en", "estonian": "et", "farsi": "fa", "finnish": "fi",
    "francais": "fr", "fre": "fr", "french": "fr", "georgian": "ka", "ger": "de", "german": "de", "greek": "el",
    "hebrew": "he", "hungarian": "hu", "icelandic": "is", "irish": "ga", "italian": "it", "japanese": "ja",
    "korean": "ko", "latin": "la", "latvian": "lv", "lithuanian": "lt", "magyar": "hu", "mexican": "es-MX",
    "naustrian": "de-AT", "ngerman": "de", "norwegian": "no", "nswissgerman": "de-CH", "nynorsk": "nn",
    "persian": "fa", "polish": "pl", "portuguese": "pt", "romanian": "ro", "russian": "ru", "serbian": "sr",
    "slovak": "sk", "slovene": "sl", "spa": "es", "spanish": "es", "swedish": "sv", "swissgerman": "de-CH",
    "turkish": "tr", "ukenglish": "en-GB", "ukrainian": "uk", "usenglish": "en-US", "welsh": "cy",
}  # fmt: skip
"""Names that other programs write, in small letters, of languages that have many works."""


def language_tag(text: str) -> str:
    """Write a language as a tag; many English names, and those of LaTeX's babel, will do, too; '' for others."""
    if known := _NAMES.get(text.lower()):
        return known
    return langcodes.standardize_tag(text) if text and langcodes.tag_is_valid(text) else ""
