package dev.postrider.delivery.batch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import dev.postrider.mail.SmtpReply;
import org.jspecify.annotations.Nullable;

/**
 * What speaks against an edition, over all lanes of this process: refusals in a row, or
 * one code of the receivers' rules (5.7.x) among many answers. Acceptances, of which
 * there are thousands a second, take no lock.
 */
final class Surge {

	private final int inARowToHold;

	private final int window;

	private final int ofWindowToHold;

	private final AtomicLong answers = new AtomicLong();

	private final AtomicInteger inARow = new AtomicInteger();

	/** By code: at which answers it was given, the last so many. */
	private final Map<String, Deque<Long>> given = new HashMap<>();

	Surge(DeliveryProperties properties) {
		this.inARowToHold = properties.refusalsToHold();
		this.window = properties.surgeWindow();
		this.ofWindowToHold = Math.max((int) Math.ceil(properties.surgeShare() * this.window), 1);
	}

	/** A reader's copy was accepted, or refused for the reader's own sake. */
	void answered(boolean accepted) {
		this.answers.incrementAndGet();
		if (accepted && this.inARow.get() != 0) {
			this.inARow.set(0);
		}
	}

	/**
	 * A copy was refused for no fault of the reader's, or the relay hung up on it.
	 * @return why the edition must be held; {@code null} while it may go on
	 */
	@Nullable String refused(@Nullable SmtpReply answer, String reply) {
		long now = this.answers.incrementAndGet();
		if (this.inARow.incrementAndGet() >= this.inARowToHold) {
			return "Refused " + this.inARowToHold + " times in a row, the last time: " + reply;
		}
		if (answer != null && answer.enhanced() != null && answer.enhanced().startsWith("5.7.")) {
			return ofRules(answer.enhanced(), now, reply);
		}
		return null;
	}

	private synchronized @Nullable String ofRules(String code, long now, String reply) {
		Deque<Long> times = this.given.computeIfAbsent(code, (key) -> new ArrayDeque<>());
		times.addLast(now);
		if (times.size() < this.ofWindowToHold) {
			return null;
		}
		long first = times.removeFirst();
		return (now - first < this.window) ? this.ofWindowToHold + " of the last " + (now - first + 1)
				+ " copies were refused with " + code + ", the last one: " + reply : null;
	}

}
