package dev.postrider.desk.web;

import java.time.Duration;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.staff.Audit;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Changes what a newsletter's sending is spread over.
 */
@Component
class SendWindows {

	private final Newsletters newsletters;

	private final Audit audit;

	SendWindows(Newsletters newsletters, Audit audit) {
		this.newsletters = newsletters;
		this.audit = audit;
	}

	/** What is wrong with some minutes, or {@code null}. */
	static @Nullable String wrong(Newsletter newsletter, String typed) {
		int most = most(newsletter);
		try {
			int minutes = Integer.parseInt(typed.strip());
			if (minutes >= 0 && minutes <= most) {
				return null;
			}
		}
		catch (NumberFormatException ex) {
			// Said below, like a number that is too great.
		}
		return (typed.isBlank() ? "This is empty. " : "\"" + typed.strip() + "\" is not possible here. ")
				+ "Write whole minutes from 0 to " + most + ": an edition is worth sending for "
				+ newsletter.uselessAfter().toMinutes() + ", and some time must be left for what takes longer.";
	}

	/** What is left keeps a fifth of the time that an edition is worth sending. */
	static int most(Newsletter newsletter) {
		return (int) (newsletter.uselessAfter().toMinutes() * 4 / 5);
	}

	/** Sets it, from the next edition on. */
	@Transactional
	public void change(Newsletter newsletter, int minutes) {
		this.newsletters.changeSendWindow(newsletter.id(), Duration.ofMinutes(minutes));
		this.audit.record("newsletter.window", newsletter.slug(),
				(minutes == 0) ? "sent at once" : "spread over " + minutes + " minutes");
	}

}
