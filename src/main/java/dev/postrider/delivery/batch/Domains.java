package dev.postrider.delivery.batch;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The domains of readers' addresses.
 */
final class Domains {

	private Domains() {
	}

	static String of(String email) {
		return email.substring(email.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
	}

	/** Of those who are to be written to. */
	static Set<String> of(Collection<LedgerRow> rows) {
		Set<String> domains = new HashSet<>();
		for (LedgerRow row : rows) {
			if (row.email() != null && row.skip() == null) {
				domains.add(of(row.email()));
			}
		}
		return domains;
	}

}
