package dev.postrider.subscription.web;

import java.time.Instant;
import java.util.Optional;

import dev.postrider.subscription.SignUpWatch;
import dev.postrider.subscription.list.RecentSignUps;

import org.springframework.stereotype.Component;

@Component
class WatchedSignUps implements SignUpWatch {

	private final SignUpSurge surge;

	private final RecentSignUps recent;

	private final ProxyWatch proxies;

	private final SignUpSettings settings;

	WatchedSignUps(SignUpSurge surge, RecentSignUps recent, ProxyWatch proxies, SignUpSettings settings) {
		this.surge = surge;
		this.recent = recent;
		this.proxies = proxies;
		this.settings = settings;
	}

	@Override
	public Work work() {
		return switch (this.settings.proofOfWork()) {
			case AUTO -> Work.AUTO;
			case ALWAYS -> Work.ALWAYS;
			case NEVER -> Work.NEVER;
		};
	}

	@Override
	public Optional<String> unheardProxy() {
		return this.proxies.unheard();
	}

	@Override
	public Optional<Instant> surgeSince() {
		return this.surge.since();
	}

	@Override
	public Optional<Instant> stuckSince() {
		return this.recent.stuckSince();
	}

	@Override
	public Throwaways throwaways(Instant since) {
		return this.recent.throwaways(since);
	}

}
