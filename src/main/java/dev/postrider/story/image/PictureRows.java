package dev.postrider.story.image;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.postrider.SqlTime;
import dev.postrider.story.ingest.StoryIdentity;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Pictures in the database.
 */
@Component
public class PictureRows {

	private static final int BATCH = 200;

	private final JdbcClient jdbc;

	private final ImageSettings settings;

	private final Clock clock;

	PictureRows(JdbcClient jdbc, ImageSettings settings, Clock clock) {
		this.jdbc = jdbc;
		this.settings = settings;
		this.clock = clock;
	}

	/** The bytes at an address of ours, a JPEG; by the primary key. */
	public Optional<byte[]> bytes(String hash) {
		return this.jdbc.sql("SELECT bytes FROM story_image WHERE hash = ?")
			.param(hash)
			.query((row, n) -> row.getBytes(1))
			.optional();
	}

	/** How many bytes files have, by their hashes; by the primary key. */
	Map<String, Integer> sizes(Collection<String> hashes) {
		if (hashes.isEmpty()) {
			return Map.of();
		}
		Map<String, Integer> sizes = new HashMap<>();
		this.jdbc.sql("SELECT hash, LENGTH(bytes) FROM story_image WHERE hash IN (:hashes)")
			.param("hashes", hashes)
			.query((row) -> {
				sizes.put(row.getString(1), row.getInt(2));
			});
		return sizes;
	}

	/** What fetching these addresses gave, as far as they were; by primary keys. */
	Map<String, Row> find(Collection<String> urls) {
		if (urls.isEmpty()) {
			return Map.of();
		}
		Map<String, String> byHash = urls.stream()
			.distinct()
			.collect(Collectors.toMap(PictureRows::key, Function.identity()));
		return this.jdbc.sql("""
				SELECT f.url_hash, f.fetched_at, f.problem, l.hash AS lead_hash, l.width AS lead_width,
				  l.height AS lead_height, s.hash AS side_hash, s.width AS side_width, s.height AS side_height
				FROM story_image_fetch f LEFT JOIN story_image l ON l.hash = f.lead_hash
				LEFT JOIN story_image s ON s.hash = f.side_hash
				WHERE f.url_hash IN (:hashes)
				""")
			.param("hashes", urls.stream().distinct().map(StoryIdentity::hash).toList())
			.query((row, n) -> new Row(HexFormat.of().formatHex(row.getBytes("url_hash")),
					SqlTime.at(row, "fetched_at"), row.getString("problem"),
					stored(row.getString("lead_hash"), row.getInt("lead_width"), row.getInt("lead_height")),
					stored(row.getString("side_hash"), row.getInt("side_width"), row.getInt("side_height"))))
			.list()
			.stream()
			.collect(Collectors.toMap((row) -> String.valueOf(byHash.get(row.key())), Function.identity()));
	}

	private static @Nullable Stored stored(@Nullable String hash, int width, int height) {
		return (hash != null) ? new Stored(hash, width, height) : null;
	}

	/** Keeps a file under its hash, or keeps it longer. */
	String keep(Cut.Jpeg jpeg) {
		String hash = HexFormat.of().formatHex(sha256(jpeg.bytes()), 0, 16);
		this.jdbc.sql("""
				INSERT INTO story_image (hash, bytes, width, height, used_at)
				VALUES (:hash, :bytes, :width, :height, :now)
				ON DUPLICATE KEY UPDATE used_at = VALUES(used_at)
				""")
			.param("hash", hash)
			.param("bytes", jpeg.bytes())
			.param("width", jpeg.width())
			.param("height", jpeg.height())
			.param("now", this.clock.instant())
			.update();
		return hash;
	}

	void fetched(String url, @Nullable String lead, @Nullable String side, @Nullable String problem) {
		this.jdbc.sql("""
				INSERT INTO story_image_fetch (url_hash, fetched_at, lead_hash, side_hash, problem)
				VALUES (:url, :now, :lead, :side, :problem)
				ON DUPLICATE KEY UPDATE fetched_at = VALUES(fetched_at), lead_hash = VALUES(lead_hash),
				  side_hash = VALUES(side_hash), problem = VALUES(problem)
				""")
			.param("url", StoryIdentity.hash(url))
			.param("now", this.clock.instant())
			.param("lead", lead)
			.param("side", side)
			.param("problem", problem)
			.update();
	}

	/** An edition shows them again. */
	void used(Collection<String> hashes) {
		if (!hashes.isEmpty()) {
			this.jdbc.sql("UPDATE story_image SET used_at = :now WHERE hash IN (:hashes)")
				.param("now", this.clock.instant())
				.param("hashes", hashes)
				.update();
		}
	}

	/**
	 * Deletes what no edition has shown for so long as pictures are kept, in small bites.
	 * Indexes story_image_used and story_image_fetched.
	 */
	@Scheduled(initialDelay = 5, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
	void prune() {
		Instant before = this.clock.instant().minus(this.settings.imagesKeptFor());
		this.jdbc.sql("DELETE FROM story_image WHERE used_at < ? ORDER BY used_at LIMIT ?")
			.params(before, BATCH)
			.update();
		this.jdbc.sql("DELETE FROM story_image_fetch WHERE fetched_at < ? ORDER BY fetched_at LIMIT ?")
			.params(before, BATCH)
			.update();
	}

	private static String key(String url) {
		return HexFormat.of().formatHex(StoryIdentity.hash(url));
	}

	private static byte[] sha256(byte[] bytes) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(bytes);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What fetching gave.
	 *
	 * @param key of the address
	 * @param fetchedAt when
	 * @param problem why there is no picture
	 * @param lead the wide cut
	 * @param side the small cut
	 */
	record Row(String key, Instant fetchedAt, @Nullable String problem, @Nullable Stored lead, @Nullable Stored side) {
	}

	/**
	 * A kept file.
	 *
	 * @param hash its address
	 * @param width in pixels
	 * @param height in pixels
	 */
	record Stored(String hash, int width, int height) {
	}

}
