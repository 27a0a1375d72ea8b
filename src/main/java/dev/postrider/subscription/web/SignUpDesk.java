package dev.postrider.subscription.web;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.subscription.ConsentWording;
import dev.postrider.subscription.list.Evidence;
import dev.postrider.subscription.list.SignUps;
import dev.postrider.subscription.list.SignUps.SignUpOrder;
import dev.postrider.subscription.list.SubscriptionSettings;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Where the page, the embedded form and the API hand in a sign-up: one set of rules for
 * all.
 */
@Component
class SignUpDesk {

	private final SignUps signUps;

	private final SignUpLimits limits;

	private final SubscriptionSettings settings;

	SignUpDesk(SignUps signUps, SignUpLimits limits, SubscriptionSettings settings) {
		this.signUps = signUps;
		this.limits = limits;
		this.settings = settings;
	}

	Outcome take(SignUpForm form, Newsletter newsletter, HttpServletRequest request, Evidence.Channel channel) {
		SignUpForm.Checked checked = form.check(newsletter, this.settings.topics());
		if (!checked.errors().isEmpty()) {
			return new Outcome(checked.errors(), null);
		}
		var address = Objects.requireNonNull(checked.address());
		Optional<Duration> wait = this.limits.count(WebEvidence.ip(request), address);
		if (wait.isPresent()) {
			return new Outcome(Map.of(), wait.get());
		}
		if (!form.trapped()) {
			this.signUps.accept(new SignUpOrder(newsletter, address, checked.name(), checked.choice(),
					this.settings.beside(ConsentWording.of(newsletter)), WebEvidence.of(request, channel)));
		}
		return new Outcome(Map.of(), null);
	}

	/**
	 * What became of a sign-up.
	 *
	 * @param errors what to correct, by field
	 * @param retryAfter how long to wait, when there were too many
	 */
	record Outcome(Map<String, String> errors, @Nullable Duration retryAfter) {
	}

}
