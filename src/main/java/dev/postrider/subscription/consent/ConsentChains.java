package dev.postrider.subscription.consent;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Appends to the ledger. It lies in {@value #CHAINS} chains, by subscriber, so that few
 * transactions wait for each other; the head of a chain is locked from the append to the
 * commit. Whoever locks subscribers as well locks those first, and appends once, at the
 * end: then nobody waits in a circle.
 */
@Repository
public class ConsentChains {

	/** How many there are; fixed, because rows stay where they are. */
	static final int CHAINS = 16;

	private static final int BATCH = 1000;

	private final JdbcClient jdbc;

	private final JdbcOperations batches;

	ConsentChains(JdbcClient jdbc, JdbcOperations batches) {
		this.jdbc = jdbc;
		this.batches = batches;
	}

	/** The chain that a subscriber's rows are in. */
	static int chainOf(long subscriberId) {
		return (int) Math.floorMod(subscriberId, (long) CHAINS);
	}

	/**
	 * Appends rows in this order, inside the caller's transaction: one lock, one insert
	 * and one new head for each chain they are in.
	 * @param rows any number, of any subscribers
	 * @return where each of them is, in the same order
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public List<Link> append(List<ConsentRow> rows) {
		if (rows.isEmpty()) {
			return List.of();
		}
		Map<Integer, Head> heads = lock(rows);
		List<Chained> chained = new ArrayList<>(rows.size());
		for (ConsentRow row : rows) {
			int chain = chainOf(row.subscriberId());
			Head head = heads.get(chain);
			if (head == null) {
				throw new IllegalStateException("The head of consent chain " + chain + " is missing; check the ledger "
						+ "with the command consent-check and restore the row of consent_chain from a backup.");
			}
			Chained next = head.next(row);
			heads.put(chain, new Head(chain, next.link(), next.hash()));
			chained.add(next);
		}
		this.batches.batchUpdate("""
				INSERT INTO consent (subscriber_id, newsletter_id, action, channel, wording_version, wording,
				  privacy_version, privacy_url, token_id, at, chain, link, previous, hash)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
				""", chained, BATCH, ConsentChains::set);
		heads.values()
			.forEach((head) -> this.jdbc.sql("UPDATE consent_chain SET links = ?, hash = ? WHERE chain = ?")
				.params(head.links(), head.hash(), head.chain())
				.update());
		return chained.stream().map((it) -> new Link(it.chain(), it.link())).toList();
	}

	/** By primary key and in its order: two that want the same heads do not cross. */
	private Map<Integer, Head> lock(List<ConsentRow> rows) {
		return this.jdbc
			.sql("SELECT chain, links, hash FROM consent_chain WHERE chain IN (:chains) ORDER BY chain FOR UPDATE")
			.param("chains", rows.stream().map((row) -> chainOf(row.subscriberId())).collect(Collectors.toSet()))
			.query((row, index) -> new Head(row.getInt("chain"), row.getLong("links"), row.getBytes("hash")))
			.list()
			.stream()
			.collect(Collectors.toMap(Head::chain, (head) -> head, (one, other) -> one, TreeMap::new));
	}

	private static void set(PreparedStatement statement, Chained chained) throws SQLException {
		ConsentRow row = chained.row();
		statement.setLong(1, row.subscriberId());
		statement.setLong(2, row.newsletterId());
		statement.setString(3, row.action());
		statement.setString(4, row.channel());
		statement.setString(5, row.wordingVersion());
		statement.setString(6, row.wording());
		statement.setString(7, row.privacyVersion());
		statement.setString(8, row.privacyUrl());
		statement.setBytes(9, row.tokenId());
		statement.setObject(10, row.keptAt());
		statement.setInt(11, chained.chain());
		statement.setLong(12, chained.link());
		statement.setBytes(13, chained.previous());
		statement.setBytes(14, chained.hash());
	}

	/**
	 * Where a row is.
	 *
	 * @param chain which chain
	 * @param link its place there, from 1
	 */
	public record Link(int chain, long link) {
	}

	/**
	 * The end of a chain.
	 *
	 * @param chain which chain
	 * @param links how many rows it has
	 * @param hash the hash of the last of them
	 */
	record Head(int chain, long links, byte[] hash) {

		Chained next(ConsentRow row) {
			long link = this.links + 1;
			return new Chained(row, this.chain, link, this.hash, ConsentHash.of(this.hash, this.chain, link, row));
		}

	}

	/**
	 * A row at its place.
	 */
	record Chained(ConsentRow row, int chain, long link, byte[] previous, byte[] hash) {
	}

}
