"""Study tools and handouts: the tray, the quiz, documents to print."""
