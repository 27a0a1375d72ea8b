package dev.postrider.story.pick;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

import dev.postrider.story.StoryPicker;

import org.springframework.stereotype.Component;

/**
 * Picks by score: reads what is known, and lets {@link Choice} choose.
 */
@Component
class ScoringPicker implements StoryPicker {

	private final StoredFacts stored;

	private final Clock clock;

	ScoringPicker(StoredFacts stored, Clock clock) {
		this.stored = stored;
		this.clock = clock;
	}

	@Override
	public Picking pick(Request request) {
		// What was begun in this very microsecond has been mailed too.
		Instant now = this.clock.instant().plus(1, ChronoUnit.MICROS);
		return Choice.of(this.stored.now(request.newsletter(), request.at(), now), request);
	}

	@Override
	public List<List<Pick>> pickAll(Request request, Instant begun, List<Set<String>> topics) {
		return Choice.ofAll(this.stored.now(request.newsletter(), request.at(), begun), request, topics);
	}

	@Override
	public Picking replay(Request request) {
		return Choice.of(this.stored.asOf(request.newsletter(), request.at()), request);
	}

}
