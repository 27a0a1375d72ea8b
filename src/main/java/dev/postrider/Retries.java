package dev.postrider;

import java.util.Objects;
import java.util.function.Supplier;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Transactions that are done again when InnoDB chose them as a deadlock's victim.
 */
public final class Retries {

	private static final int ATTEMPTS = 3;

	private final TransactionOperations transactions;

	public Retries(TransactionOperations transactions) {
		this.transactions = transactions;
	}

	/**
	 * Does some work in a transaction, at most three times.
	 * @param work answers something
	 * @return its answer
	 * @throws ConcurrencyFailureException when it was a victim each time
	 */
	public <T> T of(Supplier<T> work) {
		for (int attempt = 1;; attempt++) {
			try {
				return Objects.requireNonNull(this.transactions.execute((status) -> work.get()));
			}
			catch (ConcurrencyFailureException ex) {
				if (attempt == ATTEMPTS) {
					throw ex;
				}
			}
		}
	}

}
