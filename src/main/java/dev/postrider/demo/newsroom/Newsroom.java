package dev.postrider.demo.newsroom;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.postrider.demo.DemoSettings;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * The Averley Courier: thirty stories, printed anew at each start and twice a day.
 */
@Component
@Profile("demo")
class Newsroom {

	private static final Duration LIFE = Duration.ofHours(12);

	private final List<NewsroomStory> stories = StoryFile.readAll();

	private final Clock clock;

	private final Path counter;

	private Issue issue;

	private int count;

	Newsroom(Clock clock, DemoSettings settings) {
		this.clock = clock;
		this.counter = settings.folder().resolve("issues");
		this.count = readCount();
		this.issue = print();
	}

	/** The stories of today, in the order of the front page. */
	synchronized Front front() {
		if (this.issue.at().plus(LIFE).isBefore(this.clock.instant())) {
			this.issue = print();
		}
		return new Front(this.issue, this.issue.items(this.stories, this.count));
	}

	/** A story by its name; every issue has them all. */
	Optional<NewsroomStory> story(String slug) {
		return this.stories.stream().filter((story) -> story.slug().equals(slug)).findFirst();
	}

	private Issue print() {
		Instant now = this.clock.instant();
		this.count++;
		try {
			Files.createDirectories(this.counter.toAbsolutePath().getParent());
			Files.writeString(this.counter, this.count + "\n");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new Issue(now);
	}

	/** How many issues there were; the first is number 0. */
	private int readCount() {
		try {
			return Files.exists(this.counter) ? Integer.parseInt(Files.readString(this.counter).strip()) : -1;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (NumberFormatException ex) {
			return -1; // only the order of the stories hangs on it
		}
	}

	/**
	 * What is on the front page.
	 *
	 * @param issue today's
	 * @param items its stories, in the order of the front page
	 */
	record Front(Issue issue, List<Issue.Item> items) {
	}

}
