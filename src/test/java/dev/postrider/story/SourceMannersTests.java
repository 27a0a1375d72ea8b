package dev.postrider.story;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import com.sun.net.httpserver.HttpHandler;
import dev.postrider.staff.Audit;
import dev.postrider.story.feed.FeedServer;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What servers say of when and where to ask is heeded.
 */
@PostriderTest
class SourceMannersTests {

	private final FeedServer server = new FeedServer();

	private final String id = UUID.randomUUID().toString();

	private final List<Long> added = new ArrayList<>();

	@Autowired
	private Sources sources;

	@Autowired
	private Audit audit;

	@Autowired
	private TestClock clock;

	@AfterEach
	void tidy() {
		this.added.forEach(this.sources::remove);
		this.clock.reset();
		this.server.close();
	}

	@Test
	void aSourceThatWantsToBeLeftAloneIsNotAskedEvenByHand() {
		this.server.on("/busy", busy(503, "7200")).serve("/other", feed("Other"));
		Source busy = add("/busy");
		Source other = add("/other");
		this.sources.poll(true);
		assertThat(reread(busy).lastError())
			.isEqualTo("127.0.0.1 answered 503: it has trouble of its own, and wants to be left alone for 2 hours");
		assertThat(reread(other).lastSuccessAt()).isEqualTo(TestClock.START);

		this.server.serve("/busy", feed("Back"));
		this.clock.advance(Duration.ofMinutes(119));
		this.sources.poll(true);
		this.sources.poll(false);
		assertThat(reread(busy).failures()).isEqualTo(1);
		assertThat(reread(busy).lastPolledAt()).isEqualTo(TestClock.START);

		this.clock.advance(Duration.ofMinutes(1));
		this.sources.poll(false);
		assertThat(reread(busy).lastError()).isNull();
		assertThat(reread(busy).name()).isEqualTo("Back");
		// Once it answers, nothing is left of it.
		this.sources.poll(true);
		assertThat(reread(busy).lastPolledAt()).isEqualTo(this.clock.instant());
	}

	@Test
	void aHostThatIsAskedTooOftenIsAskedForNothingMore() {
		this.server.on("/one", busy(429, "3600")).serve("/two", feed("Two")).serve("/three", feed("Three"));
		Source one = add("/one");
		this.clock.advance(Duration.ofSeconds(1));
		Source two = add("/two");
		Source three = add("/three");
		this.sources.poll(true);
		assertThat(reread(one).lastError()).contains("429", "asked too often", "60 minutes");
		for (Source later : List.of(two, three)) {
			assertThat(reread(later).lastPolledAt()).isNull();
			assertThat(reread(later).lastError()).isNull();
			assertThat(reread(later).failures()).isZero();
		}
		assertThat(this.server.requests()).hasSize(1);
		this.sources.poll(true);
		assertThat(this.server.requests()).hasSize(1);

		this.clock.advance(Duration.ofHours(1));
		this.server.serve("/one", feed("One"));
		this.sources.poll(false);
		assertThat(List.of(reread(one), reread(two), reread(three))).extracting(Source::name)
			.containsExactly("One", "Two", "Three");
	}

	@Test
	void aFeedThatMovedForGoodIsAskedForAtItsNewAddress() {
		this.server.redirect("/old", 301, "/new?key=secret").serve("/new", feed("Moved"));
		Source source = add("/old");
		this.sources.poll(true);
		assertThat(reread(source).url()).isEqualTo(this.server.url("/new?key=secret"));
		assertThat(reread(source).name()).isEqualTo("Moved");
		assertThat(this.audit.entries(null, 50)).anySatisfy((entry) -> {
			assertThat(entry.action()).isEqualTo("source.move");
			assertThat(entry.actor()).isEqualTo("system");
			assertThat(entry.subject()).isEqualTo(this.server.url("/old"));
			assertThat(entry.detail()).isEqualTo("now at " + this.server.url("/new"));
		});
		int asked = this.server.requests().size();
		this.sources.poll(true);
		assertThat(this.server.requests()).hasSize(asked + 1);
	}

	@Test
	void aMoveThatEndsInNoFeedOrWhereAnotherSourceIsChangesNothing() {
		this.server.redirect("/a", 301, "/page")
			.serve("/page", "<html><body>Log in to the hotel's network</body></html>")
			.redirect("/b", 308, "/taken")
			.serve("/taken", feed("Taken"));
		Source portal = add("/a");
		Source twin = add("/b");
		Source taken = add("/taken");
		this.sources.poll(true);
		assertThat(reread(portal).url()).isEqualTo(this.server.url("/a"));
		assertThat(reread(portal).lastError()).contains("a web page, not a feed");
		assertThat(reread(twin).url()).isEqualTo(this.server.url("/b"));
		assertThat(reread(twin).lastError()).isNull();
		assertThat(reread(taken).url()).isEqualTo(this.server.url("/taken"));
	}

	private static HttpHandler busy(int status, String retryAfter) {
		return (exchange) -> {
			exchange.getResponseHeaders().set("Retry-After", retryAfter);
			FeedServer.answer(exchange, status, "Later!".getBytes(StandardCharsets.UTF_8));
		};
	}

	private Source add(String path) {
		Source source = this.sources.add(this.server.url(path), null);
		this.added.add(source.id());
		return source;
	}

	private Source reread(Source source) {
		return this.sources.find(source.id()).orElseThrow();
	}

	private String feed(String title) {
		Instant published = this.clock.instant();
		return FeedServer.rss(title, FeedServer.item("A story of " + title,
				URI.create("https://news.example/" + this.id + "/" + title).toString(), published.toString()));
	}

}
