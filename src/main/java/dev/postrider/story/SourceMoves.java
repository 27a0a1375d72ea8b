package dev.postrider.story;

import java.net.URI;

import dev.postrider.staff.Audit;
import dev.postrider.story.ingest.StoryIdentity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Remembers where a feed went when its server says that it went for good, so that it is
 * asked for there, also once the old server is switched off.
 */
@Component
class SourceMoves {

	private static final Logger log = LoggerFactory.getLogger(SourceMoves.class);

	/** As much as the column holds. */
	private static final int MAX_URL = 1000;

	private final JdbcClient jdbc;

	private final Audit audit;

	SourceMoves(JdbcClient jdbc, Audit audit) {
		this.jdbc = jdbc;
		this.audit = audit;
	}

	/**
	 * Changes the address of a source whose feed was just read at the new one.
	 * @param from its address so far
	 * @param to the new one, or {@code null} when it stayed
	 */
	void follow(long id, URI from, @Nullable URI to) {
		String address = (to != null) ? to.toString().replaceFirst("#.*", "") : "";
		if (to == null || address.length() > MAX_URL) {
			return;
		}
		// IGNORE: where another source is there already, both stay as they are, and each
		// story belongs to the one that brought it first. Indexes: primary, source_url.
		int moved = this.jdbc
			.sql("UPDATE IGNORE source SET url = :url, url_hash = :hash WHERE id = :id AND url = :from")
			.param("url", address)
			.param("hash", StoryIdentity.hash(address))
			.param("id", id)
			.param("from", from.toString())
			.update();
		if (moved == 1) {
			log.info("Source {} moved for good", id);
			this.audit.record("source.move", label(from.toString()), "now at " + label(address));
		}
	}

	/** Without the query, where feeds for subscribers carry their keys. */
	private static String label(String url) {
		String address = url.replaceFirst("[?].*", "");
		return (address.length() > 200) ? address.substring(0, 200) : address;
	}

}
