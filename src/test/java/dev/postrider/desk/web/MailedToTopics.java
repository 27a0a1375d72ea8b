package dev.postrider.desk.web;

import java.time.Duration;
import java.util.UUID;

import dev.postrider.delivery.DigestRuns;
import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionComposer;
import dev.postrider.edition.Editions;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.run.RunHistory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import static org.awaitility.Awaitility.await;

/**
 * Mails an edition of which readers of a topic get another story than all others.
 */
@Component
class MailedToTopics {

	private final JdbcClient jdbc;

	private final Newsroom newsroom;

	private final EditionComposer composer;

	private final Editions editions;

	private final DigestRuns digests;

	private final RunHistory runs;

	MailedToTopics(JdbcClient jdbc, Newsroom newsroom, EditionComposer composer, Editions editions, DigestRuns digests,
			RunHistory runs) {
		this.jdbc = jdbc;
		this.newsroom = newsroom;
		this.composer = composer;
		this.editions = editions;
		this.digests = digests;
		this.runs = runs;
	}

	/** To one reader who chose nothing and one of the topic. */
	Mailed edition(Newsletter newsletter) {
		String topic = "Oysters" + UUID.randomUUID().toString().substring(0, 8);
		this.jdbc.sql("UPDATE newsletter SET story_count = 1 WHERE id = ?").param(newsletter.id()).update();
		Edition edition = this.newsroom.edition(newsletter, "Ferry line to the islands returns after nine years");
		this.composer.pin(edition.id(), edition.picks().get(0).story().id(), false);
		this.editions.approve(edition.id(), "test");
		long story = this.newsroom.story("Why this year’s oysters are small",
				"The water was warm for too long, say those who farm them.", topic, "NEWS");
		String everyone = this.newsroom.reader(newsletter);
		String ofTheTopic = this.newsroom.reader(newsletter);
		this.jdbc.sql("""
				UPDATE subscription JOIN subscriber ON subscriber.id = subscription.subscriber_id
				SET subscription.topics = ? WHERE subscriber.email = ?
				""").params(topic, ofTheTopic).update();
		send(newsletter, 1);
		return new Mailed(edition.id(), story, everyone, ofTheTopic);
	}

	void send(Newsletter newsletter, int number) {
		long run = this.digests.send(newsletter.slug(), Newsroom.WEDNESDAY, number, "test");
		await().atMost(Duration.ofSeconds(30)).until(() -> !this.runs.find(run).orElseThrow().isRunning());
	}

	/**
	 * What was mailed.
	 *
	 * @param editionId the edition's key
	 * @param story that only readers of the topic had
	 * @param everyone an address that got the edition's own story
	 * @param ofTheTopic an address that got the other
	 */
	record Mailed(long editionId, long story, String everyone, String ofTheTopic) {
	}

}
