package dev.postrider.monitor.problem;

import java.util.List;

import dev.postrider.edition.DesignTrials;
import dev.postrider.monitor.problem.Problem.Kind;

import org.springframework.stereotype.Component;

/**
 * Designs of the newsroom that do not render.
 */
@Component
class DesignCheck implements ProblemCheck {

	private final DesignTrials trials;

	DesignCheck(DesignTrials trials) {
		this.trials = trials;
	}

	@Override
	public String prefix() {
		return "design:";
	}

	@Override
	public List<Finding> find() {
		return this.trials.failures()
			.entrySet()
			.stream()
			.map((each) -> new Finding("design:" + each.getKey(), Kind.DESIGN_WRONG, "The design " + each.getKey(),
					each.getValue(),
					"Mend the file named; it is read again at once. Until then no edition goes out in this design."))
			.toList();
	}

}
