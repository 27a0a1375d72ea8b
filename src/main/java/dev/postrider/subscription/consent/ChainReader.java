package dev.postrider.subscription.consent;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import dev.postrider.SqlTime;
import dev.postrider.subscription.consent.ConsentChains.Chained;
import dev.postrider.subscription.consent.ConsentChains.Head;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads the chains as they are stored, whoever wrote them.
 */
final class ChainReader {

	private static final int PAGE = 2000;

	private final JdbcClient jdbc;

	ChainReader(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	Optional<Head> head(int chain) {
		return this.jdbc.sql("SELECT chain, links, hash FROM consent_chain WHERE chain = ?")
			.param(chain)
			.query((row, index) -> new Head(row.getInt("chain"), row.getLong("links"), row.getBytes("hash")))
			.optional();
	}

	/** The next rows of a chain; a range of index consent_link. */
	List<Stored> after(int chain, long link) {
		return this.jdbc.sql("SELECT * FROM consent WHERE chain = ? AND link > ? ORDER BY link LIMIT ?")
			.params(chain, link, PAGE)
			.query(ChainReader::read)
			.list();
	}

	/** A row that is in no chain there is; index consent_link. */
	Optional<Stored> stray() {
		return this.jdbc.sql("SELECT * FROM consent WHERE chain >= ? ORDER BY chain, link LIMIT 1")
			.param(ConsentChains.CHAINS)
			.query(ChainReader::read)
			.optional();
	}

	private static Stored read(ResultSet row, int index) throws SQLException {
		ConsentRow said = new ConsentRow(row.getLong("subscriber_id"), row.getLong("newsletter_id"),
				row.getString("action"), row.getString("channel"), row.getString("wording_version"),
				row.getString("wording"), row.getString("privacy_version"), row.getString("privacy_url"),
				row.getBytes("token_id"), SqlTime.at(row, "at"));
		return new Stored(row.getLong("id"), new Chained(said, row.getInt("chain"), row.getLong("link"),
				row.getBytes("previous"), row.getBytes("hash")));
	}

	/**
	 * A row and its key.
	 */
	record Stored(long id, Chained chained) {
	}

}
