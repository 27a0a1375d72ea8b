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

	WatchedSignUps(SignUpSurge surge, RecentSignUps recent) {
		this.surge = surge;
		this.recent = recent;
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
