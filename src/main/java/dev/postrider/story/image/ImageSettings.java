package dev.postrider.story.image;

import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Pictures of stories.
 *
 * @param images SERVED: fetched once, cut for mails and served from our own address.
 * REMOTE: mails show them from the newsroom's address. NONE: mails have no pictures
 * @param imageTimeout how long one picture may take to come
 * @param imagesTimeout how long all pictures of an edition may take; those that are not
 * there by then are left out
 * @param imagesKeptFor how long after the last edition that shows it a picture is served;
 * mails older than that, and their web copies, show its words instead
 */
@ConfigurationProperties("postrider.story")
@Validated
record ImageSettings(@DefaultValue("SERVED") Mode images,
		@DefaultValue("10s") @DurationMin(millis = 100) Duration imageTimeout,
		@DefaultValue("1m") @DurationMin(seconds = 1) Duration imagesTimeout,
		@DefaultValue("730d") @DurationMin(days = 7) Duration imagesKeptFor) {

	enum Mode {

		SERVED, REMOTE, NONE

	}

}
