package dev.postrider.desk.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;

import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionComposer;
import dev.postrider.edition.Editions;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.newsletter.PickingRules;
import dev.postrider.newsletter.PublicationCalendar;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Makes newsletters, stories and readers that no other test has.
 */
@Component("deskNewsroom")
class Newsroom {

	/** A Wednesday after the test clock's Monday. */
	static final LocalDate WEDNESDAY = LocalDate.of(2026, 11, 25);

	private final JdbcClient jdbc;

	private final Newsletters newsletters;

	private final Editions editions;

	private final EditionComposer composer;

	private final Clock clock;

	Newsroom(JdbcClient jdbc, Newsletters newsletters, Editions editions, EditionComposer composer, Clock clock) {
		this.jdbc = jdbc;
		this.newsletters = newsletters;
		this.editions = editions;
		this.composer = composer;
		this.clock = clock;
	}

	/**
	 * A newsletter for Monday, Wednesday and Friday at 07:00 in Berlin, three stories
	 * long.
	 */
	Newsletter newsletter() {
		String slug = "desk-" + UUID.randomUUID().toString().substring(0, 8);
		this.jdbc.sql("""
				INSERT INTO newsletter (slug, name, description, days, send_time, story_count, created_at)
				VALUES (:slug, :name, 'The harbour, in brief.', 21, '07:00:00', 3, :now)
				""")
			.param("slug", slug)
			.param("name", "Harbour notes " + slug.substring(5))
			.param("now", this.clock.instant())
			.update();
		return this.newsletters.find(slug).orElseThrow();
	}

	/** A story, newer than others' by being published just now. */
	long story(String headline, String section, String kind) {
		return story(headline,
				"What happened, why it matters on the quays, and what the council will decide on Thursday evening.",
				section, kind);
	}

	/** The same with a summary of its own, so that it is another event. */
	long story(String headline, String summary, String section, String kind) {
		String url = "https://news.example/articles/" + UUID.randomUUID();
		Instant now = this.clock.instant();
		this.jdbc
			.sql("""
					INSERT INTO story (identity, url, headline, summary, section, kind, language, published_at, first_seen_at,
					  changed_at)
					VALUES (:identity, :url, :headline, :summary, :section, :kind, 'en', :published, :now, :now)
					""")
			.param("identity", sha256(url))
			.param("url", url)
			.param("headline", headline)
			.param("summary", summary)
			.param("section", section)
			.param("kind", kind)
			.param("published", now.minus(Duration.ofHours(2)))
			.param("now", now)
			.update();
		return this.jdbc.sql("SELECT id FROM story WHERE url = :url").param("url", url).query(Long.class).single();
	}

	/** Puts all stories of an edition into a section, however long its name. */
	void inSection(Edition edition, String section) {
		this.jdbc
			.sql("UPDATE story JOIN edition_pick pick ON pick.story_id = story.id SET story.section = ? "
					+ "WHERE pick.edition_id = ?")
			.params(section, edition.id())
			.update();
	}

	/** Lets the newsletter pick by points alone: other tests' features take no place. */
	void withoutQuotas(Newsletter newsletter) {
		PickingRules rules = this.newsletters.rules(newsletter.id());
		this.newsletters.changeRules(newsletter.id(), new PickingRules(rules.weights(), rules.halfLife(),
				rules.sectionWeights(), rules.sectionMost(), Map.of(), rules.minimum(), rules.slowNews()));
	}

	/** Wednesday's edition with stories of these headlines, in their order. */
	Edition edition(Newsletter newsletter, String... headlines) {
		Edition edition = this.editions.open(newsletter, WEDNESDAY, 1,
				PublicationCalendar.slot(newsletter, WEDNESDAY).dueAt());
		for (String headline : headlines) {
			edition = this.composer.add(edition.id(), story(headline, "Harbour", "NEWS"));
		}
		return this.composer.describe(edition.id(), "The harbour today", "And the ferry", null);
	}

	/** A verified reader who takes every day. */
	String reader(Newsletter newsletter) {
		return reader(newsletter, "reader");
	}

	/** The same; the relay's faults go by how the address begins. */
	String reader(Newsletter newsletter, String prefix) {
		String email = prefix + "-" + UUID.randomUUID() + "@readers.example";
		Instant now = this.clock.instant();
		this.jdbc.sql("""
				INSERT INTO subscriber (email, email_key, status, created_at, confirmed_at, status_changed_at)
				VALUES (:email, :email, 'ACTIVE', :now, :now, :now)
				""").param("email", email).param("now", now).update();
		this.jdbc.sql("""
				INSERT INTO subscription (newsletter_id, subscriber_id, requested_at, confirmed_at)
				SELECT :newsletter, id, :now, :now FROM subscriber WHERE email_key = :email
				""").param("newsletter", newsletter.id()).param("email", email).param("now", now).update();
		return email;
	}

	/** Whether the audit has an action of somebody on an edition. */
	boolean audited(String actor, String action, String subject) {
		return this.jdbc
			.sql("SELECT COUNT(*) FROM audit WHERE actor = :actor AND action = :action AND subject = :subject")
			.param("actor", actor)
			.param("action", action)
			.param("subject", subject)
			.query(Integer.class)
			.single() > 0;
	}

	private static byte[] sha256(String text) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
