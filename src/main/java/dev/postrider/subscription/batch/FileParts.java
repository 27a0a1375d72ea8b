package dev.postrider.subscription.batch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The rows of {@code subscriber_import_part}: files as they came, in parts that fit into
 * one packet of any server.
 */
@Repository
class FileParts {

	/** Bytes; as a statement at most twice as many, since the driver escapes some. */
	static final int SIZE = 256 * 1024;

	private final JdbcClient jdbc;

	FileParts(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Lets a file be read once, and keeps what is read. */
	Recording record(long importId, InputStream file) {
		return new Recording(importId, file);
	}

	/** A stored file, read part by part; one that is not there whole cannot be read. */
	InputStream open(StoredImport file) {
		return new Stored(file);
	}

	void delete(long importId) {
		this.jdbc.sql("DELETE FROM subscriber_import_part WHERE import_id = ?").param(importId).update();
	}

	/** A file on its way in; {@link #finish} keeps the last part. */
	final class Recording extends FilterInputStream {

		private final long importId;

		private final byte[] content = new byte[SIZE];

		private int length;

		private int part;

		private Recording(long importId, InputStream file) {
			super(file);
			this.importId = importId;
		}

		@Override
		public int read() throws IOException {
			byte[] one = new byte[1];
			return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
		}

		@Override
		public int read(byte[] into, int from, int most) throws IOException {
			int count = this.in.read(into, from, Math.min(most, SIZE - this.length));
			if (count > 0) {
				System.arraycopy(into, from, this.content, this.length, count);
				this.length += count;
				if (this.length == SIZE) {
					finish();
				}
			}
			return count;
		}

		@Override
		public boolean markSupported() {
			return false;
		}

		/**
		 * Keeps what is left.
		 * @return how many parts there are
		 */
		int finish() {
			if (this.length > 0) {
				FileParts.this.jdbc
					.sql("INSERT INTO subscriber_import_part (import_id, part, content) VALUES (?, ?, ?)")
					.params(this.importId, this.part, Arrays.copyOf(this.content, this.length))
					.update();
				this.part++;
				this.length = 0;
			}
			return this.part;
		}

	}

	/** By primary key. */
	private final class Stored extends InputStream {

		private final StoredImport file;

		private byte[] content = new byte[0];

		private int position;

		private int part;

		private Stored(StoredImport file) {
			this.file = file;
		}

		@Override
		public int read() throws IOException {
			byte[] one = new byte[1];
			return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
		}

		@Override
		public int read(byte[] into, int from, int most) throws IOException {
			if (this.position == this.content.length) {
				if (this.part == this.file.parts()) {
					return -1;
				}
				this.content = part(this.part++);
				this.position = 0;
			}
			int count = Math.min(most, this.content.length - this.position);
			System.arraycopy(this.content, this.position, into, from, count);
			this.position += count;
			return count;
		}

		/** The end of a part is no end of the file: half a row would be taken for one. */
		private byte[] part(int number) throws IOException {
			return FileParts.this.jdbc
				.sql("SELECT content FROM subscriber_import_part WHERE import_id = ? AND part = ?")
				.params(this.file.id(), number)
				.query((row, index) -> row.getBytes(1))
				.optional()
				.orElseThrow(() -> new IOException(
						"Part " + (number + 1) + " of " + this.file.parts() + " of stored file " + this.file.id()
								+ " is missing. What was taken in stays; hand the file in anew for the rest."));
		}

	}

}
