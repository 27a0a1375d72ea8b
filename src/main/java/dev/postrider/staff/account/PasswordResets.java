package dev.postrider.staff.account;

import java.time.Clock;
import java.time.Duration;

import dev.postrider.mail.Outbox;
import dev.postrider.mail.PublicUrl;
import dev.postrider.staff.account.OneTimeLinks.Link;
import dev.postrider.staff.account.OneTimeLinks.Purpose;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * New passwords for those who forgot theirs.
 */
@Service
public class PasswordResets {

	private static final int MAILS_AN_HOUR = 3;

	private final Accounts accounts;

	private final OneTimeLinks links;

	private final StaffMails mails;

	private final Outbox outbox;

	private final AuditLog audit;

	private final PublicUrl url;

	private final StaffProperties settings;

	private final Clock clock;

	PasswordResets(Accounts accounts, OneTimeLinks links, StaffMails mails, Outbox outbox, AuditLog audit,
			PublicUrl url, StaffProperties settings, Clock clock) {
		this.accounts = accounts;
		this.links = links;
		this.mails = mails;
		this.outbox = outbox;
		this.audit = audit;
		this.url = url;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Mails a link if there is an account with a password for this address, at most three
	 * times an hour; otherwise does nothing.
	 */
	@Transactional
	public void request(String email) {
		this.accounts.find(email)
			.filter((account) -> !account.isDisabled() && !account.isInvited())
			.filter((account) -> this.outbox.count("reset", account.email(),
					this.clock.instant().minus(Duration.ofHours(1))) < MAILS_AN_HOUR)
			.ifPresent(this::send);
	}

	private void send(Account account) {
		String token = this.links.issue(Purpose.RESET, account.id(), this.settings.resetValidFor());
		this.mails.send("reset", account, this.url.of("/reset/{token}", token), this.settings.resetValidFor(), "");
		this.audit.record(account, "account.reset-request", account.email());
	}

	/**
	 * Sets the new password; sessions opened with the old one end.
	 * @param token of the link
	 * @param password one that {@link PasswordRules} have passed
	 * @throws StaffException when the link works no more
	 */
	@Transactional
	public void complete(String token, String password) {
		Account account = this.links.find(token)
			.map(Link::accountId)
			.flatMap(this.accounts::find)
			.filter((found) -> !found.isDisabled())
			.orElseThrow(PasswordResets::gone);
		if (!this.links.use(token, Purpose.RESET)) {
			throw gone();
		}
		this.accounts.setPassword(account.id(), password);
		this.audit.record(account, "account.reset", account.email());
	}

	private static StaffException gone() {
		return new StaffException("This link was used already or has expired.");
	}

}
