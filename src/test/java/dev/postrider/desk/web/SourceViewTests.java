package dev.postrider.desk.web;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import dev.postrider.story.Source;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SourceViewTests {

	private static final Instant NOW = Instant.parse("2026-11-23T06:00:00Z");

	private static final Times TIMES = new Times(NOW, ZoneOffset.UTC);

	@Test
	void saysHowManyStoriesItBrings() {
		assertThat(view(12.4, NOW, null).rate()).isEqualTo("about 12 stories a day");
		assertThat(view(1, NOW, null).rate()).isEqualTo("about 1 story a day");
		assertThat(view(0.3, NOW, null).rate()).isEqualTo("less than one story a day");
		assertThat(view(0, NOW, null).rate()).isEqualTo("no story in the last week");
	}

	@Test
	void saysWhenAFeedThatIsReadHasFallenSilent() {
		assertThat(view(5, NOW.minus(Duration.ofDays(2)), null).silence()).isNull();
		assertThat(view(0, NOW.minus(Duration.ofDays(4)), null).silence())
			.isEqualTo("It can be read, but its last new story came 4 days ago.");
		assertThat(view(0, null, null).silence())
			.isEqualTo("It can be read, but has brought no story since it was added 10 days ago.");
		assertThat(view(0, NOW.minus(Duration.ofDays(4)), "It is gone").silence()).as("there is worse to say").isNull();
	}

	private static SourceView view(double rate, @Nullable Instant last, @Nullable String error) {
		return SourceView.of(new Source(1, "https://news.example/feed.xml", "News", null, NOW, NOW, error, 0, rate,
				last, NOW.minus(Duration.ofDays(10))), TIMES);
	}

}
