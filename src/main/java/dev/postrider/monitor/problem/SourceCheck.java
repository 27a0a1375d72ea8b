package dev.postrider.monitor.problem;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.postrider.monitor.problem.Problem.Kind;
import dev.postrider.story.Source;
import dev.postrider.story.Sources;

import org.springframework.stereotype.Component;

/**
 * Sources that are dead: five failures in a row, or none that went well for a day.
 */
@Component
class SourceCheck implements ProblemCheck {

	private static final int FAILURES = 5;

	private static final Duration SILENCE = Duration.ofHours(24);

	private final Sources sources;

	private final Clock clock;

	SourceCheck(Sources sources, Clock clock) {
		this.sources = sources;
		this.clock = clock;
	}

	@Override
	public String prefix() {
		return "source:";
	}

	@Override
	public List<Finding> find() {
		return this.sources.all().stream().filter(this::isDead).map(SourceCheck::finding).toList();
	}

	private boolean isDead(Source source) {
		Instant since = (source.lastSuccessAt() != null) ? source.lastSuccessAt() : source.createdAt();
		return source.failures() >= FAILURES
				|| (source.failures() > 0 && since.isBefore(this.clock.instant().minus(SILENCE)));
	}

	private static Finding finding(Source source) {
		String name = (source.name() != null) ? source.name() : source.url().replaceFirst("[?].*", "");
		String why = (source.lastError() != null) ? " It says: " + source.lastError() : "";
		return new Finding("source:" + source.id(), Kind.SOURCE_DEAD, name,
				"The source " + name + " has failed " + source.failures() + " times in a row." + why,
				"Open its address in a browser. If it has moved, add the new one on the desk under Sources and remove "
						+ "this one. Stories of other sources keep coming.");
	}

}
