package dev.postrider.staff.account;

import java.time.Duration;
import java.util.Map;

import dev.postrider.mail.LetterRenderer;
import dev.postrider.mail.Outbox;
import dev.postrider.mail.Outbox.SingleMail;
import dev.postrider.mail.SystemSender;

import org.springframework.stereotype.Component;

/**
 * Mails with one-time links.
 */
@Component
class StaffMails {

	private final LetterRenderer renderer;

	private final Outbox outbox;

	private final SystemSender sender;

	StaffMails(LetterRenderer renderer, Outbox outbox, SystemSender sender) {
		this.renderer = renderer;
		this.outbox = outbox;
		this.sender = sender;
	}

	void send(String template, Account account, String link, Duration validFor, String invitedBy) {
		Map<String, Object> model = Map.of("name", account.name(), "email", account.email(), "link", link, "hours",
				Math.max(1, validFor.toHours()), "admin", account.isAdmin(), "invitedBy", invitedBy);
		this.outbox.submit(new SingleMail(template, this.sender.sender(), account.email(),
				this.renderer.render(template, model), validFor));
	}

}
