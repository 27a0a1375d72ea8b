package dev.postrider.subscription.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.postrider.mail.Writings;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Sign-up for programs, such as a news site's own form. The answer is the same whether
 * the address is known or not.
 */
@RestController
class SubscriptionApi {

	private final Newsletters newsletters;

	private final SignUpDesk desk;

	private final Writings writings;

	SubscriptionApi(Newsletters newsletters, SignUpDesk desk, Writings writings) {
		this.newsletters = newsletters;
		this.desk = desk;
		this.writings = writings;
	}

	@SecurityRequirements
	@PostMapping("/api/v1/subscriptions")
	ResponseEntity<?> subscribe(@RequestBody SubscriptionRequest body, HttpServletRequest request) {
		String slug = Objects.requireNonNullElse(body.newsletter(), "highlights");
		Newsletter newsletter = this.newsletters.find(slug).orElse(null);
		if (newsletter == null) {
			return invalid(Map.of("newsletter", "There is no newsletter with this slug."));
		}
		SignUpDesk.Outcome outcome = this.desk.takeFromProgram(body.toForm(), newsletter,
				this.writings.letter(body.language(), newsletter.language()), request);
		if (outcome instanceof SignUpDesk.Outcome.TooMany tooMany) {
			long seconds = tooMany.retryAfter().toSeconds();
			return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
				.header(HttpHeaders.RETRY_AFTER, String.valueOf(seconds))
				.body(ProblemDetail.forStatusAndDetail(HttpStatus.TOO_MANY_REQUESTS,
						"Too many sign-ups; try again in " + seconds + " s."));
		}
		if (outcome instanceof SignUpDesk.Outcome.Wrong wrong) {
			return invalid(wrong.errors());
		}
		if (outcome instanceof SignUpDesk.Outcome.Work work) {
			return unsolved(work.challenge());
		}
		Map<String, String> answer = new LinkedHashMap<>();
		answer.put("newsletter", newsletter.slug());
		answer.put("next", "If the address can be mailed, its owner gets a mail with what to do next.");
		if (outcome instanceof SignUpDesk.Outcome.Taken taken) {
			taken.meant().ifPresent((meant) -> answer.put("didYouMean", meant));
		}
		return ResponseEntity.accepted().body(answer);
	}

	/** While programs flood us: what to solve, and how. */
	private static ResponseEntity<ProblemDetail> unsolved(ProofOfWork.Challenge challenge) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.PRECONDITION_REQUIRED,
				"Sign-ups surge, so each has to show work. Find the number from 0 to " + (challenge.guesses() - 1)
						+ " for which the SHA-256 of the token, a colon and the number is the digest given, "
						+ "and send all again with proof: {token, number}.");
		problem.setProperty("challenge", challenge);
		return ResponseEntity.status(HttpStatus.PRECONDITION_REQUIRED).body(problem);
	}

	private static ResponseEntity<ProblemDetail> invalid(Map<String, String> errors) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_CONTENT,
				"Correct these fields: " + String.join(", ", errors.keySet()) + ".");
		problem.setProperty("errors", errors);
		return ResponseEntity.unprocessableContent().body(problem);
	}

	/**
	 * The fields of {@link SignUpForm} in JSON.
	 *
	 * @param language in which the reader was asked for consent, a BCP 47 tag
	 */
	record SubscriptionRequest(@Nullable String email, @Nullable Boolean consent, @Nullable String newsletter,
			@Nullable List<String> days, @Nullable List<String> topics, @Nullable String name, @Nullable String website,
			@Nullable Proof proof, @Nullable String language) {

		SignUpForm toForm() {
			return new SignUpForm(text(this.email), text(this.name), list(this.days), list(this.topics),
					Boolean.TRUE.equals(this.consent), text(this.website), "",
					(this.proof != null) ? ProofOfWork.Solution.of(this.proof.token(), this.proof.number())
							: ProofOfWork.Solution.NONE);
		}

		private static String text(@Nullable String value) {
			return (value != null) ? SignUpForm.trim(value) : "";
		}

		private static List<String> list(@Nullable List<String> values) {
			return (values != null) ? values.stream().filter(Objects::nonNull).toList() : List.of();
		}

	}

	/**
	 * The solution of a challenge.
	 */
	record Proof(@Nullable String token, @Nullable String number) {
	}

}
