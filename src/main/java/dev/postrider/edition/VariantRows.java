package dev.postrider.edition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.postrider.Retries;
import dev.postrider.edition.Edition.Pick;
import dev.postrider.story.Score;
import dev.postrider.story.Stories;
import dev.postrider.story.Story;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The choices of an edition's readers, and the stories of each variant. All by primary
 * keys that begin with the edition.
 */
@Component
class VariantRows {

	private final JdbcClient jdbc;

	private final Stories stories;

	private final Retries transaction;

	VariantRows(JdbcClient jdbc, Stories stories, PlatformTransactionManager transactions) {
		this.jdbc = jdbc;
		this.stories = stories;
		this.transaction = new Retries(new TransactionTemplate(transactions));
	}

	/** The choices picked for so far, and the variant of each. */
	Map<Topics, Integer> known(long editionId) {
		Map<Topics, Integer> known = new HashMap<>();
		this.jdbc.sql("SELECT topics, variant FROM edition_topics WHERE edition_id = :edition")
			.param("edition", editionId)
			.query((row) -> {
				known.put(Topics.of(row.getString(1)), row.getInt(2));
			});
		return known;
	}

	boolean isOrderEdited(long editionId) {
		return this.jdbc.sql("SELECT order_edited FROM edition WHERE id = :edition")
			.param("edition", editionId)
			.query(Boolean.class)
			.single();
	}

	/**
	 * Keeps what was picked, all or nothing. Two that pick at the same time wait for each
	 * other; the later one's picks for the same choice are not needed.
	 */
	void keep(Edition edition, Map<Topics, List<Pick>> picked) {
		this.transaction.of(() -> {
			this.jdbc.sql("SELECT id FROM edition WHERE id = :id FOR UPDATE")
				.param("id", edition.id())
				.query(Long.class)
				.single();
			Map<Topics, Integer> known = known(edition.id());
			Map<Set<Long>, Integer> byStories = byStories(edition);
			picked.forEach((topics, picks) -> {
				if (!known.containsKey(topics)) {
					keep(edition.id(), topics, picks, byStories);
				}
			});
			return picked.size();
		});
	}

	private void keep(long editionId, Topics topics, List<Pick> picks, Map<Set<Long>, Integer> byStories) {
		Set<Long> ids = picks.stream().map((pick) -> pick.story().id()).collect(Collectors.toSet());
		Integer variant = ids.isEmpty() ? Integer.valueOf(TopicVariants.NOTHING) : byStories.get(ids);
		if (variant == null) {
			variant = 1 + byStories.values().stream().mapToInt(Integer::intValue).max().orElse(TopicVariants.EDITION);
			byStories.put(ids, variant);
			for (int i = 0; i < picks.size(); i++) {
				insert(editionId, variant, picks.get(i), i + 1);
			}
		}
		this.jdbc.sql("""
				INSERT INTO edition_topics (edition_id, topics_key, topics, variant)
				VALUES (:edition, UNHEX(SHA2(:topics, 256)), :topics, :variant)
				""").param("edition", editionId).param("topics", topics.text()).param("variant", variant).update();
	}

	private void insert(long editionId, int variant, Pick pick, int position) {
		String also = pick.also()
			.stream()
			.limit(20)
			.map((other) -> String.valueOf(other.id()))
			.collect(Collectors.joining(","));
		this.jdbc.sql("""
				INSERT INTO variant_pick (edition_id, variant, story_id, position, reason, also)
				VALUES (:edition, :variant, :story, :position, :reason, :also)
				""")
			.param("edition", editionId)
			.param("variant", variant)
			.param("story", pick.story().id())
			.param("position", position)
			.param("reason", pick.reason())
			.param("also", also.isEmpty() ? null : also)
			.update();
	}

	private Map<Set<Long>, Integer> byStories(Edition edition) {
		Map<Integer, Set<Long>> stories = new TreeMap<>();
		rows(edition.id())
			.forEach((row) -> stories.computeIfAbsent(row.variant(), (variant) -> new HashSet<>()).add(row.storyId()));
		Map<Set<Long>, Integer> variants = new HashMap<>();
		stories.forEach((variant, ids) -> variants.put(ids, variant));
		variants.put(edition.picks().stream().map((pick) -> pick.story().id()).collect(Collectors.toSet()),
				TopicVariants.EDITION);
		return variants;
	}

	/**
	 * The edition as readers of each variant get it, the edition itself excepted. An
	 * editor's subject tells the lead: where that story is missing, the variant's own
	 * lead is told.
	 */
	List<VariantEdition> editions(Edition edition) {
		List<Row> rows = rows(edition.id());
		Map<Long, Story> known = this.stories
			.findAll(rows.stream()
				.flatMap((row) -> Stream.concat(Stream.of(row.storyId()), row.also().stream()))
				.distinct()
				.toList())
			.stream()
			.collect(Collectors.toMap(Story::id, Function.identity()));
		Map<Long, Pick> own = edition.picks()
			.stream()
			.collect(Collectors.toMap((pick) -> pick.story().id(), Function.identity()));
		Map<Integer, List<Pick>> picks = new TreeMap<>();
		for (Row row : rows) {
			Story story = known.get(row.storyId());
			if (story == null) {
				throw new IllegalStateException("Variant " + row.variant() + " of edition " + edition.id()
						+ " has a pick of story " + row.storyId() + ", which is not stored");
			}
			List<Story> also = row.also().stream().flatMap((id) -> Stream.ofNullable(known.get(id))).toList();
			picks.computeIfAbsent(row.variant(), (variant) -> new ArrayList<>())
				.add(row.of(story, own.get(story.id()), also));
		}
		Words words = words(edition);
		Map<Integer, String> choices = choices(edition.id());
		List<VariantEdition> editions = new ArrayList<>();
		picks.forEach((variant, stories) -> editions.add(new VariantEdition(variant, choices.getOrDefault(variant, ""),
				edition.with(words.of(edition.picks(), stories), stories))));
		return editions;
	}

	/** The edition with these stories, in an editor's words where there are any. */
	Edition as(Edition edition, List<Pick> stories) {
		Map<Long, Pick> own = edition.picks()
			.stream()
			.collect(Collectors.toMap((pick) -> pick.story().id(), Function.identity()));
		List<Pick> told = stories.stream().map((pick) -> {
			Pick edited = own.get(pick.story().id());
			return (edited == null) ? pick : pick.rewritten(edited.rewrittenHeadline(), edited.rewrittenSummary());
		}).toList();
		return edition.with(words(edition).of(edition.picks(), told), told);
	}

	private Words words(Edition edition) {
		return this.jdbc.sql("SELECT subject_edited, preheader_edited FROM edition WHERE id = :id")
			.param("id", edition.id())
			.query((row, number) -> new Words(edition.subject(), row.getBoolean(1), edition.preheader(),
					row.getBoolean(2), edition.intro()))
			.single();
	}

	private Map<Integer, String> choices(long editionId) {
		Map<Integer, String> choices = new HashMap<>();
		known(editionId).forEach((topics, variant) -> choices.merge(variant, topics.text(),
				(one, other) -> (one.compareTo(other) < 0) ? one : other));
		return choices;
	}

	private List<Row> rows(long editionId) {
		return this.jdbc.sql("""
				SELECT variant, story_id, position, reason, also FROM variant_pick
				WHERE edition_id = :edition ORDER BY variant, position
				""")
			.param("edition", editionId)
			.query((row, number) -> new Row(row.getInt("variant"), row.getLong("story_id"), row.getInt("position"),
					row.getString("reason"), ids(row.getString("also"))))
			.list();
	}

	private static List<Long> ids(@Nullable String text) {
		return (text == null) ? List.of() : Arrays.stream(text.split(",")).map(Long::valueOf).toList();
	}

	private record Row(int variant, long storyId, int position, String reason, List<Long> also) {

		Pick of(Story story, @Nullable Pick own, List<Story> others) {
			return new Pick(story, this.position, this.reason, own != null && own.pinned(),
					(own != null) ? own.rewrittenHeadline() : null, (own != null) ? own.rewrittenSummary() : null,
					Score.NONE, others);
		}

	}

	/**
	 * What readers of a variant get.
	 *
	 * @param variant from 2
	 * @param choices the first of the choices that lead to it
	 * @param edition the edition with that variant's stories and words
	 */
	record VariantEdition(int variant, String choices, Edition edition) {
	}

}
