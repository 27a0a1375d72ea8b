package dev.postrider.staff.account;

import dev.postrider.mail.PublicUrl;
import dev.postrider.staff.Role;
import dev.postrider.staff.account.OneTimeLinks.Link;
import dev.postrider.staff.account.OneTimeLinks.Purpose;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * How people get their accounts: the first admin by a link on the console, everybody else
 * by an invitation.
 */
@Service
public class Invitations {

	private static final String GONE = "This link was used already or has expired.";

	private final Accounts accounts;

	private final OneTimeLinks links;

	private final StaffMails mails;

	private final AuditLog audit;

	private final PublicUrl url;

	private final StaffProperties settings;

	Invitations(Accounts accounts, OneTimeLinks links, StaffMails mails, AuditLog audit, PublicUrl url,
			StaffProperties settings) {
		this.accounts = accounts;
		this.links = links;
		this.mails = mails;
		this.audit = audit;
		this.url = url;
		this.settings = settings;
	}

	/**
	 * Makes an account and mails its link.
	 * @return the link, to be shown this once to who invites
	 * @throws StaffException when the address has an account
	 */
	@Transactional
	public String invite(String email, String name, Role role) {
		long id = this.accounts.add(email, name, role);
		this.audit.record("account.invite", Accounts.normalise(email), role.name());
		return send(this.accounts.find(id).orElseThrow());
	}

	/**
	 * Mails a new link; the old one stops working.
	 * @return the link, to be shown this once
	 * @throws StaffException when the invitation was taken up already
	 */
	@Transactional
	public String renew(Account account) {
		if (!account.isInvited()) {
			throw new StaffException(account.name() + " has taken up the invitation already.");
		}
		this.audit.record("account.reinvite", account.email(), null);
		return send(account);
	}

	private String send(Account account) {
		String token = this.links.issue(Purpose.INVITE, account.id(), this.settings.invitationValidFor());
		String link = link(token);
		this.mails.send("invite", account, link, this.settings.invitationValidFor(), this.audit.currentActor());
		return link;
	}

	/** A link to make the first admin. */
	String firstAdminLink() {
		return link(this.links.issue(Purpose.FIRST_ADMIN, null, this.settings.invitationValidFor()));
	}

	private String link(String token) {
		return this.url.of("/invite/{token}", token);
	}

	/**
	 * Takes up an invitation.
	 * @param token of its link
	 * @param name what the person wants to be called
	 * @param password one that {@link PasswordRules} have passed
	 * @throws StaffException when the link works no more
	 */
	@Transactional
	public void accept(String token, String name, String password) {
		Account account = this.links.find(token)
			.map(Link::accountId)
			.flatMap(this.accounts::find)
			.filter((found) -> !found.isDisabled())
			.orElseThrow(() -> new StaffException(GONE));
		use(token, Purpose.INVITE);
		this.accounts.rename(account.id(), name);
		this.accounts.setPassword(account.id(), password);
		this.audit.record(account, "account.accept", account.email());
	}

	/**
	 * Makes the first admin.
	 * @param token of the link on the console
	 * @throws StaffException when the link works no more, or the address has an account
	 */
	@Transactional
	public void acceptFirst(String token, String email, String name, String password) {
		use(token, Purpose.FIRST_ADMIN);
		this.links.endFirstAdmin();
		long id = this.accounts.add(email, name, Role.ADMIN);
		this.accounts.setPassword(id, password);
		this.audit.record(this.accounts.find(id).orElseThrow(), "account.first-admin", Accounts.normalise(email));
	}

	private void use(String token, Purpose purpose) {
		if (!this.links.use(token, purpose)) {
			throw new StaffException(GONE);
		}
	}

}
