package dev.postrider.subscription.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.postrider.subscription.list.AddressHelp;
import dev.postrider.subscription.list.EmailAddress;
import dev.postrider.subscription.list.SubscriptionSettings;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * How many sign-ups one network, one address, one domain of addresses, and all together
 * may make. Each process counts for itself and forgets at a restart: what must hold for
 * ever, the cap of mails an address gets, is counted in the database.
 */
@Component
class SignUpLimits {

	/** More keys than this are not told apart from newcomers; memory stays bounded. */
	private static final int MOST_KEYS = 100_000;

	/** Whoever has a whole /48 gets as much as so many networks. */
	private static final int SITE = 2;

	private final LoadingCache<String, Bucket> networks;

	private final LoadingCache<String, Bucket> sites;

	private final LoadingCache<String, Bucket> addresses;

	private final LoadingCache<String, Bucket> domains;

	private final Bucket all;

	SignUpLimits(SubscriptionSettings settings, SignUpSettings signUp) {
		this.networks = buckets(settings.signUpsPerIpPerHour());
		this.sites = buckets(SITE * settings.signUpsPerIpPerHour());
		this.addresses = buckets(settings.signUpsPerAddressPerHour());
		this.domains = buckets(signUp.perDomainPerHour());
		this.all = bucket(settings.signUpsPerMinute(), Duration.ofMinutes(1));
	}

	/**
	 * Counts a sign-up for where it comes from.
	 * @return empty, or how long to wait when there were too many
	 */
	Optional<Duration> countNetwork(@Nullable String ip) {
		byte[] network = network(ip);
		return (network == null) ? take(this.networks.get(String.valueOf(ip)))
				: take(this.networks.get(HexFormat.of().formatHex(network)),
						this.sites.get(HexFormat.of().formatHex(network, 0, 6)));
	}

	/**
	 * Whether so many with addresses of this one's domain came that another must show
	 * work, as no limit can tell those who own the domain from those who flood it.
	 */
	boolean isCrowded(EmailAddress address) {
		return !AddressHelp.isPopular(address) && this.domains.get(address.domain()).getAvailableTokens() < 1;
	}

	/**
	 * Counts a sign-up for its address and in all; where one of these refuses, for none
	 * of them.
	 * @param worked whether it has shown work, and the domain does not matter
	 * @return empty, or how long to wait when there were too many
	 */
	Optional<Duration> count(EmailAddress address, boolean worked) {
		Bucket own = this.addresses.get(address.key());
		return (worked || AddressHelp.isPopular(address)) ? take(own, this.all)
				: take(own, this.domains.get(address.domain()), this.all);
	}

	/**
	 * Counts what else has an address mailed, as a sign-up that shows work.
	 * @return empty, or how long to wait when there were too many
	 */
	Optional<Duration> count(@Nullable String ip, EmailAddress address) {
		return countNetwork(ip).or(() -> count(address, true));
	}

	/** From all in this order, or from none. */
	private static Optional<Duration> take(Bucket... buckets) {
		for (int i = 0; i < buckets.length; i++) {
			ConsumptionProbe probe = buckets[i].tryConsumeAndReturnRemaining(1);
			if (!probe.isConsumed()) {
				for (int taken = 0; taken < i; taken++) {
					buckets[taken].addTokens(1);
				}
				return Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()).plusSeconds(1));
			}
		}
		return Optional.empty();
	}

	/**
	 * The /64 of an IPv6 address, whose owner can change the rest at will; {@code null}
	 * for any other.
	 */
	private static byte @Nullable [] network(@Nullable String ip) {
		if (ip == null || !ip.contains(":")) {
			return null;
		}
		try {
			// A literal, by WebEvidence's expression: nothing is looked up.
			byte[] bytes = InetAddress.getByName(ip).getAddress();
			return (bytes.length > 8) ? Arrays.copyOf(bytes, 8) : null;
		}
		catch (UnknownHostException ex) {
			return new byte[8];
		}
	}

	private static LoadingCache<String, Bucket> buckets(int perHour) {
		return Caffeine.newBuilder()
			.maximumSize(MOST_KEYS)
			.expireAfterAccess(Duration.ofHours(1))
			.build((key) -> bucket(perHour, Duration.ofHours(1)));
	}

	private static Bucket bucket(int capacity, Duration period) {
		return Bucket.builder().addLimit((limit) -> limit.capacity(capacity).refillGreedy(capacity, period)).build();
	}

}
