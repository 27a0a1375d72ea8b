package dev.postrider.mail;

/**
 * A body is literals and, between them, slots for readers' values.
 */
sealed interface Piece permits Piece.Literal, Piece.Slot {

	/**
	 * What everybody gets alike.
	 *
	 * @param text as rendered
	 */
	record Literal(String text) implements Piece {
	}

	/**
	 * Where a reader's value goes.
	 *
	 * @param field whose value
	 * @param place how it is written
	 */
	record Slot(ReaderField field, Place place) implements Piece {
	}

}
