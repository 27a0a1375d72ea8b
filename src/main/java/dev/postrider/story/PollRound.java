package dev.postrider.story;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One round of polling: which sources are being read, and what came of the others. Of
 * every source one outcome is recorded, by the thread that reads it or, when the round is
 * closed, by the one that closes it.
 */
class PollRound {

	private final Map<Long, PollRecord.Due> begun = new HashMap<>();

	private Sources.Poll sum = new Sources.Poll(0, 0, 0, 0);

	private boolean closed;

	/** Whether there is time left to begin with this one. */
	synchronized boolean begin(PollRecord.Due due) {
		if (!this.closed) {
			this.begun.put(due.id(), due);
		}
		return !this.closed;
	}

	/** Whether it has no outcome yet. */
	synchronized boolean isReading(PollRecord.Due due) {
		return this.begun.containsKey(due.id());
	}

	/** Ends one; false when it has an outcome already. */
	synchronized boolean end(PollRecord.Due due) {
		return this.begun.remove(due.id()) != null;
	}

	/** Ends the round; those still being read. */
	synchronized List<PollRecord.Due> close() {
		this.closed = true;
		List<PollRecord.Due> overdue = new ArrayList<>(this.begun.values());
		this.begun.clear();
		return overdue;
	}

	synchronized void add(Sources.Poll outcome) {
		this.sum = new Sources.Poll(this.sum.polled() + outcome.polled(), this.sum.failed() + outcome.failed(),
				this.sum.added() + outcome.added(), this.sum.changed() + outcome.changed());
	}

	synchronized Sources.Poll sum() {
		return this.sum;
	}

}
