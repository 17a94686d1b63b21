"""From passage to coding: coders, their combination, relations, decisions and their store."""
