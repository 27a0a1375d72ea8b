package dev.postrider.monitor.problem;

import java.util.List;
import java.util.Optional;

import dev.postrider.monitor.problem.Problem.Kind;
import dev.postrider.subscription.ConsentLedger;

import org.springframework.stereotype.Component;

/**
 * A consent ledger in which the last check found something changed.
 */
@Component
class LedgerProblemCheck implements ProblemCheck {

	private final ConsentLedger ledger;

	LedgerProblemCheck(ConsentLedger ledger) {
		this.ledger = ledger;
	}

	@Override
	public String prefix() {
		return "consents:";
	}

	@Override
	public List<Finding> find() {
		return this.ledger.lastCheck()
			.flatMap((check) -> Optional.ofNullable(check.broken()))
			.map((broken) -> new Finding("consents:ledger", Kind.LEDGER_BROKEN, "The consent ledger", broken,
					"Nothing in Postrider changes a row of it: find out who wrote to the database, and compare the rows "
							+ "named with a backup. Then run java -jar postrider.jar consent-check; it is checked "
							+ "every night too."))
			.stream()
			.toList();
	}

}
