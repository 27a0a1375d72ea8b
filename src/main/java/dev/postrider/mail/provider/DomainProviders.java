package dev.postrider.mail.provider;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Which provider keeps a domain's mailboxes: by the list, by what was asked before, by
 * the DNS. Each process remembers; all share a table.
 */
@Component
class DomainProviders {

	private static final Logger logger = LoggerFactory.getLogger(DomainProviders.class);

	private static final Pattern DOMAIN = Pattern.compile("[a-z0-9._-]{1,253}");

	/** So many at most are asked for at once; the others later. */
	private static final int AT_ONCE = 200;

	/** A domain whose servers do not answer is left in peace for so long. */
	private static final Duration PEACE = Duration.ofMinutes(10);

	/** After so many lanes in a row that waited in vain, none waits for a while. */
	private static final int MOST_TIMEOUTS = 3;

	private static final long UNWAITED = TimeUnit.MINUTES.toNanos(1);

	private final AtomicInteger timeouts = new AtomicInteger();

	/** By the monotonic clock. */
	private volatile long waitedForAgain = System.nanoTime();

	private final Map<String, Known> known = new ConcurrentHashMap<>();

	private final KnownProviders providers;

	private final ProviderRows rows;

	private final MxLookup lookup;

	private final ProviderSettings.Mx settings;

	private final Clock clock;

	DomainProviders(KnownProviders providers, ProviderRows rows, MxLookup lookup, ProviderSettings settings,
			Clock clock) {
		this.providers = providers;
		this.rows = rows;
		this.lookup = lookup;
		this.settings = settings.mx();
		this.clock = clock;
	}

	/** The provider's name; the domain itself where none is known. */
	String of(String domain) {
		Known found = this.known.get(domain);
		return (found != null) ? found.provider : domain;
	}

	/** Finds out about domains not known yet; waits a moment for the DNS, no longer. */
	void learn(Collection<String> domains) {
		Instant now = this.clock.instant();
		List<String> unknown = domains.stream()
			.filter((domain) -> isUnknown(domain, now) && !isListed(domain))
			.limit(AT_ONCE)
			.toList();
		if (unknown.isEmpty() || !this.settings.lookup()) {
			return;
		}
		try {
			this.rows.domains(unknown, now).forEach((domain, provider) -> keep(domain, provider, this.settings.keep()));
		}
		catch (DataAccessException ex) {
			logger.debug("What was asked of the DNS before is not known now", ex);
		}
		List<String> asked = unknown.stream().filter((domain) -> isUnknown(domain, now)).toList();
		if (!asked.isEmpty()) {
			ask(asked, now);
		}
	}

	/** Old answers of the table, which nobody asks for any more. */
	void forget() {
		this.rows.forget(this.clock.instant());
	}

	private void ask(List<String> domains, Instant now) {
		Map<String, String> found = new ConcurrentHashMap<>();
		CompletableFuture<?>[] answers = domains.stream().map((domain) -> {
			// Until the answer is in, and so that no other lane asks too.
			keep(domain, domain, PEACE);
			return this.lookup.mailServer(domain).thenAccept((server) -> {
				String provider = provider(domain, server);
				keep(domain, provider, this.settings.keep());
				found.put(domain, provider);
			});
		}).toArray(CompletableFuture[]::new);
		CompletableFuture<Void> all = CompletableFuture.allOf(answers);
		try {
			if (isWaitedFor()) {
				all.get(this.settings.patience().toMillis(), TimeUnit.MILLISECONDS);
				this.timeouts.set(0);
			}
		}
		catch (TimeoutException ex) {
			timedOut();
			logger.debug("The DNS takes long for some of {} domains; their mail goes meanwhile", domains.size());
		}
		catch (ExecutionException ex) {
			logger.debug("The DNS does not answer for some of {} domains", domains.size(), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		try {
			this.rows.keep(new HashMap<>(found), now.plus(this.settings.keep()));
		}
		catch (DataAccessException ex) {
			logger.warn("What the DNS says of {} domains could not be kept, and will be asked again", found.size(), ex);
		}
	}

	/** Whether a lane waits for the DNS' answers; else they are known a little later. */
	boolean isWaitedFor() {
		return System.nanoTime() - this.waitedForAgain >= 0;
	}

	private void timedOut() {
		if (this.timeouts.incrementAndGet() >= MOST_TIMEOUTS) {
			this.timeouts.set(0);
			this.waitedForAgain = System.nanoTime() + UNWAITED;
			logger.warn("The DNS takes long for readers' domains; for a minute no mail waits for it");
		}
	}

	private String provider(String domain, Optional<String> server) {
		String provider = server.map(this.providers::byMx).orElse(null);
		return (provider != null) ? provider : domain;
	}

	private boolean isListed(String domain) {
		String listed = this.providers.byDomain(domain);
		if (listed != null) {
			this.known.put(domain, new Known(listed, null));
		}
		return listed != null;
	}

	private boolean isUnknown(String domain, Instant now) {
		Known found = this.known.get(domain);
		return DOMAIN.matcher(domain).matches()
				&& (found == null || (found.expires != null && now.isAfter(found.expires)));
	}

	private void keep(String domain, String provider, Duration time) {
		this.known.put(domain, new Known(provider, this.clock.instant().plus(time)));
	}

	private record Known(String provider, @Nullable Instant expires) {
	}

}
