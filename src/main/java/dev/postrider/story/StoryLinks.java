package dev.postrider.story;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The links that stand beside stories.
 */
@Component
public final class StoryLinks {

	private final JdbcClient jdbc;

	StoryLinks(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * The links of several stories, by the primary key.
	 * @param stories keys of stories
	 * @return those that have any
	 */
	public Map<Long, List<Story.Link>> of(Collection<Long> stories) {
		Map<Long, List<Story.Link>> links = new HashMap<>();
		if (!stories.isEmpty()) {
			this.jdbc
				.sql("""
						SELECT story_id, url, title FROM story_related WHERE story_id IN (:stories) ORDER BY story_id, position
						""")
				.param("stories", stories)
				.query((row) -> {
					links.computeIfAbsent(row.getLong(1), (id) -> new ArrayList<>())
						.add(new Story.Link(row.getString(2), row.getString(3)));
				});
		}
		return links;
	}

}
