"""Study tools: tray, quiz, worksheet, handouts."""
