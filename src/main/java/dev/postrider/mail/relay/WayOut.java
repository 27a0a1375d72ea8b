package dev.postrider.mail.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import dev.postrider.mail.Attempt;
import dev.postrider.mail.MessageSigner;
import dev.postrider.mail.RelayConnection;
import dev.postrider.mail.SendResult;
import dev.postrider.mail.SendResult.NotNow;
import dev.postrider.mail.SendResult.RelayFailed;
import dev.postrider.mail.SmtpReply;
import org.jspecify.annotations.Nullable;

/**
 * One thread's way to the relays: each message takes the first of them that answers and
 * has room, and those of one order share by weight. What one of them certainly did not
 * accept is tried at the next at once.
 */
final class WayOut implements RelayConnection {

	/** A lane looks after its edition and its lease meanwhile. */
	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

	/** What was not begun, being too late, may be begun anew after a look around. */
	static final Duration AT_ONCE = Duration.ofMillis(1);

	/** After so long with one message no other relay is begun with, unless told. */
	private static final Duration USUALLY = Duration.ofSeconds(20);

	private final List<Way> ways = new ArrayList<>();

	private final MessageSigner signer;

	WayOut(List<SmtpRelay> relays, MessageSigner signer, boolean single) {
		relays.forEach((relay) -> this.ways.add(new Way(relay, new Line(relay, single))));
		this.signer = signer;
	}

	@Override
	public Attempt send(String envelopeSender, String recipient, byte[] message) {
		return send(envelopeSender, recipient, message, System.nanoTime() + USUALLY.toNanos());
	}

	@Override
	public Attempt send(String envelopeSender, String recipient, byte[] message, long latest) {
		Trial trial = new Trial();
		for (Way way = next(trial.asked); way != null; way = next(trial.asked)) {
			if (System.nanoTime() - latest >= 0) {
				return trial.tooLate();
			}
			trial.asked.add(way);
			if (!way.relay.breaker().permits()) {
				continue;
			}
			SendResult result = way.line.send(envelopeSender, recipient, trial.signed(message), latest);
			if (result instanceof NotNow) {
				way.relay.breaker().notTried();
			}
			if (trial.isOver(way, result)) {
				way.took(this.ways);
				closeIdle();
				return new Attempt(way.relay.name(), result);
			}
		}
		return trial.outcome();
	}

	@Override
	public void close() {
		this.ways.forEach((way) -> way.line.close());
	}

	private void closeIdle() {
		if (this.ways.size() > 1) {
			this.ways.forEach((way) -> way.line.closeIfIdle());
		}
	}

	/** The lowest order goes first; within it whoever has had least for its weight. */
	private @Nullable Way next(Set<Way> asked) {
		Way best = null;
		for (Way way : this.ways) {
			if (!asked.contains(way) && (best == null
					|| (way.relay.settings().order() == best.relay.settings().order() && way.turn < best.turn))) {
				best = way;
			}
		}
		return best;
	}

	/**
	 * A relay as this thread sees it.
	 */
	private static final class Way {

		private final SmtpRelay relay;

		private final Line line;

		/** Messages it had, each divided by its weight. */
		private double turn;

		Way(SmtpRelay relay, Line line) {
			this.relay = relay;
			this.line = line;
		}

		/** Who was passed over, being away or full, has no claim to catch up. */
		void took(List<Way> all) {
			double had = this.turn;
			for (Way other : all) {
				if (other.relay.settings().order() == this.relay.settings().order()) {
					other.turn = Math.max(other.turn, had);
				}
			}
			this.turn = had + 1.0 / this.relay.settings().weight();
		}

	}

	/**
	 * One message on its way from relay to relay.
	 */
	private final class Trial {

		private final Set<Way> asked = new HashSet<>();

		private byte @Nullable [] signed;

		private @Nullable Attempt failed;

		private @Nullable Attempt full;

		/** Signed when a relay may take it, and once only. */
		byte[] signed(byte[] message) {
			byte[] known = this.signed;
			if (known == null) {
				known = WayOut.this.signer.sign(message);
				this.signed = known;
			}
			return known;
		}

		/** Keeps the first reason of each kind not to stop here. */
		boolean isOver(Way way, SendResult result) {
			Attempt attempt = new Attempt(way.relay.name(), result);
			if (result instanceof NotNow now) {
				if (this.full == null || now.pause().compareTo(((NotNow) this.full.result()).pause()) < 0) {
					this.full = attempt;
				}
				return false;
			}
			if (result instanceof RelayFailed now) {
				boolean known = this.failed != null && (isOfThisMessage(this.failed) || !now.ofThisMessage());
				this.failed = known ? this.failed : attempt;
				return false;
			}
			return true;
		}

		/**
		 * With whose message alone a relay fails, he waits by himself: the others need
		 * not wait for one that is full. Else it is known when that may take more.
		 */
		Attempt outcome() {
			if (this.failed != null && isOfThisMessage(this.failed)) {
				return this.failed;
			}
			if (this.full != null) {
				NotNow now = (NotNow) this.full.result();
				Duration pause = (now.pause().compareTo(LONGEST_PAUSE) < 0) ? now.pause() : LONGEST_PAUSE;
				return new Attempt(this.full.relay(), new NotNow(pause, now.reply()));
			}
			return (this.failed != null) ? this.failed : allDown();
		}

		private static boolean isOfThisMessage(Attempt attempt) {
			return attempt.result() instanceof RelayFailed failed && failed.ofThisMessage();
		}

		/** What is known of those that were asked; else nothing was begun. */
		Attempt tooLate() {
			if (this.failed != null || this.full != null) {
				return outcome();
			}
			return new Attempt(WayOut.this.ways.get(0).relay.name(),
					new NotNow(AT_ONCE, "It is too late to begin with this one"));
		}

		private Attempt allDown() {
			SmtpRelay first = WayOut.this.ways.get(0).relay;
			String reason = Objects.requireNonNullElse(first.breaker().known().reason(), "it is tried again");
			return new Attempt(first.name(), new RelayFailed(SmtpReply.of(SmtpReply.Stage.CONNECT, reason)));
		}

	}

}
