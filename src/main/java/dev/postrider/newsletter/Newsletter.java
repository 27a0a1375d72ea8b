package dev.postrider.newsletter;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A publication that readers subscribe to.
 *
 * @param id its key
 * @param slug its name in addresses, such as {@code highlights}
 * @param name its title
 * @param description one sentence for the sign-up page
 * @param senderName the name in {@code From}
 * @param senderEmail the address in {@code From}
 * @param replyTo where answers go, if elsewhere
 * @param postalAddress required by law in every mail
 * @param days the days it comes out
 * @param sendTime the hour it is due, in its own zone
 * @param zone its time zone
 * @param language a BCP 47 tag
 * @param design the folder below {@code templates/mail} that renders it
 * @param storyCount how many stories an edition carries
 * @param storyWindow no story older than this is picked
 * @param uselessAfter how long after its due time an edition is still worth sending
 * @param sendWindow what its sending is spread over; zero: as fast as it goes
 */
public record Newsletter(long id, String slug, String name, String description, String senderName, String senderEmail,
		@Nullable String replyTo, String postalAddress, Set<DayOfWeek> days, LocalTime sendTime, ZoneId zone,
		String language, String design, int storyCount, Duration storyWindow, Duration uselessAfter,
		Duration sendWindow) {

	/** One that is sent as fast as it goes. */
	public Newsletter(long id, String slug, String name, String description, String senderName, String senderEmail,
			@Nullable String replyTo, String postalAddress, Set<DayOfWeek> days, LocalTime sendTime, ZoneId zone,
			String language, String design, int storyCount, Duration storyWindow, Duration uselessAfter) {
		this(id, slug, name, description, senderName, senderEmail, replyTo, postalAddress, days, sendTime, zone,
				language, design, storyCount, storyWindow, uselessAfter, Duration.ZERO);
	}

	/** The same with stories from so far back. */
	public Newsletter reachingBack(Duration window) {
		return carrying(this.storyCount, window);
	}

	/** The same with so many stories from so far back. */
	public Newsletter carrying(int stories, Duration window) {
		return new Newsletter(this.id, this.slug, this.name, this.description, this.senderName, this.senderEmail,
				this.replyTo, this.postalAddress, this.days, this.sendTime, this.zone, this.language, this.design,
				stories, window, this.uselessAfter, this.sendWindow);
	}

	/** The same for readers who want another language, or another design. */
	public Newsletter in(String otherLanguage, String otherDesign) {
		return new Newsletter(this.id, this.slug, this.name, this.description, this.senderName, this.senderEmail,
				this.replyTo, this.postalAddress, this.days, this.sendTime, this.zone, otherLanguage, otherDesign,
				this.storyCount, this.storyWindow, this.uselessAfter, this.sendWindow);
	}

}
