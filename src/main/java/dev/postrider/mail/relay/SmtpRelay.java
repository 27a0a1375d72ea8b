package dev.postrider.mail.relay;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import dev.postrider.mail.MailProperties;
import dev.postrider.mail.RelayStatus;
import dev.postrider.mail.RelayStatus.Limit;
import dev.postrider.mail.RelayStatus.Use;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;

/**
 * One relay, as all threads of this process share it.
 */
final class SmtpRelay {

	/** How soon a free connection is looked for again. */
	static final Duration SLOT_PAUSE = Duration.ofSeconds(1);

	private final RelaySettings settings;

	private final MailProperties properties;

	private final Properties session;

	private final Secret secret;

	private final Breaker breaker;

	private final RelayUse use;

	private final Allowance allowance;

	private final ConnectionSlots slots;

	private final AtomicInteger lines = new AtomicInteger();

	/** By the monotonic clock: until then there is no connection to be had. */
	private final AtomicLong noSlotForEditions = new AtomicLong(System.nanoTime());

	private final AtomicLong noSlotForSingles = new AtomicLong(System.nanoTime());

	SmtpRelay(RelaySettings settings, MailProperties properties, Properties session, Secret secret, RelayUse use,
			ConnectionSlots slots, Clock clock, ApplicationEventPublisher events) {
		this.settings = settings;
		this.properties = properties;
		this.session = session;
		this.secret = secret;
		this.breaker = new Breaker(settings.name(), clock, events, System::nanoTime);
		this.use = use;
		this.allowance = new Allowance(settings.name(), settings.limits(), use);
		this.slots = slots;
	}

	String name() {
		return this.settings.name();
	}

	RelaySettings settings() {
		return this.settings;
	}

	Breaker breaker() {
		return this.breaker;
	}

	/** A connection for one thread. Opening it is left to the first message. */
	SmtpConnection connection() {
		return new SmtpConnection(this.session, this.settings, this.secret, this.properties);
	}

	/** Whether there is anything to ask before a message goes. */
	boolean isLimited() {
		return this.settings.limits().countMessages() || limitsConnections();
	}

	boolean limitsConnections() {
		return this.settings.limits().connections() > 0;
	}

	/** Leave to send one message. */
	Allowance.Permit permit(boolean single) {
		return this.settings.limits().countMessages() ? this.allowance.take(single)
				: new Allowance.Permit(System.nanoTime(), null, "");
	}

	/** Takes back leave that was not used. */
	void giveBackOne(boolean single) {
		this.allowance.giveBackOne(single);
	}

	/**
	 * Leave to open one connection; where there are several, one is for single mails.
	 * That there is none is believed for a while, since each message would ask.
	 */
	ConnectionSlots.@Nullable Slot takeSlot(boolean single) {
		AtomicLong none = single ? this.noSlotForSingles : this.noSlotForEditions;
		if (System.nanoTime() - none.get() < 0) {
			return null;
		}
		int most = this.settings.limits().connections();
		ConnectionSlots.Slot slot = this.slots.take(name(), most, (single || most == 1) ? most : most - 1);
		if (slot == null) {
			none.set(System.nanoTime() + SLOT_PAUSE.toNanos());
		}
		return slot;
	}

	/** Somebody else may have it at once. */
	void slotReleased() {
		this.noSlotForEditions.set(System.nanoTime());
		this.noSlotForSingles.set(System.nanoTime());
	}

	void lineOpened() {
		this.lines.incrementAndGet();
	}

	/** The last one gives back what it did not use of the limits. */
	void lineClosed() {
		if (this.lines.decrementAndGet() == 0) {
			this.allowance.giveBackAll();
		}
	}

	RelayStatus status() {
		Breaker.Known known = this.breaker.known();
		return new RelayStatus(name(), this.settings.address(), known.state(), known.reason(), known.since(),
				this.lines.get(), uses());
	}

	private List<Use> uses() {
		Limits limits = this.settings.limits();
		List<Use> uses = new ArrayList<>();
		if (limitsConnections()) {
			uses.add(new Use(Limit.CONNECTIONS, this.slots.used(name()), limits.connections()));
		}
		if (limits.perSecond() > 0) {
			uses.add(new Use(Limit.SECOND, 0, limits.perSecond()));
		}
		if (limits.countWindows()) {
			RelayUse.Used used = this.use.used(name());
			Instant now = used.now();
			if (limits.perHour() > 0) {
				uses.add(new Use(Limit.HOUR, used.hour(), limits.perHour()));
			}
			long day = limits.day(now.atOffset(ZoneOffset.UTC).toLocalDate());
			if (day < Long.MAX_VALUE) {
				uses.add(new Use(Limit.DAY, used.day(), day));
			}
		}
		return uses;
	}

}
