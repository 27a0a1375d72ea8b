package dev.postrider.newsletter;

import java.time.ZoneId;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a newsletter says of itself unless its own row says otherwise.
 *
 * @param senderName the name readers see in {@code From}
 * @param senderEmail the address in {@code From}; a monitored mailbox of your domain
 * @param postalAddress the publisher's postal address, in every mail
 * @param timeZone the zone of days and send time, such as {@code Europe/Berlin}
 */
@ConfigurationProperties("postrider.newsletter")
record NewsletterProperties(@DefaultValue("Postrider") String senderName,
		@DefaultValue("newsletter@localhost") String senderEmail, @DefaultValue("") String postalAddress,
		@DefaultValue("UTC") ZoneId timeZone) {
}
