package dev.postrider.mail.relay;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

import jakarta.mail.AuthenticationFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Access tokens from a token endpoint, renewed before they end. One for all connections
 * to a relay: one of them renews it, the others use the old one meanwhile, or wait where
 * there is none.
 */
final class AccessTokens implements Secret {

	private static final Logger logger = LoggerFactory.getLogger(AccessTokens.class);

	private static final long EARLIEST = Duration.ofMinutes(5).toNanos();

	/** After a renewal that failed, while the old token is good. */
	private static final long AGAIN = Duration.ofSeconds(30).toNanos();

	private final String relay;

	private final TokenEndpoint endpoint;

	private final RefreshTokens refreshTokens;

	/** Monotonic. */
	private final LongSupplier nanoTime;

	/** Held by who asks the endpoint. */
	private final ReentrantLock asking = new ReentrantLock();

	/** How often it was asked so far. */
	private final AtomicLong asked = new AtomicLong();

	private volatile @Nullable Token token;

	private volatile @Nullable Failure failure;

	AccessTokens(String relay, TokenEndpoint endpoint, RefreshTokens refreshTokens, LongSupplier nanoTime) {
		this.relay = relay;
		this.endpoint = endpoint;
		this.refreshTokens = refreshTokens;
		this.nanoTime = nanoTime;
	}

	@Override
	public String value() throws AuthenticationFailedException {
		long askedBefore = this.asked.get();
		long now = this.nanoTime.getAsLong();
		Token current = this.token;
		if (current != null && (now - current.renewAt() < 0 || (isGood(current, now) && failedLately(now)))) {
			return current.value();
		}
		if (current != null && isGood(current, now)) {
			if (!this.asking.tryLock()) {
				return current.value();
			}
		}
		else {
			this.asking.lock();
		}
		try {
			return (this.asked.get() != askedBefore) ? whatAnotherGot() : renew(current, now);
		}
		finally {
			this.asking.unlock();
		}
	}

	@Override
	public boolean refused(String value) {
		this.asking.lock();
		try {
			// Another thread may have a new one already.
			Token current = this.token;
			if (current != null && current.value().equals(value)) {
				this.token = null;
			}
		}
		finally {
			this.asking.unlock();
		}
		return true;
	}

	private static boolean isGood(Token token, long now) {
		return now - token.endsAt() < 0;
	}

	private boolean failedLately(long now) {
		Failure last = this.failure;
		return last != null && now - last.at() < AGAIN;
	}

	/** It asked while we waited: a second time would tell nothing new. */
	private String whatAnotherGot() throws AuthenticationFailedException {
		Token current = this.token;
		long now = this.nanoTime.getAsLong();
		if (current != null && isGood(current, now)) {
			return current.value();
		}
		Failure last = this.failure;
		return (last != null) ? fail(last.reason()) : renew(null, now);
	}

	private String renew(@Nullable Token current, long now) throws AuthenticationFailedException {
		try {
			TokenEndpoint.Answer answer = this.refreshTokens.use(this.endpoint::ask);
			long life = answer.life().toNanos();
			// A tenth of its life before its end, five minutes at most.
			Token fresh = new Token(answer.token(), now + life - Math.min(life / 10, EARLIEST), now + life);
			this.token = fresh;
			this.failure = null;
			return fresh.value();
		}
		catch (IOException ex) {
			String reason = String.valueOf(ex.getMessage());
			this.failure = new Failure(reason, this.nanoTime.getAsLong());
			if (current != null && isGood(current, now)) {
				logger.warn("Relay {}: the access token could not be renewed, the old one is still good: {}",
						this.relay, reason);
				return current.value();
			}
			return fail(reason);
		}
		finally {
			this.asked.incrementAndGet();
		}
	}

	private static String fail(String reason) throws AuthenticationFailedException {
		throw new AuthenticationFailedException("No access token: " + reason);
	}

	/** By the monotonic clock. */
	private record Token(String value, long renewAt, long endsAt) {
	}

	/** By the monotonic clock. */
	private record Failure(String reason, long at) {
	}

}
