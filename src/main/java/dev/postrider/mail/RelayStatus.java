package dev.postrider.mail;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How a relay is, as this process knows it.
 *
 * @param name its name in the settings, else host and port
 * @param address host and port
 * @param state whether it answers
 * @param reason why it does not, else {@code null}
 * @param since when it stopped to answer, else {@code null}
 * @param connections open connections of this process
 * @param uses what has been used of each limit by all processes; empty without limits
 */
public record RelayStatus(String name, String address, State state, @Nullable String reason, @Nullable Instant since,
		int connections, List<Use> uses) {

	public RelayStatus {
		uses = List.copyOf(uses);
	}

	/**
	 * Whether a relay answers.
	 */
	public enum State {

		/** Nothing was sent there since the start. */
		UNTRIED,

		/** It does. */
		ANSWERS,

		/** It does not; one message now and then tries whether it does again. */
		DOWN

	}

	/**
	 * How much of a limit is used.
	 *
	 * @param limit which
	 * @param used messages of the current hour or day, or open connections; messages
	 * allowed in the last second are not counted
	 * @param most the limit as it is now, for a day by the warm-up plan
	 */
	public record Use(Limit limit, long used, long most) {
	}

	/**
	 * What is limited.
	 */
	public enum Limit {

		CONNECTIONS, SECOND, HOUR, DAY

	}

}
