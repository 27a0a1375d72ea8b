package dev.postrider.mail.relay;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import dev.postrider.mail.ReplyClassifier;
import dev.postrider.mail.SendResult;
import dev.postrider.mail.SendResult.AddressRefused;
import dev.postrider.mail.SendResult.NotNow;
import dev.postrider.mail.SendResult.RelayFailed;
import dev.postrider.mail.SendResult.Unclear;
import dev.postrider.mail.SmtpReply;
import org.jspecify.annotations.Nullable;

/**
 * One thread's line to one relay: a connection within the limits, and the relay's breaker
 * told of what came of it.
 */
final class Line implements AutoCloseable {

	private static final Duration IDLE = Duration.ofMinutes(1);

	/** What failed within this is tried again at once; a relay that hangs is not. */
	private static final Duration AT_ONCE = Duration.ofSeconds(5);

	private final SmtpRelay relay;

	private final boolean single;

	private final SmtpConnection connection;

	private ConnectionSlots.@Nullable Slot slot;

	private boolean used;

	private long lastUse;

	/**
	 * Makes one.
	 * @param single whether the reserves for single mails may be used
	 */
	Line(SmtpRelay relay, boolean single) {
		this(relay, single, relay.connection());
	}

	private Line(SmtpRelay relay, boolean single, SmtpConnection connection) {
		this.relay = relay;
		this.single = single;
		this.connection = connection;
	}

	/** One to see whether the relay takes connections at all. */
	static Line toTryOut(SmtpRelay relay) {
		return new Line(relay, true, relay.connectionToTryOut());
	}

	/** Sends if the relay's limits allow, else says when they may. */
	SendResult send(String envelopeSender, String recipient, byte[] message) {
		if (!this.relay.isLimited()) {
			return hand(envelopeSender, recipient, message);
		}
		NotNow none = takeSlot();
		if (none != null) {
			return none;
		}
		Allowance.Permit permit = this.relay.permit(this.single);
		if (permit.pause() != null) {
			return new NotNow(permit.pause(), "Relay " + this.relay.name() + ": " + permit.reason());
		}
		waitUntil(permit.at());
		SendResult result = hand(envelopeSender, recipient, message);
		if (result instanceof RelayFailed) {
			this.relay.giveBackOne();
		}
		return result;
	}

	/** Whether the relay takes connections, told to its breaker. */
	void tryOut() {
		if (takeSlot() != null) {
			return;
		}
		long begun = System.nanoTime();
		open();
		SmtpReply against = this.connection.tryOut();
		if (against == null) {
			this.relay.breaker().answered();
		}
		else {
			this.relay.breaker().failed(against.text(), begun);
		}
	}

	@Override
	public void close() {
		this.connection.close();
		if (this.slot != null) {
			this.slot.close();
			this.slot = null;
			this.relay.slotReleased();
		}
		if (this.used) {
			this.used = false;
			this.relay.lineClosed();
		}
	}

	/** What waits in vain for the relay's turn leaves room for others. */
	void closeIfIdle() {
		if (this.used && System.nanoTime() - this.lastUse > IDLE.toNanos()) {
			close();
		}
	}

	private SendResult hand(String envelopeSender, String recipient, byte[] message) {
		open();
		this.lastUse = System.nanoTime();
		boolean wasOpen = this.connection.isOpen();
		long begun = System.nanoTime();
		SendResult result = SendResult.rightly(this.connection.send(envelopeSender, recipient, message));
		if (result instanceof RelayFailed hungUp && !this.connection.isOpen()
				&& (wasOpen || isTriedAgain(hungUp, System.nanoTime() - begun))) {
			// A relay may hang up on a connection that was idle, or on one it has had
			// enough of: no fault yet. Nothing of the message was accepted.
			begun = System.nanoTime();
			result = SendResult.rightly(this.connection.send(envelopeSender, recipient, message));
		}
		if (result instanceof RelayFailed failed) {
			return failed(failed, recipient, begun);
		}
		if (isTheRelays(result)) {
			this.relay.breaker().tookMessage();
		}
		else {
			this.relay.breaker().notTried();
		}
		return result;
	}

	private static boolean isTriedAgain(RelayFailed failed, long tookNanos) {
		return ReplyClassifier.mayBeOfOneMessage(failed.answer()) && tookNanos < AT_ONCE.toNanos();
	}

	/**
	 * In a session that stood it may be about this message alone; a recipient that it
	 * refuses for good always is.
	 */
	private RelayFailed failed(RelayFailed failed, String recipient, long begun) {
		SmtpReply answer = failed.answer();
		Breaker breaker = this.relay.breaker();
		boolean relays = true;
		if (!ReplyClassifier.mayBeOfOneMessage(answer)) {
			breaker.failed(failed.reply(), begun);
		}
		else if (answer.stage() == SmtpReply.Stage.RCPT && answer.permanent()) {
			breaker.answered();
			relays = false;
		}
		else {
			relays = breaker.failedWith(recipient.hashCode(), failed.reply(), begun);
		}
		if (relays) {
			close();
		}
		return relays ? failed : new RelayFailed(answer, true);
	}

	/** Some addresses are refused here, and the relay not even asked. */
	private boolean isTheRelays(SendResult result) {
		return !(result instanceof Unclear) && (!(result instanceof AddressRefused) || this.connection.isOpen());
	}

	private void open() {
		if (!this.used) {
			this.used = true;
			this.relay.lineOpened();
		}
	}

	/** A lease that ran out, as in a process that was frozen, may be another's by now. */
	private @Nullable NotNow takeSlot() {
		if (!this.relay.limitsConnections() || (this.slot != null && this.slot.isHeld())) {
			return null;
		}
		close();
		this.slot = this.relay.takeSlot(this.single);
		return (this.slot != null) ? null : new NotNow(SmtpRelay.SLOT_PAUSE,
				"Relay " + this.relay.name() + ": all connections it may have are in use");
	}

	private static void waitUntil(long moment) {
		long left = moment - System.nanoTime();
		while (left > 0 && !Thread.currentThread().isInterrupted()) {
			LockSupport.parkNanos(left);
			left = moment - System.nanoTime();
		}
	}

}
