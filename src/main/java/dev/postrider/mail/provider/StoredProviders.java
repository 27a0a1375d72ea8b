package dev.postrider.mail.provider;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.postrider.mail.ProviderStatus;
import dev.postrider.mail.Providers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * All providers this process has met; a thread of its own shares with other processes how
 * they are slowed.
 */
@Component
class StoredProviders implements Providers, DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(StoredProviders.class);

	private static final long SECONDS = 5;

	private static final long TICKS_TO_FORGET = 720;

	private static final long OTHERS_NANOS = TimeUnit.SECONDS.toNanos(60);

	private final Map<String, Provider> providers = new ConcurrentHashMap<>();

	/** How all processes know them. */
	private final Map<String, BackOff> shared = new HashMap<>();

	private final AtomicInteger lanes = new AtomicInteger();

	private final AtomicInteger waiting = new AtomicInteger();

	private volatile String lastSeen = "";

	private volatile long othersUntil = System.nanoTime();

	private long ticks;

	private final DomainProviders domains;

	private final KnownProviders known;

	private final ProviderRows rows;

	private final ProviderSettings settings;

	private final Clock clock;

	private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor((work) -> {
		Thread own = new Thread(work, "providers");
		own.setDaemon(true);
		return own;
	});

	StoredProviders(DomainProviders domains, KnownProviders known, ProviderRows rows, ProviderSettings settings,
			Clock clock) {
		settings.providers().keySet().stream().filter((name) -> !known.isName(name)).findFirst().ifPresent((name) -> {
			throw new IllegalStateException("postrider.mail.providers." + name + ": no provider is called \"" + name
					+ "\"; give one of " + known.names() + ", or a domain in brackets such as [news.example]");
		});
		this.domains = domains;
		this.known = known;
		this.rows = rows;
		this.settings = settings;
		this.clock = clock;
		this.thread.scheduleWithFixedDelay(this::tick, SECONDS, SECONDS, TimeUnit.SECONDS);
	}

	@Override
	public Gate gate() {
		// What another process or an earlier life was told holds from the first message.
		share();
		return new LaneGate(this, this.clock);
	}

	@Override
	public Map<String, String> of(Collection<String> names) {
		this.domains.learn(names);
		Map<String, String> found = new HashMap<>();
		names.forEach((domain) -> found.put(domain, this.domains.of(domain)));
		return found;
	}

	@Override
	public String title(String provider) {
		return this.known.title(provider);
	}

	@Override
	public List<ProviderStatus> all() {
		Instant now = this.clock.instant();
		return this.providers.values()
			.stream()
			.filter(Provider::isOfNote)
			.sorted(Comparator.comparing(Provider::name))
			.map((provider) -> status(provider, now))
			.toList();
	}

	@Override
	public void destroy() {
		this.thread.shutdownNow();
	}

	private ProviderStatus status(Provider provider, Instant now) {
		BackOff slowed = provider.backOff();
		Instant pausedUntil = (slowed != null && now.isBefore(slowed.pausedUntil())) ? slowed.pausedUntil() : null;
		return new ProviderStatus(provider.name(), this.known.title(provider.name()), pausedUntil, provider.perSecond(),
				(slowed != null) ? slowed.reason() : null, provider.inFlight(), provider.seconds());
	}

	Provider ofDomain(String domain) {
		return byName(this.domains.of(domain));
	}

	/**
	 * Notes which providers' readers are being sent to, so that one leaves room for
	 * others.
	 */
	void lookAhead(Collection<String> names) {
		this.domains.learn(names);
		for (String domain : names) {
			String provider = this.domains.of(domain);
			if (!provider.equals(this.lastSeen)) {
				if (!this.lastSeen.isEmpty()) {
					this.othersUntil = System.nanoTime() + OTHERS_NANOS;
				}
				this.lastSeen = provider;
			}
		}
	}

	boolean areOthers() {
		return this.othersUntil - System.nanoTime() > 0;
	}

	AtomicInteger lanes() {
		return this.lanes;
	}

	/** A lane ends; with the last one, nobody waits any more. */
	void left() {
		if (this.lanes.decrementAndGet() == 0) {
			this.lastSeen = "";
			this.othersUntil = System.nanoTime();
		}
	}

	AtomicInteger waiting() {
		return this.waiting;
	}

	void slowed(Provider provider) {
		BackOff how = provider.backOff();
		if (how != null) {
			logger.warn("{} wants less: nothing before {}, then {} a second. It says: {}",
					this.known.title(provider.name()), how.pausedUntil(), how.perSecond(), how.reason());
		}
		try {
			this.thread.execute(this::share);
		}
		catch (RejectedExecutionException ex) {
			// The process ends; the pause is known to those who are told next.
			logger.debug("Not shared any more", ex);
		}
	}

	private Provider byName(String name) {
		Provider found = this.providers.get(name);
		return (found != null) ? found
				: this.providers.computeIfAbsent(name, (key) -> new Provider(key, this.settings));
	}

	private void tick() {
		try {
			Instant now = this.clock.instant();
			this.providers.values().forEach((provider) -> provider.tick(now));
			share();
			if (this.ticks++ % TICKS_TO_FORGET == 0) {
				this.domains.forget();
			}
		}
		catch (RuntimeException ex) {
			// Thrown, it would end the ticking.
			logger.warn("Providers' limits could not be looked after, trying again: {}", ex.getMessage());
		}
	}

	/** Reads what others were told, then tells them what this process was told. */
	private synchronized void share() {
		try {
			Map<String, BackOff> stored = this.rows.slowed();
			stored.forEach((name, found) -> {
				if (!found.equals(this.shared.get(name))) {
					byName(name).learn(found);
				}
			});
			this.shared.keySet().stream().filter((name) -> !stored.containsKey(name)).toList().forEach((name) -> {
				this.shared.remove(name);
				byName(name).learn(null);
			});
			this.shared.putAll(stored);
			this.providers.values().stream().filter(Provider::isChanged).forEach(this::tell);
		}
		catch (DataAccessException ex) {
			logger.warn("How providers are slowed could not be shared, trying again: {}", ex.getMessage());
		}
	}

	private void tell(Provider provider) {
		BackOff found = provider.backOff();
		if (this.rows.save(provider.name(), this.shared.get(provider.name()), found)) {
			provider.saved(found);
			// The row itself is read at the next sharing.
			this.shared.remove(provider.name());
			if (found != null) {
				this.shared.put(provider.name(), found);
			}
		}
	}

}
