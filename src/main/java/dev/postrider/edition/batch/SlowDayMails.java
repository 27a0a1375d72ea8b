package dev.postrider.edition.batch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.postrider.edition.Edition;
import dev.postrider.edition.SlowDay;
import dev.postrider.edition.SlowDays;
import dev.postrider.mail.Letter;
import dev.postrider.mail.LetterRenderer;
import dev.postrider.mail.Outbox;
import dev.postrider.mail.Outbox.SingleMail;
import dev.postrider.mail.PublicUrl;
import dev.postrider.mail.SystemSender;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.staff.StaffDirectory;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells the editors, once an edition, that there is little news for it.
 */
@Component
class SlowDayMails {

	private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMMM", Locale.ENGLISH);

	private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

	private final SlowDays slowDays;

	private final StaffDirectory staff;

	private final LetterRenderer renderer;

	private final Outbox outbox;

	private final SystemSender sender;

	private final PublicUrl url;

	private final Clock clock;

	SlowDayMails(SlowDays slowDays, StaffDirectory staff, LetterRenderer renderer, Outbox outbox, SystemSender sender,
			PublicUrl url, Clock clock) {
		this.slowDays = slowDays;
		this.staff = staff;
		this.renderer = renderer;
		this.outbox = outbox;
		this.sender = sender;
		this.url = url;
		this.clock = clock;
	}

	/** The mails lie in the outbox if, and only if, it is stored that they were told. */
	@Transactional
	public void tell(Newsletter newsletter, Edition edition, SlowDay day) {
		Instant now = this.clock.instant();
		if (!this.slowDays.tell(edition.id(), now)) {
			return;
		}
		Letter letter = this.renderer.render("slow-news", model(newsletter, edition, day));
		Duration useful = Duration.between(now, edition.dueAt());
		this.staff.editorEmails()
			.forEach((editor) -> this.outbox
				.submit(new SingleMail("slow-news", this.sender.sender(), editor, letter, useful)));
	}

	private Map<String, ?> model(Newsletter newsletter, Edition edition, SlowDay day) {
		ZonedDateTime due = edition.dueAt().atZone(newsletter.zone());
		List<String> headlines = edition.picks().stream().map(Edition.Pick::headline).toList();
		return Map.of("newsletter", newsletter.name(), "day", DAY.format(due), "due",
				HOUR.format(due) + " (" + newsletter.zone().getId() + ")", "why", day.words(), "found", day.found(),
				"minimum", day.minimum(), "calledOff", day.isCalledOff(), "headlines", headlines, "link",
				this.url.of("/desk/editions/" + edition.id()));
	}

}
