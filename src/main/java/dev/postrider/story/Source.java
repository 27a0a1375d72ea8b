package dev.postrider.story;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A feed and its health.
 *
 * @param id its key
 * @param url its address
 * @param name the feed's own title, once it was read
 * @param section for stories that name none
 * @param lastPolledAt when it was last asked
 * @param lastSuccessAt when it last answered with a readable feed
 * @param lastError why it last failed, in words; {@code null} when the last poll went
 * well
 * @param failures polls that failed since the last success
 * @param storiesPerDay how many it brought a day, over the last week or as far back as
 * its stories go
 * @param lastStoryAt when it last brought one that it had not before
 * @param createdAt when it was added
 */
public record Source(long id, String url, @Nullable String name, @Nullable String section,
		@Nullable Instant lastPolledAt, @Nullable Instant lastSuccessAt, @Nullable String lastError, int failures,
		double storiesPerDay, @Nullable Instant lastStoryAt, Instant createdAt) {

	/**
	 * What the audit calls it: its address without the query, where feeds for subscribers
	 * carry their keys; at most 200 characters.
	 */
	public String label() {
		String address = this.url.replaceFirst("[?].*", "");
		return (address.length() > 200) ? address.substring(0, 200) : address;
	}

}
