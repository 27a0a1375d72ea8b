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

	/** What fails later than that has not hung up, but hangs. */
	private static final Duration FAST = Duration.ofSeconds(5);

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
		this.relay = relay;
		this.single = single;
		this.connection = relay.connection();
	}

	/**
	 * Sends if the relay's limits allow, else says when they may.
	 * @param latest after this nothing is begun, by {@link System#nanoTime()}
	 */
	SendResult send(String envelopeSender, String recipient, byte[] message, long latest) {
		if (!this.relay.isLimited()) {
			return hand(envelopeSender, recipient, message, latest);
		}
		NotNow none = takeSlot();
		if (none != null) {
			return none;
		}
		Allowance.Permit permit = this.relay.permit(this.single);
		if (permit.pause() != null) {
			leaveUnused();
			return new NotNow(permit.pause(), "Relay " + this.relay.name() + ": " + permit.reason());
		}
		if (permit.at() - latest > 0) {
			this.relay.giveBackOne(this.single);
			leaveUnused();
			return new NotNow(WayOut.AT_ONCE, "Relay " + this.relay.name() + ": its turn comes too late for this one");
		}
		waitUntil(permit.at());
		SendResult result = hand(envelopeSender, recipient, message, latest);
		if (result instanceof RelayFailed) {
			this.relay.giveBackOne(this.single);
		}
		return result;
	}

	/** Whether the relay lets us in, told to its breaker. */
	void tryOut() {
		if (takeSlot() != null) {
			return;
		}
		long begun = System.nanoTime();
		open();
		SmtpReply against = this.connection.tryOut();
		if (against == null) {
			this.relay.breaker().loggedIn();
		}
		else {
			this.relay.breaker().failed(against, begun);
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

	/** Another has more use for the leave to open a connection. */
	private void leaveUnused() {
		if (!this.connection.isOpen()) {
			close();
		}
	}

	private SendResult hand(String envelopeSender, String recipient, byte[] message, long latest) {
		open();
		this.lastUse = System.nanoTime();
		boolean wasOpen = this.connection.isOpen();
		long begun = System.nanoTime();
		SendResult result = SendResult.rightly(this.connection.send(envelopeSender, recipient, message));
		if (result instanceof RelayFailed hungUp && !this.connection.isOpen() && wasFast(begun)
				&& (wasOpen || ReplyClassifier.mayBeOfOneMessage(hungUp.answer())) && System.nanoTime() - latest < 0) {
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

	/**
	 * In a session that stood it may be about this message alone, unless it hangs and
	 * takes no others meanwhile; a recipient that it refuses for good always is.
	 */
	private RelayFailed failed(RelayFailed failed, String recipient, long begun) {
		SmtpReply answer = failed.answer();
		Breaker breaker = this.relay.breaker();
		boolean relays = true;
		if (!ReplyClassifier.mayBeOfOneMessage(answer)) {
			breaker.failed(answer, begun);
		}
		else if (answer.code() == 0 && !wasFast(begun)) {
			relays = breaker.failed(answer, begun);
		}
		else if (answer.stage() == SmtpReply.Stage.RCPT && answer.permanent()) {
			breaker.answered();
			relays = false;
		}
		else {
			relays = breaker.failedWith(recipient.hashCode(), answer, begun);
		}
		if (relays) {
			close();
		}
		return relays ? failed : new RelayFailed(answer, true);
	}

	/** Whether it broke off; one that was silent until we gave up is not asked again. */
	private boolean wasFast(long begun) {
		return !this.connection.hasTimedOut() && System.nanoTime() - begun < FAST.toNanos();
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
