"""What matchkit writes for people: messages of keys and values, and a catalogue of templates a language."""
