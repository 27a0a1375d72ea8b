package dev.postrider.demo;

import dev.postrider.mail.PublicUrl;
import dev.postrider.mail.Relays;
import dev.postrider.staff.StaffDirectory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Tells a newcomer where to look.
 */
@Component
@Profile("demo")
class DemoSigns {

	private final PublicUrl url;

	private final StaffDirectory staff;

	private final boolean ownMail;

	private final String relay;

	DemoSigns(PublicUrl url, StaffDirectory staff, @Value("${postrider.demo.embedded-mail:false}") boolean ownMail,
			Relays relays) {
		this.url = url;
		this.staff = staff;
		this.ownMail = ownMail;
		this.relay = relays.names().get(0);
	}

	@Override
	public String toString() {
		return """
				Postrider is up. Look here:

				  Mailbox   %s
				  Sign-up   %s
				  Archive   %s
				  Newsroom  %s
				  Desk      %s
				  Monitor   %s

				%s
				Ctrl-C stops it; the next start finds all again and sends an extra edition.
				"""
			.formatted(this.ownMail ? page("/mailbox") : "none: the mail went to " + this.relay, page("/"),
					page("/editions"), page("/demo"), page("/desk"), page("/monitor"), login())
			.indent(2)
			.replaceFirst("^", "\n\n");
	}

	private String login() {
		return this.staff.adminEmails().isEmpty()
				? "Desk and monitor want an account: make the first one with the one-time link printed further up."
				: "Desk and monitor want the account you made at the first start.";
	}

	private String page(String path) {
		return this.url.of(path);
	}

}
