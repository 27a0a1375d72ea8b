package dev.postrider.subscription.web;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.postrider.mail.Writing;
import dev.postrider.mail.Writings;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.subscription.ConsentWording;
import dev.postrider.subscription.list.AddressHelp;
import dev.postrider.subscription.list.EmailAddress;
import dev.postrider.subscription.list.Evidence;
import dev.postrider.subscription.list.SignUpIntake;
import dev.postrider.subscription.list.SignUps.SignUpOrder;
import dev.postrider.subscription.list.SubscriptionSettings;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.stereotype.Component;

/**
 * Where the page, the embedded form and the API hand in a sign-up: one set of rules for
 * all. Nothing is looked up about the address here, so an answer tells nothing about it,
 * nor does the time it takes.
 */
@Component
class SignUpDesk {

	private final SignUpIntake intake;

	private final SignUpLimits limits;

	private final SignUpSurge surge;

	private final ProofOfWork proof;

	private final SubscriptionSettings settings;

	private final Writings writings;

	private final Clock clock;

	SignUpDesk(SignUpIntake intake, SignUpLimits limits, SignUpSurge surge, ProofOfWork proof,
			SubscriptionSettings settings, Writings writings, Clock clock) {
		this.intake = intake;
		this.limits = limits;
		this.surge = surge;
		this.proof = proof;
		this.settings = settings;
		this.writings = writings;
		this.clock = clock;
	}

	/**
	 * Takes what a reader typed.
	 * @param writing in which the form was
	 */
	Outcome take(SignUpForm form, Newsletter newsletter, Writing writing, HttpServletRequest request) {
		SignUpForm.Checked checked = form.check(newsletter, this.settings.topics(), writing);
		if (!checked.errors().isEmpty()) {
			return new Outcome.Wrong(checked.errors());
		}
		EmailAddress address = Objects.requireNonNull(checked.address());
		Optional<EmailAddress> meant = AddressHelp.meant(address);
		if (meant.isPresent() && !form.asked().equals(form.email())) {
			return new Outcome.Question(meant.get().value());
		}
		return admit(form, checked, newsletter, writing, request, Evidence.Channel.FORM);
	}

	/**
	 * Takes what a program sends: it is asked nothing, and told what may be a slip. What
	 * is wrong is said in English.
	 * @param writing in which the reader was asked
	 */
	Outcome takeFromProgram(SignUpForm form, Newsletter newsletter, Writing writing, HttpServletRequest request) {
		SignUpForm.Checked checked = form.check(newsletter, this.settings.topics(), this.writings.english());
		if (!checked.errors().isEmpty()) {
			return new Outcome.Wrong(checked.errors());
		}
		return admit(form, checked, newsletter, writing, request, Evidence.Channel.API);
	}

	private Outcome admit(SignUpForm form, SignUpForm.Checked checked, Newsletter newsletter, Writing writing,
			HttpServletRequest request, Evidence.Channel channel) {
		EmailAddress address = Objects.requireNonNull(checked.address());
		// First of all, and so that nobody alone makes a surge for everybody.
		Optional<Duration> early = this.limits.countNetwork(WebEvidence.ip(request));
		if (early.isPresent()) {
			return new Outcome.TooMany(early.get());
		}
		this.surge.count();
		Optional<ProofOfWork.Challenge> work = this.proof.wanted(this.limits.isCrowded(address));
		if (work.isPresent() && !this.proof.accepts(form.solution())) {
			return new Outcome.Work(work.get());
		}
		Optional<Duration> wait = this.limits.count(address, work.isPresent());
		if (wait.isPresent()) {
			return new Outcome.TooMany(wait.get());
		}
		if (!form.trapped()) {
			// Who signs up on a page of another language is written to in that one.
			boolean own = writing.equals(this.writings.letter(newsletter.language()));
			this.intake.submit(new SignUpOrder(newsletter, address, checked.name(),
					checked.choice().in(own ? null : writing.language()),
					this.settings.beside(ConsentWording.of(newsletter, writing)), WebEvidence.of(request, channel),
					this.clock.instant()));
		}
		return new Outcome.Taken(AddressHelp.meant(address).map(EmailAddress::value));
	}

	/** What became of a sign-up. */
	sealed interface Outcome {

		/**
		 * It was taken down.
		 *
		 * @param meant another address, where this one looks like a slip
		 */
		record Taken(Optional<String> meant) implements Outcome {
		}

		/**
		 * Something has to be corrected.
		 *
		 * @param errors by field
		 */
		record Wrong(Map<String, String> errors) implements Outcome {
		}

		/**
		 * The address may be a slip; sent once more it is taken.
		 *
		 * @param meant what may have been meant
		 */
		record Question(String meant) implements Outcome {
		}

		/**
		 * The browser has to work for it.
		 *
		 * @param challenge what to solve
		 */
		record Work(ProofOfWork.Challenge challenge) implements Outcome {
		}

		/**
		 * There were too many.
		 *
		 * @param retryAfter how long to wait
		 */
		record TooMany(Duration retryAfter) implements Outcome {
		}

	}

}
