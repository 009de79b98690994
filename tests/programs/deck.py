"""Imports a deck into Anki, twice: `python3 deck.py deck.txt`.

Fails with what is wrong. The cards must all be there, in the deck and of the
kind that the file names, and a newer deck must change cards and double none.
"""

import sys
import tempfile
from pathlib import Path

from anki.collection import Collection, ImportCsvRequest


def read(collection, path):
    metadata = collection.get_csv_metadata(path=str(path), delimiter=None)
    return collection.import_csv(ImportCsvRequest(path=str(path), metadata=metadata)).log


def main(deck):
    folder = Path(tempfile.mkdtemp())
    collection = Collection(str(folder / "collection.anki2"))
    first = read(collection, deck)
    assert first.found_notes == len(first.new) > 100, first
    assert collection.card_count() == first.found_notes
    decks = [deck.name for deck in collection.decks.all_names_and_ids()]
    assert decks == ["Default", "Machine Learning Systems Design"], decks
    (card,) = collection.find_notes('"front:*<b>Card fraud</b>*"')
    note = collection.get_note(card)
    assert note.note_type()["name"] == "Basic"
    assert note.fields[0].startswith("<p><b>Card fraud</b></p>"), note.fields
    assert "<li>" in note.fields[1] and "/questions/card-fraud.html#answers" in note.fields[1]
    assert {"question", "level::easy", "step::serving", "topic::fraud"} <= set(note.tags)
    assert len(collection.find_notes("tag:question")) == 27
    assert len(collection.find_notes("tag:glossary")) == first.found_notes - 27

    newer = folder / "newer.txt"
    newer.write_text(Path(deck).read_text("utf-8").replace("<b>Card fraud</b>", "<b>Cards</b>"), "utf-8")
    second = read(collection, newer)
    assert (len(second.new), len(second.updated)) == (0, 1), second
    assert collection.card_count() == first.found_notes
    assert collection.get_note(card).fields[0].startswith("<p><b>Cards</b></p>")


main(sys.argv[1])
