package dev.postrider.edition;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.postrider.SqlTime;
import dev.postrider.mail.Letter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.story.Source;
import dev.postrider.story.Sources;
import dev.postrider.story.feed.Corpus;
import dev.postrider.story.feed.FeedServer;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Real feeds of news sites become editions, their headlines letter by letter as the feed
 * has them. The headlines are read from the files a second time, by other means.
 */
@PostriderTest
class CorpusEditionTests {

	private static final Pattern DECLARED = Pattern.compile("^<\\?xml[^>]*encoding=[\"']([\\w-]+)");

	private final FeedServer server = new FeedServer();

	@Autowired
	private Sources sources;

	@Autowired
	private Editions editions;

	@Autowired
	private EditionComposer composer;

	@Autowired
	private EditionRenderer renderer;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private TestClock clock;

	@AfterEach
	void tidy() {
		this.clock.reset();
		this.server.close();
	}

	@Test
	void everyFeedOfTheCorpusYieldsAnEdition() throws IOException {
		List<Path> files;
		try (Stream<Path> list = Files.list(Corpus.folder("feeds/newsroom"))) {
			files = list.filter((file) -> file.toString().matches(".*\\.(rss|atom)")).sorted().toList();
		}
		assertThat(files).isNotEmpty();
		for (Path file : files) {
			byte[] bytes = Files.readAllBytes(file);
			this.server.on("/" + file.getFileName(), (exchange) -> FeedServer.answer(exchange, 200, bytes));
			Source source = this.sources.add(this.server.url("/" + file.getFileName()), null);
			try {
				this.sources.poll(true);
				check(file.getFileName().toString(), source, headlines(bytes));
			}
			finally {
				this.sources.remove(source.id());
			}
		}
	}

	private void check(String file, Source source, Set<String> expected) {
		this.clock.set(newest(source).plusSeconds(60));
		SampleNewsroom newsroom = new SampleNewsroom(this.jdbc, this.newsletters);
		LocalDate date = this.clock.instant().atZone(newsroom.newsletter().zone()).toLocalDate();
		Edition opened = this.editions.open(newsroom.newsletter(), date, 1, this.clock.instant());
		Edition edition = this.composer.compose(opened.id(), newsroom.newsletter());
		this.renderer.render(edition, newsroom.newsletter());
		Letter letter = this.renderer.variant(edition.id(), 1).orElseThrow().letter();
		List<String> html = Jsoup.parse(letter.html()).select("h2").eachText().stream().map(Lines::clean).toList();
		List<String> own = edition.picks()
			.stream()
			.filter((pick) -> Long.valueOf(source.id()).equals(pick.story().sourceId()))
			.map((pick) -> Lines.clean(pick.headline()))
			.toList();
		assertThat(own).as(file).isNotEmpty().isSubsetOf(expected).isSubsetOf(html);
		assertThat(own).as(file).allSatisfy((headline) -> assertThat(letter.text()).contains(headline));
		assertThat(letter.html() + letter.text()).as(file).doesNotContain("\uFFFD", "Ã£", "Ã¤", "&amp;amp;");
		assertThat(letter.text()).as(file).doesNotContainPattern("&(amp|quot|#\\d+|[a-z]+acute|[a-z]+tilde);");
	}

	private Instant newest(Source source) {
		return this.jdbc.sql("SELECT MAX(published_at) AS newest FROM story WHERE source_id = ?")
			.param(source.id())
			.query((row, number) -> SqlTime.at(row, "newest"))
			.single();
	}

	private static Set<String> headlines(byte[] file) {
		Document feed = Jsoup.parse(decoded(file), "", Parser.xmlParser());
		return feed.select("item > title, entry > title")
			.stream()
			.map((title) -> Lines.clean(Jsoup.parse(title.wholeText()).text()))
			.collect(Collectors.toSet());
	}

	/**
	 * In what it says it is, else in UTF-8 if it can be, else in what Windows wrote.
	 */
	private static String decoded(byte[] file) {
		Matcher declared = DECLARED
			.matcher(new String(file, 0, Math.min(200, file.length), StandardCharsets.ISO_8859_1));
		if (declared.find()) {
			return new String(file, Charset.forName(declared.group(1)));
		}
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
		}
		catch (CharacterCodingException ex) {
			return new String(file, Charset.forName("windows-1252"));
		}
	}

}
