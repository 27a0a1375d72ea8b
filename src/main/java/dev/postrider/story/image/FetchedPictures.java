package dev.postrider.story.image;

import java.awt.image.BufferedImage;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.postrider.mail.PublicUrl;
import dev.postrider.story.SourceException;
import dev.postrider.story.Story;
import dev.postrider.story.StoryPictures;
import dev.postrider.story.feed.WebAddress;
import dev.postrider.story.feed.WebClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Fetches pictures through the guarded client, a few at a time.
 */
@Component
class FetchedPictures implements StoryPictures {

	private static final Logger logger = LoggerFactory.getLogger(FetchedPictures.class);

	/** Decoding one takes some tens of megabytes. */
	private static final int AT_A_TIME = 3;

	private static final int LONGEST_PROBLEM = 400;

	private static final Map<String, String> ACCEPT = Map.of("Accept", "image/jpeg, image/png, image/gif;q=0.9");

	private final WebClient web;

	private final PictureRows rows;

	private final ImageSettings settings;

	private final PublicUrl publicUrl;

	FetchedPictures(WebClient web, PictureRows rows, ImageSettings settings, PublicUrl publicUrl) {
		this.web = web;
		this.rows = rows;
		this.settings = settings;
		this.publicUrl = publicUrl;
	}

	@Override
	public List<Missing> prepare(Collection<Story> stories) {
		if (this.settings.images() != ImageSettings.Mode.SERVED) {
			return List.of();
		}
		Map<String, Instant> wanted = new LinkedHashMap<>();
		stories.stream()
			.filter((story) -> image(story) != null)
			.forEach((story) -> wanted.merge(url(story), story.changedAt(), (a, b) -> a.isAfter(b) ? a : b));
		Map<String, PictureRows.Row> known = this.rows.find(wanted.keySet());
		fetch(wanted.keySet().stream().filter((url) -> !isDone(known.get(url), wanted.get(url))).toList());
		Map<String, PictureRows.Row> now = this.rows.find(wanted.keySet());
		this.rows.used(now.values()
			.stream()
			.flatMap((row) -> Stream.of(row.lead(), row.side()))
			.filter(Objects::nonNull)
			.map(PictureRows.Stored::hash)
			.distinct()
			.sorted()
			.toList());
		List<Missing> missing = new ArrayList<>();
		for (Story story : stories) {
			PictureRows.Row row = (image(story) != null) ? now.get(url(story)) : null;
			if (row != null && row.problem() != null) {
				missing.add(new Missing(story.id(), row.problem()));
			}
			else if (story.image() != null && story.image().notForEmail()) {
				missing.add(new Missing(story.id(), "its licence does not allow to mail it"));
			}
		}
		return missing;
	}

	/** A story that changed may have another picture at the same address. */
	private static boolean isDone(PictureRows.@Nullable Row row, @Nullable Instant changedAt) {
		return row != null && row.problem() == null && row.side() != null
				&& (changedAt == null || !changedAt.isAfter(row.fetchedAt()));
	}

	/**
	 * Of each something is written down before it begins, so that what takes too long is
	 * left out of this edition.
	 */
	private void fetch(List<String> urls) {
		if (urls.isEmpty()) {
			return;
		}
		urls.forEach((url) -> this.rows.fetched(url, null, null, "it did not come in time"));
		ExecutorService pool = Executors.newFixedThreadPool(Math.min(urls.size(), AT_A_TIME));
		try {
			urls.forEach((url) -> pool.execute(() -> fetch(url)));
			pool.shutdown();
			if (!pool.awaitTermination(this.settings.imagesTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
				logger.warn("Not all of {} pictures came within {}", urls.size(), this.settings.imagesTimeout());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while fetching pictures", ex);
		}
		finally {
			pool.shutdownNow();
		}
	}

	private void fetch(String url) {
		try {
			URI uri = WebAddress.http(url, null).orElseThrow(() -> new PictureException("its address is none"));
			BufferedImage image = PictureReader.read(this.web.get(uri, ACCEPT, this.settings.imageTimeout()).bytes());
			Cut.Jpeg side = Cut.SIDE.of(image)
				.orElseThrow(() -> new PictureException(
						"it is tiny, %d by %d pixels".formatted(image.getWidth(), image.getHeight())));
			String lead = Cut.LEAD.of(image).map(this.rows::keep).orElse(null);
			this.rows.fetched(url, lead, this.rows.keep(side), null);
		}
		catch (SourceException | PictureException ex) {
			failed(url, String.valueOf(ex.getMessage()));
		}
		catch (RuntimeException ex) {
			logger.error("A picture could not be prepared", ex);
			failed(url, "it could not be prepared: " + ex.getMessage());
		}
	}

	private void failed(String url, String why) {
		this.rows.fetched(url, null, null, (why.length() > LONGEST_PROBLEM) ? why.substring(0, LONGEST_PROBLEM) : why);
	}

	@Override
	public Map<Long, Pictures> of(Collection<Story> stories) {
		if (this.settings.images() == ImageSettings.Mode.NONE) {
			return Map.of();
		}
		Map<String, PictureRows.Row> known = (this.settings.images() == ImageSettings.Mode.REMOTE) ? Map.of()
				: this.rows
					.find(stories.stream().filter((story) -> image(story) != null).map(FetchedPictures::url).toList());
		Map<Long, Pictures> pictures = new HashMap<>();
		for (Story story : stories) {
			Story.Image image = image(story);
			if (image != null) {
				PictureRows.Row row = known.get(image.url());
				Shown remote = new Shown(image.url(), image.width(), image.height());
				if (row == null && this.settings.images() == ImageSettings.Mode.SERVED
						&& image.url().startsWith("http:")) {
					// It will come from our address, or not at all.
					continue;
				}
				Pictures shown = (row == null) ? new Pictures(remote, remote)
						: new Pictures(served(row.lead()), served(row.side()));
				pictures.put(story.id(), shown);
			}
		}
		return pictures;
	}

	@Override
	public Map<String, Integer> weights(Collection<String> urls) {
		String start = this.publicUrl.of("/images/");
		Map<String, String> ours = new HashMap<>();
		urls.stream()
			.filter((url) -> url.startsWith(start) && url.endsWith(".jpg"))
			.forEach((url) -> ours.put(url, url.substring(start.length(), url.length() - 4)));
		Map<String, Integer> sizes = this.rows.sizes(ours.values());
		Map<String, Integer> weights = new HashMap<>();
		ours.forEach((url, hash) -> {
			if (sizes.containsKey(hash)) {
				weights.put(url, sizes.get(hash));
			}
		});
		return weights;
	}

	private @Nullable Shown served(PictureRows.@Nullable Stored stored) {
		return (stored == null) ? null
				: new Shown(this.publicUrl.of("/images/{hash}.jpg", stored.hash()), stored.width(), stored.height());
	}

	private static Story.@Nullable Image image(Story story) {
		Story.Image image = story.image();
		return (image != null && !image.notForEmail()) ? image : null;
	}

	private static String url(Story story) {
		return Objects.requireNonNull(story.image()).url();
	}

}
