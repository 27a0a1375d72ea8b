package dev.postrider.subscription.consent;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import dev.postrider.subscription.consent.ChainReader.Stored;
import dev.postrider.subscription.consent.ConsentChains.Chained;
import dev.postrider.subscription.consent.ConsentChains.Head;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Follows every chain from its first row to its head, and says where it is broken: a row
 * changed, taken out, put in, or cut off at the end. Rows that come in meanwhile harm
 * nothing. Whoever can write to the database can also write all hashes anew from some row
 * on; against that, heads noted elsewhere help.
 */
@Component
class LedgerCheck {

	private static final int LONGEST = 1000;

	private final JdbcClient jdbc;

	private final ChainReader reader;

	private final Clock clock;

	LedgerCheck(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.reader = new ChainReader(jdbc);
		this.clock = clock;
	}

	/** Checks all chains. */
	Result check() {
		List<End> ends = new ArrayList<>();
		List<String> broken = new ArrayList<>();
		for (int chain = 0; chain < ConsentChains.CHAINS; chain++) {
			End end = follow(chain);
			ends.add(end);
			if (end.broken() != null) {
				broken.add(end.broken());
			}
		}
		this.reader.stray()
			.ifPresent((row) -> broken
				.add(name(row) + " is in a chain that does not exist: somebody put it in, or " + "changed its chain."));
		return new Result(ends.stream().mapToLong(End::links).sum(), ends, broken);
	}

	/** Checks all chains and notes the result for the monitor. */
	Result checkAndNote() {
		Result result = check();
		String words = String.join(" ", result.broken());
		this.jdbc.sql("UPDATE consent_check SET checked_at = :now, links = :links, broken = :broken WHERE id = 1")
			.param("now", this.clock.instant())
			.param("links", result.links())
			.param("broken", words.isEmpty() ? null : (words.length() <= LONGEST) ? words : words.substring(0, LONGEST))
			.update();
		return result;
	}

	private End follow(int chain) {
		Optional<Head> found = this.reader.head(chain);
		if (found.isEmpty()) {
			return new End(chain, 0, ConsentHash.NONE, "The head of chain " + chain + " is missing.");
		}
		Head head = found.get();
		End end = new End(chain, 0, ConsentHash.NONE, (head.links() == 0) ? against(head, ConsentHash.NONE) : null);
		long from = Long.MIN_VALUE;
		while (end.broken() == null) {
			List<Stored> page = this.reader.after(chain, from);
			if (page.isEmpty()) {
				return complete(end, head);
			}
			for (Stored row : page) {
				end = step(end, row, head);
				if (end.broken() != null) {
					return end;
				}
			}
			from = end.links();
		}
		return end;
	}

	private static End step(End before, Stored row, Head head) {
		Chained chained = row.chained();
		long expected = before.links() + 1;
		if (chained.link() < expected) {
			return before.broken(name(row) + " was put in before the chain's beginning.");
		}
		if (chained.link() > expected) {
			return before.broken("Row " + expected + " of chain " + before.chain()
					+ " is missing: it was taken out before " + name(row) + ".");
		}
		if (!Arrays.equals(chained.previous(), before.hash())) {
			return before.broken(name(row) + " does not follow the row before it: one of them was changed.");
		}
		byte[] hash = ConsentHash.of(before.hash(), before.chain(), expected, chained.row());
		if (!Arrays.equals(hash, chained.hash())) {
			return before.broken(name(row) + " was changed.");
		}
		String wrong = (expected == head.links()) ? against(head, hash) : null;
		return new End(before.chain(), expected, hash, wrong);
	}

	/** All rows are read; the head is looked at again because some may be new. */
	private End complete(End end, Head before) {
		if (end.links() < before.links()) {
			return end.broken("Rows " + (end.links() + 1) + " to " + before.links() + " of chain " + end.chain()
					+ " are missing: they were cut off at the end.");
		}
		long links = this.reader.head(end.chain()).map(Head::links).orElse(0L);
		return (end.links() <= links) ? end : end.broken("Row " + (links + 1) + " of chain " + end.chain()
				+ " stands behind the chain's head: somebody put it in.");
	}

	private static @Nullable String against(Head head, byte[] hash) {
		return Arrays.equals(head.hash(), hash) ? null : "The head of chain " + head.chain()
				+ " has another hash than row " + head.links() + ": one of them was changed.";
	}

	private static String name(Stored row) {
		return "Row " + row.chained().link() + " of chain " + row.chained().chain() + " (consent " + row.id() + ")";
	}

	/**
	 * What was found.
	 *
	 * @param links how many rows hold together
	 * @param ends how far each chain was followed
	 * @param broken where chains break, the first place of each; empty when all is whole
	 */
	record Result(long links, List<End> ends, List<String> broken) {
	}

	/**
	 * How far a chain was followed.
	 *
	 * @param chain which
	 * @param links rows that hold together
	 * @param hash of the last of them
	 * @param broken what is wrong after that, if anything
	 */
	record End(int chain, long links, byte[] hash, @Nullable String broken) {

		End broken(String what) {
			return new End(this.chain, this.links, this.hash, what);
		}

		String hex() {
			return HexFormat.of().formatHex(this.hash);
		}

	}

}
