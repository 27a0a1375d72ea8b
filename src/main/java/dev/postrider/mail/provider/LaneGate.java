package dev.postrider.mail.provider;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;

import dev.postrider.mail.Providers;
import dev.postrider.mail.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * One thread's way in and out.
 */
final class LaneGate implements Providers.Gate {

	private final StoredProviders providers;

	private final Clock clock;

	private @Nullable Provider inside;

	private long since;

	private boolean waiting;

	LaneGate(StoredProviders providers, Clock clock) {
		this.providers = providers;
		this.clock = clock;
		providers.lanes().incrementAndGet();
	}

	@Override
	public void lookAhead(Collection<String> domains) {
		this.providers.lookAhead(domains);
	}

	@Override
	public @Nullable Instant enter(String domain) {
		Provider provider = this.providers.ofDomain(domain);
		Instant hold = provider.enter(this.clock.instant(), this.providers.lanes().get(), this.providers.areOthers());
		if (hold == null) {
			this.inside = provider;
			this.since = System.nanoTime();
		}
		return hold;
	}

	@Override
	public void leave(boolean accepted) {
		Provider provider = this.inside;
		this.inside = null;
		if (provider != null) {
			provider.leave(System.nanoTime() - this.since, accepted);
		}
	}

	@Override
	public void leave(Verdict verdict, String reply) {
		Provider provider = this.inside;
		this.inside = null;
		if (provider != null && provider.leave(System.nanoTime() - this.since, verdict, reply, this.clock.instant())) {
			this.providers.slowed(provider);
		}
	}

	@Override
	public @Nullable Double perSecond(String domain) {
		return this.providers.ofDomain(domain).perSecond();
	}

	@Override
	public boolean othersWait() {
		return this.providers.waiting().get() > (this.waiting ? 1 : 0);
	}

	@Override
	public boolean mayWait() {
		if (this.waiting) {
			return true;
		}
		if (this.providers.waiting().incrementAndGet() > this.providers.lanes().get() / 2) {
			this.providers.waiting().decrementAndGet();
			return false;
		}
		this.waiting = true;
		return true;
	}

	@Override
	public void waited() {
		if (this.waiting) {
			this.waiting = false;
			this.providers.waiting().decrementAndGet();
		}
	}

	@Override
	public void close() {
		leave(false);
		waited();
		this.providers.left();
	}

}
