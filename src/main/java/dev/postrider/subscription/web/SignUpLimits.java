package dev.postrider.subscription.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
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

	private final LoadingCache<String, Bucket> networks;

	private final LoadingCache<String, Bucket> addresses;

	private final LoadingCache<String, Bucket> domains;

	private final Bucket all;

	SignUpLimits(SubscriptionSettings settings, SignUpSettings signUp) {
		this.networks = buckets(settings.signUpsPerIpPerHour());
		this.addresses = buckets(settings.signUpsPerAddressPerHour());
		this.domains = buckets(signUp.perDomainPerHour());
		this.all = bucket(settings.signUpsPerMinute(), Duration.ofMinutes(1));
	}

	/**
	 * Counts a sign-up.
	 * @return empty, or how long to wait when there were too many
	 */
	Optional<Duration> count(@Nullable String ip, EmailAddress address) {
		List<Bucket> buckets = new ArrayList<>(
				List.of(this.networks.get(network(ip)), this.addresses.get(address.key())));
		if (!AddressHelp.isPopular(address)) {
			buckets.add(this.domains.get(address.domain()));
		}
		buckets.add(this.all);
		for (Bucket bucket : buckets) {
			ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
			if (!probe.isConsumed()) {
				return Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()).plusSeconds(1));
			}
		}
		return Optional.empty();
	}

	/** An IPv6 customer owns a whole /64 and can change the rest at will. */
	static String network(@Nullable String ip) {
		if (ip == null || !ip.contains(":")) {
			return String.valueOf(ip);
		}
		try {
			// A literal, by WebEvidence's expression: nothing is looked up.
			byte[] bytes = InetAddress.getByName(ip).getAddress();
			return HexFormat.of().formatHex(Arrays.copyOf(bytes, Math.min(8, bytes.length)));
		}
		catch (UnknownHostException ex) {
			return "unreadable";
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
