package dev.postrider.subscription.consent;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.postrider.SqlRows;
import dev.postrider.SqlTime;

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
		Map<Instant, String> moments = new HashMap<>();
		SqlRows.insert(this.batches, """
				INSERT INTO consent (subscriber_id, newsletter_id, action, channel, wording_version, wording,
				  privacy_version, privacy_url, token_id, at, chain, link, previous, hash) VALUES
				""", "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", chained, (statement, next, it) -> set(statement,
				next, it, moments.computeIfAbsent(it.row().keptAt(), SqlTime::text)));
		this.batches.batchUpdate("UPDATE consent_chain SET links = ?, hash = ? WHERE chain = ?", heads.values(), CHAINS,
				(statement, head) -> {
					statement.setLong(1, head.links());
					statement.setBytes(2, head.hash());
					statement.setInt(3, head.chain());
				});
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

	private static int set(PreparedStatement statement, int first, Chained chained, String at) throws SQLException {
		ConsentRow row = chained.row();
		int next = first;
		statement.setLong(next++, row.subscriberId());
		statement.setLong(next++, row.newsletterId());
		statement.setString(next++, row.action());
		statement.setString(next++, row.channel());
		statement.setString(next++, row.wordingVersion());
		statement.setString(next++, row.wording());
		statement.setString(next++, row.privacyVersion());
		statement.setString(next++, row.privacyUrl());
		statement.setBytes(next++, row.tokenId());
		statement.setString(next++, at);
		statement.setInt(next++, chained.chain());
		statement.setLong(next++, chained.link());
		statement.setBytes(next++, chained.previous());
		statement.setBytes(next++, chained.hash());
		return next;
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
