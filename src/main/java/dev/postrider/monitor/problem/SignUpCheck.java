package dev.postrider.monitor.problem;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.postrider.monitor.problem.Problem.Kind;
import dev.postrider.subscription.SignUpWatch;
import dev.postrider.subscription.SignUpWatch.Throwaways;
import dev.postrider.subscription.SignUpWatch.Work;

import org.springframework.stereotype.Component;

/**
 * Sign-ups that look like a program's: too many at once, or with addresses to be thrown
 * away; those that are not worked off; and a proxy that hides who sends them. A surge and
 * a proxy show on the monitor of the process that has them.
 */
@Component
class SignUpCheck implements ProblemCheck {

	/** A reader now and then who would rather not be known is nothing odd. */
	private static final int THROWAWAYS = 5;

	private static final double SHARE = 0.05;

	private static final int NAMED = 3;

	/** A database that was away for a moment is no trouble any more. */
	private static final Duration PATIENCE = Duration.ofMinutes(5);

	private final SignUpWatch watch;

	private final Clock clock;

	SignUpCheck(SignUpWatch watch, Clock clock) {
		this.watch = watch;
		this.clock = clock;
	}

	@Override
	public String prefix() {
		return "sign-ups:";
	}

	@Override
	public List<Finding> find() {
		Instant now = this.clock.instant();
		List<Finding> findings = new ArrayList<>();
		this.watch.surgeSince().map((since) -> surge(since, this.watch.work())).ifPresent(findings::add);
		this.watch.stuckSince()
			.filter((since) -> since.isBefore(now.minus(PATIENCE)))
			.map(SignUpCheck::stuck)
			.ifPresent(findings::add);
		this.watch.unheardProxy().map(SignUpCheck::proxy).ifPresent(findings::add);
		Throwaways throwaways = this.watch.throwaways(now.minus(Duration.ofDays(1)));
		if (throwaways.count() >= THROWAWAYS && throwaways.count() >= SHARE * throwaways.signUps()) {
			findings.add(throwaway(throwaways, this.watch.work()));
		}
		return findings;
	}

	private static Finding surge(Instant since, Work work) {
		String many = "Since " + since.truncatedTo(ChronoUnit.MINUTES)
				+ " there have been far more sign-ups than usual";
		String fine = "If a story or a campaign of yours brings them, nothing needs doing. If not, programs do: ";
		return switch (work) {
			case AUTO,
					ALWAYS ->
				new Finding("sign-ups:surge", Kind.SIGN_UPS_ODD, "So many sign-ups",
						many + ((work == Work.AUTO) ? ", so that browsers have to work for each." : "."),
						fine + "the work for each slows them"
								+ ((work == Work.AUTO) ? ", and it ends by itself when they are gone."
										: ". More of it slows them further: postrider.sign-up.guesses."));
			case NEVER -> new Finding("sign-ups:surge", Kind.SIGN_UPS_ODD, "So many sign-ups", many + ".",
					fine + "let browsers work for each while it lasts, postrider.sign-up.proof-of-work=auto.");
		};
	}

	private static Finding stuck(Instant since) {
		return new Finding("sign-ups:stuck", Kind.SIGN_UPS_WAIT, "Sign-ups",
				"Sign-ups are not worked off, the oldest since " + since.truncatedTo(ChronoUnit.MINUTES)
						+ ": their readers have no mail to confirm by.",
				"The log says why, at “could not be worked off” or “Sign-ups wait”. They are tried again by themselves. "
						+ "If it is silent, more come than this machine works off.");
	}

	private static Finding proxy(String ip) {
		return new Finding("sign-ups:proxy", Kind.SIGN_UPS_ODD, "A proxy that is not trusted",
				"Requests come through " + ip + ", which says whose they are and is not believed: all readers who come "
						+ "through it count as one visitor, and soon as one that signs up too often.",
				"If it is your proxy, add it to POSTRIDER_TRUSTED_PROXIES and restart. "
						+ "If it is nobody's you know, nothing needs doing.");
	}

	static Finding throwaway(Throwaways found, Work work) {
		String domains = found.domains()
			.entrySet()
			.stream()
			.sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
				.thenComparing(Map.Entry.comparingByKey()))
			.limit(NAMED)
			.map((each) -> each.getKey() + " (" + each.getValue() + ")")
			.collect(Collectors.joining(", "));
		return new Finding("sign-ups:throwaway", Kind.SIGN_UPS_ODD, "Throwaway addresses among the sign-ups",
				found.count() + " of the last day's " + found.signUps()
						+ " sign-ups are with addresses that are made to be thrown away: " + domains + ".",
				(work == Work.ALWAYS)
						? "Nobody is turned away for that. If it goes on, let browsers work more: postrider.sign-up.guesses."
						: "Nobody is turned away for that. If it goes on, let browsers work for every sign-up: "
								+ "postrider.sign-up.proof-of-work=always.");
	}

}
