package dev.postrider.staff.account;

import java.io.PrintStream;

import dev.postrider.staff.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * As long as nobody is an admin: prints the link that makes one at every start, the only
 * secret that is ever printed. On an empty database the bootstrap token is taken over
 * first.
 */
@Component
class FirstStart {

	/** The account of the bootstrap token; it has no password and cannot log in. */
	static final String BOOTSTRAP_ACCOUNT = "bootstrap@localhost";

	private static final Logger logger = LoggerFactory.getLogger(FirstStart.class);

	private final Accounts accounts;

	private final ApiTokens tokens;

	private final Invitations invitations;

	private final AuditLog audit;

	private final StaffProperties settings;

	private final PrintStream console;

	@Autowired
	FirstStart(Accounts accounts, ApiTokens tokens, Invitations invitations, AuditLog audit, StaffProperties settings) {
		this(accounts, tokens, invitations, audit, settings, System.out);
	}

	FirstStart(Accounts accounts, ApiTokens tokens, Invitations invitations, AuditLog audit, StaffProperties settings,
			PrintStream console) {
		this.accounts = accounts;
		this.tokens = tokens;
		this.invitations = invitations;
		this.audit = audit;
		this.settings = settings;
		this.console = console;
	}

	@EventListener(ApplicationReadyEvent.class)
	void run() {
		String token = this.settings.bootstrapToken();
		if (token != null && this.accounts.isEmpty()) {
			takeOver(token);
		}
		if (!this.accounts.hasAdmin()) {
			this.console.printf(
					"%n  Nobody can log in yet. Make the first admin here (works once, for %d hours):%n%n"
							+ "      %s%n%n",
					this.settings.invitationValidFor().toHours(), this.invitations.firstAdminLink());
			this.console.flush();
		}
	}

	private void takeOver(String token) {
		long id;
		try {
			id = this.accounts.add(BOOTSTRAP_ACCOUNT, "Unattended install", Role.ADMIN);
		}
		catch (StaffException ex) {
			logger.info("Another process has taken over the bootstrap token");
			return;
		}
		this.tokens.store(id, "POSTRIDER_STAFF_BOOTSTRAP_TOKEN", token);
		this.audit.record("account.bootstrap", BOOTSTRAP_ACCOUNT, null);
		logger.info("The bootstrap token is an admin's API token now");
	}

}
