package dev.postrider.staff.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.postrider.staff.account.Accounts;
import dev.postrider.staff.account.StaffProperties;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;

import org.springframework.stereotype.Component;

/**
 * Counts wrong passwords, per account and per address of the network, in the memory of
 * this process. A right password counts nothing.
 */
@Component
class LoginAttempts {

	private static final int REMEMBERED = 50_000;

	private static final int IPV6_NETWORK_BYTES = 8;

	private final StaffProperties settings;

	private final TimeMeter time;

	private final Cache<String, Bucket> buckets;

	LoginAttempts(StaffProperties settings, Clock clock) {
		this.settings = settings;
		this.time = new ClockMeter(clock);
		this.buckets = Caffeine.newBuilder()
			.maximumSize(REMEMBERED)
			.expireAfterAccess(settings.loginWindow().multipliedBy(2))
			.build();
	}

	/**
	 * Counts an attempt about to be made.
	 * @return how long to wait before another would be looked at; zero when this one may
	 * be
	 */
	Duration begin(String email, String ip) {
		Bucket network = network(ip);
		long wait = network.tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill();
		if (wait == 0) {
			wait = account(email).tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill();
		}
		return Duration.ofNanos(wait);
	}

	/** Counts a request that is not a login; says whether there were too many. */
	boolean isTooMany(String ip) {
		return !network(ip).tryConsume(1);
	}

	/** Takes back the count of an attempt that turned out right. */
	void succeeded(String email, String ip) {
		network(ip).addTokens(1);
		this.buckets.invalidate(accountKey(email));
	}

	private Bucket account(String email) {
		return this.buckets.get(accountKey(email), (key) -> bucket(this.settings.loginAttemptsPerAccount()));
	}

	private Bucket network(String ip) {
		return this.buckets.get("ip " + networkOf(ip), (key) -> bucket(this.settings.loginAttemptsPerIp()));
	}

	private static String accountKey(String email) {
		return "account " + Accounts.normalise(email);
	}

	private Bucket bucket(int attempts) {
		return Bucket.builder()
			.addLimit((limit) -> limit.capacity(attempts).refillGreedy(attempts, this.settings.loginWindow()))
			.withCustomTimePrecision(this.time)
			.build();
	}

	// Whoever has one IPv6 address has the 2^64 beside it.
	private static String networkOf(String ip) {
		try {
			// A literal: nothing is looked up.
			InetAddress address = InetAddress.getByName(ip);
			return (address instanceof Inet6Address)
					? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), IPV6_NETWORK_BYTES)) : ip;
		}
		catch (UnknownHostException ex) {
			return ip;
		}
	}

	private record ClockMeter(Clock clock) implements TimeMeter {

		@Override
		public long currentTimeNanos() {
			Instant now = this.clock.instant();
			return now.getEpochSecond() * 1_000_000_000L + now.getNano();
		}

		@Override
		public boolean isWallClockBased() {
			return true;
		}

	}

}
