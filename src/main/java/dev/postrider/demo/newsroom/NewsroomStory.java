package dev.postrider.demo.newsroom;

import java.util.List;

/**
 * A story of the sample newsroom.
 *
 * @param slug its name in addresses
 * @param section such as {@code City}
 * @param kind {@code NEWS}, {@code FEATURE}, {@code PODCAST} or {@code OPINION}
 * @param author the byline
 * @param tags what it is about
 * @param headline plain text
 * @param summary two or three sentences
 * @param picture the scene its picture shows
 * @param alt the picture in words
 * @param credit whose picture it is
 * @param body its paragraphs
 */
public record NewsroomStory(String slug, String section, String kind, String author, List<String> tags, String headline,
		String summary, String picture, String alt, String credit, List<String> body) {

	/** Whether there is something to hear. */
	public boolean isPodcast() {
		return this.kind.equals("PODCAST");
	}

}
