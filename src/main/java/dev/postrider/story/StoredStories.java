package dev.postrider.story;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.postrider.newsletter.Newsletter;
import dev.postrider.story.feed.WebAddress;
import dev.postrider.story.ingest.IncomingStory;
import dev.postrider.story.ingest.StoryIdentity;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Stories in the database.
 */
@Component
class StoredStories implements Stories {

	private final JdbcClient jdbc;

	private final StoryLinks links;

	private final StoryTrails trails;

	private final Clock clock;

	StoredStories(JdbcClient jdbc, StoryLinks links, StoryTrails trails, Clock clock) {
		this.jdbc = jdbc;
		this.links = links;
		this.trails = trails;
		this.clock = clock;
	}

	@Override
	public Optional<Story> find(long id) {
		return findAll(List.of(id)).stream().findFirst();
	}

	/** Index: story_identity. */
	@Override
	public Optional<Story> findByUrl(String url) {
		return WebAddress.http(url, null)
			.flatMap(IncomingStory::url)
			.flatMap((canonical) -> this.jdbc.sql("SELECT id FROM story WHERE identity = :identity")
				.param("identity", StoryIdentity.hash(canonical))
				.query(Long.class)
				.optional())
			.flatMap(this::find);
	}

	@Override
	public List<Story> findAll(Collection<Long> ids) {
		if (ids.isEmpty()) {
			return List.of();
		}
		Map<Long, Story> found = this.jdbc.sql("SELECT " + StoryRows.COLUMNS + " FROM story WHERE id IN (:ids)")
			.param("ids", ids)
			.query(StoryRows::story)
			.list()
			.stream()
			.collect(Collectors.toMap(Story::id, Function.identity()));
		Map<Long, List<Story.Link>> related = this.links.of(found.keySet());
		return ids.stream()
			.map(found::get)
			.filter(Objects::nonNull)
			.map((story) -> related.containsKey(story.id()) ? story.with(related.get(story.id())) : story)
			.toList();
	}

	/**
	 * Walks the index story_published from its end and stops at the limit; the words are
	 * looked for in what it passes.
	 */
	@Override
	public List<Story> search(Newsletter newsletter, String query, int limit) {
		String words = query.strip().replaceAll("([%_|])", "|$1").replaceAll("\\s+", "%");
		return this.jdbc
			.sql("SELECT " + StoryRows.COLUMNS
					+ """
							 FROM story
							WHERE withdrawn_at IS NULL AND headline LIKE :words ESCAPE '|'
							  AND NOT EXISTS (SELECT 1 FROM story_ban b WHERE b.newsletter_id = :newsletter AND b.story_id = story.id)
							ORDER BY published_at DESC, id DESC
							LIMIT :limit
							""")
			.param("words", "%" + words + "%")
			.param("newsletter", newsletter.id())
			.param("limit", limit)
			.query(StoryRows::story)
			.list();
	}

	@Override
	public void ban(long newsletterId, long storyId, String actor) {
		// The assignment that changes nothing makes a second ban none, without hiding
		// other errors as IGNORE would.
		this.jdbc.sql("""
				INSERT INTO story_ban (newsletter_id, story_id, banned_by, banned_at)
				VALUES (:newsletter, :story, :actor, :now)
				ON DUPLICATE KEY UPDATE story_id = VALUES(story_id)
				""")
			.param("newsletter", newsletterId)
			.param("story", storyId)
			.param("actor", actor)
			.param("now", this.clock.instant())
			.update();
	}

	/** By the primary key. */
	@Override
	public Optional<String> bannedBy(long newsletterId, long storyId) {
		return this.jdbc.sql("SELECT banned_by FROM story_ban WHERE newsletter_id = :newsletter AND story_id = :story")
			.param("newsletter", newsletterId)
			.param("story", storyId)
			.query(String.class)
			.optional();
	}

	@Override
	public void unban(long newsletterId, long storyId) {
		this.jdbc.sql("DELETE FROM story_ban WHERE newsletter_id = :newsletter AND story_id = :story")
			.param("newsletter", newsletterId)
			.param("story", storyId)
			.update();
	}

	@Override
	public void boost(long newsletterId, long storyId, double value, String actor) {
		// Written so that NaN is refused too.
		if (!(value >= LEAST_BOOST && value <= MOST_BOOST)) {
			throw new IllegalArgumentException(
					"A boost lies between %s and %s; %s does not.".formatted(LEAST_BOOST, MOST_BOOST, value));
		}
		if (value == 0) {
			this.jdbc.sql("DELETE FROM story_boost WHERE newsletter_id = :newsletter AND story_id = :story")
				.param("newsletter", newsletterId)
				.param("story", storyId)
				.update();
			return;
		}
		this.jdbc.sql("""
				INSERT INTO story_boost (newsletter_id, story_id, boost, set_by, set_at)
				VALUES (:newsletter, :story, :boost, :actor, :now)
				ON DUPLICATE KEY UPDATE boost = VALUES(boost), set_by = VALUES(set_by), set_at = VALUES(set_at)
				""")
			.param("newsletter", newsletterId)
			.param("story", storyId)
			.param("boost", value)
			.param("actor", actor)
			.param("now", this.clock.instant())
			.update();
	}

	/** By the primary key. */
	@Override
	public double boost(long newsletterId, long storyId) {
		return this.jdbc.sql("SELECT boost FROM story_boost WHERE newsletter_id = :newsletter AND story_id = :story")
			.param("newsletter", newsletterId)
			.param("story", storyId)
			.query(Double.class)
			.optional()
			.orElse(0.0);
	}

	@Override
	public StoryTrail trail(long storyId) {
		return this.trails.of(storyId);
	}

}
