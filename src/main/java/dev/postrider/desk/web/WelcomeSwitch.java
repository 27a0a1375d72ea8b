package dev.postrider.desk.web;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.staff.Audit;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Changes whether new readers are mailed the latest edition.
 */
@Component
class WelcomeSwitch {

	private final Newsletters newsletters;

	private final Audit audit;

	WelcomeSwitch(Newsletters newsletters, Audit audit) {
		this.newsletters = newsletters;
		this.audit = audit;
	}

	@Transactional
	public void change(Newsletter newsletter, boolean wanted) {
		this.newsletters.changeWelcome(newsletter.id(), wanted);
		this.audit.record("newsletter.welcome", newsletter.slug(),
				wanted ? "new readers get the latest edition" : "new readers wait for the next edition");
	}

}
