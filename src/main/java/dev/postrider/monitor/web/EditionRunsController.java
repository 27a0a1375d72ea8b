package dev.postrider.monitor.web;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

import dev.postrider.Masked;
import dev.postrider.delivery.Deliveries;
import dev.postrider.delivery.DigestRuns;
import dev.postrider.delivery.EditionPauses;
import dev.postrider.delivery.Rehearsals;
import dev.postrider.delivery.RetryRuns;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionException;
import dev.postrider.edition.EditionStatus;
import dev.postrider.edition.Editions;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.run.RunRefusedException;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import jakarta.servlet.http.HttpServletRequest;

/**
 * One edition as admins see it: how far its sending is, and what can be done about it.
 */
@Controller
@RequestMapping("/monitor/editions/{id}")
class EditionRunsController {

	private static final Duration USUALLY_WORTH = Duration.ofHours(6);

	private static final Set<EditionStatus> AHEAD = EnumSet.of(EditionStatus.DRAFT, EditionStatus.APPROVED);

	private final EditionControl control;

	private final Editions editions;

	private final EditionPauses pauses;

	private final RetryRuns retries;

	private final Rehearsals rehearsals;

	private final Deliveries deliveries;

	private final DigestRuns digests;

	private final SendingProgress sending;

	private final FailedDeliveries failed;

	private final Clock clock;

	EditionRunsController(EditionControl control, Editions editions, EditionPauses pauses, RetryRuns retries,
			Rehearsals rehearsals, Deliveries deliveries, DigestRuns digests, SendingProgress sending,
			FailedDeliveries failed, Clock clock) {
		this.control = control;
		this.editions = editions;
		this.pauses = pauses;
		this.retries = retries;
		this.rehearsals = rehearsals;
		this.deliveries = deliveries;
		this.digests = digests;
		this.sending = sending;
		this.failed = failed;
		this.clock = clock;
	}

	@GetMapping
	String edition(@PathVariable long id, Model model) {
		Edition edition = find(id);
		Newsletter newsletter = this.control.newsletterOf(edition);
		ZoneId zone = newsletter.zone();
		boolean running = this.digests.isRunning(edition);
		EditionStatus status = edition.status();
		model.addAttribute("id", id);
		model.addAttribute("title", newsletter.name() + ", " + edition.label());
		model.addAttribute("subject", edition.subject());
		model.addAttribute("status", Word.of(status, this.pauses.of(id).isPresent()));
		model.addAttribute("sentence", sentence(edition, running, zone));
		model.addAttribute("progress", this.sending.of(edition));
		model.addAttribute("running", running);
		model.addAttribute("pausable", status == EditionStatus.SENDING && running);
		model.addAttribute("resumable", !running
				&& (status == EditionStatus.HELD || status == EditionStatus.FAILED || status == EditionStatus.SENDING));
		model.addAttribute("ahead", AHEAD.contains(status) && !edition.picks().isEmpty());
		model.addAttribute("rehearsed", this.rehearsals.newest(id).map((it) -> rehearsed(it, zone)).orElse(null));
		model.addAttribute("compacted", this.deliveries.isCompacted(id));
		model.addAttribute("zone", zone.getId());
		model.addAttribute("failedDeliveries", this.failed.of(id));
		model.addAttribute("retries", this.retries.of(id).stream().map((it) -> RetryView.of(it, zone)).toList());
		if (status == EditionStatus.SENT) {
			RetryRuns.Failed failures = this.retries.failed(id);
			model.addAttribute("certain", failures.certain());
			model.addAttribute("unclear", failures.unclear());
			LocalDateTime now = LocalDateTime.ofInstant(this.clock.instant(), zone).truncatedTo(ChronoUnit.MINUTES);
			model.addAttribute("worthUntil", now.plus(USUALLY_WORTH).toString());
			model.addAttribute("earliest", now.toString());
			model.addAttribute("latest", now.plus(RetryRuns.LONGEST).minusMinutes(1).toString());
		}
		return "monitor/edition";
	}

	private String sentence(Edition edition, boolean running, ZoneId zone) {
		String reason = (edition.statusReason() != null) ? Masked.in(edition.statusReason()) : "";
		return this.pauses.of(edition.id())
			.map((pause) -> "Paused by " + pause.by() + ", " + Moment.of(pause.at(), zone).text() + " (" + zone.getId()
					+ ")." + (running ? " What is in flight is being finished." : ""))
			.orElseGet(() -> (edition.status() == EditionStatus.SENDING && !running)
					? "Half sent, and nobody is sending it: its run was stopped or broke off." : reason);
	}

	private static String rehearsed(Rehearsals.Rehearsal found, ZoneId zone) {
		return String.format(Locale.UK, "%,d of %,d would get it, the last one at %s (%s).", found.readers(),
				found.candidates(), Moment.of(found.forecast().endsAt(), zone).text(), zone.getId());
	}

	@PostMapping("/pause")
	String pause(@PathVariable long id, RedirectAttributes next) {
		this.control.pause(find(id));
		return done(id, "Paused. What is in flight is finished and written; nobody else is mailed until you resume it.",
				next);
	}

	@PostMapping("/resume")
	String resume(@PathVariable long id, RedirectAttributes next) {
		long run = this.control.resume(find(id));
		return done(id, "It goes on where it stopped, with run " + run + ". Nobody gets it twice.", next);
	}

	@PostMapping("/retry")
	String retry(@PathVariable long id, @RequestParam(defaultValue = "") String worthUntil,
			@RequestParam(defaultValue = "false") boolean withUnclear, RedirectAttributes next) {
		Edition edition = find(id);
		ZoneId zone = this.control.newsletterOf(edition).zone();
		LocalDateTime until;
		try {
			until = LocalDateTime.parse(worthUntil);
		}
		catch (DateTimeException ex) {
			throw new EditionException(
					"Say until when it is worth sending, such as " + LocalDateTime.ofInstant(this.clock.instant(), zone)
						.plus(USUALLY_WORTH)
						.format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm")) + ".");
		}
		long run = this.control.retry(edition, until.atZone(zone).toInstant(), withUnclear);
		return done(id, "Sending again has begun (run " + run + ").", next);
	}

	@PostMapping("/rehearse")
	String rehearse(@PathVariable long id, RedirectAttributes next) {
		long run = this.control.rehearse(find(id));
		return done(id, "The rehearsal has begun (run " + run + "). Look again in a moment.", next);
	}

	@ExceptionHandler({ EditionException.class, RunRefusedException.class })
	String refused(RuntimeException ex, HttpServletRequest request, RedirectAttributes next) {
		next.addFlashAttribute("failure", ex.getMessage());
		String path = request.getRequestURI();
		return "redirect:" + path.substring(0, path.lastIndexOf('/'));
	}

	private static String done(long id, String notice, RedirectAttributes next) {
		next.addFlashAttribute("notice", notice);
		return "redirect:/monitor/editions/" + id;
	}

	private Edition find(long id) {
		return this.editions.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
	}

	/**
	 * A status for people.
	 */
	public record Word(String word, String tone) {

		static Word of(EditionStatus status, boolean paused) {
			return switch (status) {
				case SENDING -> new Word("Being sent", "busy");
				case SENT -> new Word("Sent", "good");
				case HELD -> paused ? new Word("Paused", "warn") : new Word("Held", "warn");
				case FAILED -> new Word("Failed", "bad");
				case MISSED -> new Word("Missed", "bad");
				default -> new Word(status.name().charAt(0) + status.name().substring(1).toLowerCase(Locale.ROOT), "");
			};
		}

	}

	/**
	 * A retry as the page shows it.
	 */
	public record RetryView(int number, String by, Moment at, Moment until, boolean withUnclear, int readers,
			boolean done) {

		static RetryView of(RetryRuns.Retry retry, ZoneId zone) {
			return new RetryView(retry.number(), retry.askedBy(), Moment.of(retry.askedAt(), zone),
					Moment.of(retry.worthUntil(), zone), retry.withUnclear(), retry.readers(), retry.endedAt() != null);
		}

	}

}
