package dev.postrider.delivery.batch;

import dev.postrider.delivery.DeliveryStatus;

/**
 * What a lane did in one turn.
 */
final class Turn {

	State state = State.GOES_ON;

	int sent;

	int skipped;

	int others;

	void count(Outcome outcome) {
		if (outcome.status() == DeliveryStatus.SENT) {
			this.sent++;
		}
		else {
			this.others++;
		}
	}

	enum State {

		/** There is more to do, or to wait for. */
		GOES_ON,

		/** Every block is done. */
		FINISHED,

		/** The edition is no longer being sent. */
		HELD

	}

}
