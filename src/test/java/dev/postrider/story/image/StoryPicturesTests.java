package dev.postrider.story.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

import javax.imageio.ImageIO;

import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionComposer;
import dev.postrider.edition.EditionNotes;
import dev.postrider.edition.EditionRenderer;
import dev.postrider.edition.Editions;
import dev.postrider.edition.SampleNewsroom;
import dev.postrider.mail.PublicUrl;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.story.Stories;
import dev.postrider.story.Story;
import dev.postrider.story.StoryPictures;
import dev.postrider.story.feed.FeedServer;
import dev.postrider.story.feed.WebClient;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pictures from a newsroom's server to a mail's, by real HTTP both ways.
 */
@PostriderTest
class StoryPicturesTests {

	private final FeedServer server = new FeedServer();

	@LocalServerPort
	private int port;

	@Autowired
	private StoryPictures pictures;

	@Autowired
	private PictureRows rows;

	@Autowired
	private WebClient web;

	@Autowired
	private PublicUrl publicUrl;

	@Autowired
	private Stories stories;

	@Autowired
	private Editions editions;

	@Autowired
	private EditionComposer composer;

	@Autowired
	private EditionRenderer renderer;

	@Autowired
	private EditionNotes notes;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private TestClock clock;

	private SampleNewsroom newsroom;

	@AfterEach
	void tidy() {
		this.server.close();
		this.clock.reset();
	}

	@Test
	void anEditionShowsCutPicturesFromOurOwnAddress() throws Exception {
		serve("/one.jpg", PictureTests.quarters(1600, 1200));
		serve("/two.jpg", PictureTests.quarters(900, 1200));
		long[] ids = stories("/one.jpg", "/two.jpg");
		Edition edition = edition();
		this.renderer.render(edition, this.newsroom.newsletter());
		this.renderer.render(edition, this.newsroom.newsletter());

		assertThat(this.server.requests()).as("each is fetched once").hasSize(2);
		String html = this.renderer.variant(edition.id(), 1).orElseThrow().letter().html();
		Elements shown = Jsoup.parse(html).select("img[src*=/images/]");
		assertThat(shown).hasSize(ids.length);
		assertThat(html).doesNotContain("127.0.0.1");
		assertThat(this.renderer.webCopy(edition.id()).orElseThrow().html()).contains(shown.get(0).attr("src"));
		Element lead = shown.get(0);
		assertThat(lead.attr("width") + "x" + lead.attr("height")).isEqualTo("552x276");
		HttpResponse<byte[]> answer = get(lead.attr("src"));
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().firstValue("Content-Type")).contains("image/jpeg");
		assertThat(answer.headers().firstValue("Cache-Control")).contains("max-age=31536000, public, immutable");
		assertThat(answer.body()).hasSizeLessThanOrEqualTo(100_000);
		assertThat(ImageIO.read(new ByteArrayInputStream(answer.body())).getWidth()).isEqualTo(1104);
		assertThat(get("/images/" + "0".repeat(32) + ".jpg").statusCode()).isEqualTo(404);
		assertThat(this.notes.of(edition.id())).isEmpty();
	}

	@Test
	void whatCannotBeShownIsLeftOutAndNoted() {
		serve("/pixel.gif", PictureTests.quarters(1, 1));
		this.server.serve("/page.jpg", "<html>Sorry</html>");
		serve("/licensed.jpg", PictureTests.quarters(1600, 1200));
		long[] ids = stories("/pixel.gif", "/page.jpg", "/gone.jpg", "/licensed.jpg");
		this.newsroom.set(ids[3], "image_not_for_email", true);
		Edition edition = edition();
		this.renderer.render(edition, this.newsroom.newsletter());

		assertThat(this.renderer.variant(edition.id(), 1).orElseThrow().letter().html()).doesNotContain("<img",
				"127.0.0.1");
		assertThat(this.notes.of(edition.id())).extracting((note) -> note.words().replaceFirst("“.*” ", ""))
			.containsExactly("goes out without its picture: it is tiny, 1 by 1 pixels.",
					"goes out without its picture: it is no JPEG, PNG or GIF.",
					"goes out without its picture: 127.0.0.1 answered 404: there is nothing at this address.",
					"goes out without its picture: its licence does not allow to mail it.");
		assertThat(this.server.requests()).as("the licensed one is not even asked for").hasSize(2);

		serve("/gone.jpg", PictureTests.quarters(1600, 1200));
		assertThat(this.pictures.prepare(picked(edition))).as("what failed is tried again").hasSize(3);
	}

	@Test
	void aPreviewShowsTheNewsroomsPictureUntilOursIsThere() {
		serve("/one.jpg", PictureTests.quarters(1600, 1200));
		stories("/one.jpg");
		Edition edition = edition();
		// One that is not https comes from our address or not at all.
		assertThat(this.renderer.preview(edition, this.newsroom.newsletter()).html())
			.doesNotContain(this.server.url("/one.jpg"));
		String secure = this.server.url("/one.jpg").replace("http:", "https:");
		image(secure);
		assertThat(this.renderer.preview(edition(), this.newsroom.newsletter()).html()).contains(secure);
		image(this.server.url("/one.jpg"));
		assertThat(this.server.requests()).isEmpty();
		this.pictures.prepare(picked(edition));
		assertThat(this.renderer.preview(edition, this.newsroom.newsletter()).html())
			.doesNotContain(this.server.url("/one.jpg"))
			.contains("/images/");
	}

	@Test
	void aStoryThatChangedHasItsPictureFetchedAnew() {
		serve("/one.jpg", PictureTests.quarters(1600, 1200));
		long[] ids = stories("/one.jpg");
		Edition edition = edition();
		this.pictures.prepare(picked(edition));
		String before = side(ids[0]);
		serve("/one.jpg", new BufferedImage(1600, 1200, BufferedImage.TYPE_INT_RGB));
		this.clock.advance(Duration.ofMinutes(10));
		this.newsroom.set(ids[0], "changed_at", this.clock.instant());
		this.clock.advance(Duration.ofMinutes(1));
		this.pictures.prepare(this.stories.findAll(List.of(ids[0])));
		assertThat(side(ids[0])).isNotEqualTo(before);
	}

	@Test
	void theSettingLeavesThemRemoteOrOut() {
		serve("/one.jpg", PictureTests.quarters(1600, 1200));
		long[] ids = stories("/one.jpg");
		List<Story> one = this.stories.findAll(List.of(ids[0]));
		StoryPictures remote = with(ImageSettings.Mode.REMOTE);
		assertThat(remote.prepare(one)).isEmpty();
		assertThat(Objects.requireNonNull(remote.of(one).get(ids[0])).side())
			.isEqualTo(new StoryPictures.Shown(this.server.url("/one.jpg"), null, null));
		StoryPictures none = with(ImageSettings.Mode.NONE);
		assertThat(none.prepare(one)).isEmpty();
		assertThat(none.of(one)).isEmpty();
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void aSlowServerHoldsUpNobody() {
		CountDownLatch givenUp = new CountDownLatch(1);
		this.server.on("/slow.jpg", (exchange) -> {
			try {
				givenUp.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		long[] ids = stories("/slow.jpg");
		StoryPictures impatient = new FetchedPictures(this.web, this.rows, new ImageSettings(ImageSettings.Mode.SERVED,
				Duration.ofMillis(300), Duration.ofSeconds(2), Duration.ofDays(730)), this.publicUrl);
		List<Story> one = this.stories.findAll(List.of(ids[0]));
		assertThat(impatient.prepare(one)).singleElement()
			.satisfies((missing) -> assertThat(missing.why()).contains("did not answer in full"));
		assertThat(Objects.requireNonNull(impatient.of(one).get(ids[0])).side()).isNull();
		givenUp.countDown();
	}

	@Test
	void picturesAreKeptAsLongAsTheSettingSaysAfterTheirLastEdition() {
		serve("/one.jpg", new BufferedImage(700, 500, BufferedImage.TYPE_INT_RGB));
		long[] ids = stories("/one.jpg");
		List<Story> one = this.stories.findAll(List.of(ids[0]));
		this.pictures.prepare(one);
		String hash = side(ids[0]).replaceAll(".*/images/|\\.jpg", "");
		this.clock.advance(Duration.ofDays(700));
		this.pictures.prepare(one);
		this.clock.advance(Duration.ofDays(700));
		this.rows.prune();
		assertThat(this.rows.bytes(hash)).isPresent();
		this.clock.advance(Duration.ofDays(31));
		this.rows.prune();
		assertThat(this.rows.bytes(hash)).isEmpty();
	}

	private StoryPictures with(ImageSettings.Mode mode) {
		return new FetchedPictures(this.web, this.rows,
				new ImageSettings(mode, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofDays(730)),
				this.publicUrl);
	}

	private String side(long storyId) {
		StoryPictures.Pictures shown = this.pictures.of(this.stories.findAll(List.of(storyId))).get(storyId);
		return Objects.requireNonNull(Objects.requireNonNull(shown).side()).url();
	}

	private void serve(String path, BufferedImage image) {
		byte[] bytes = PictureTests.file(image, path.substring(path.length() - 3));
		this.server.on(path, (exchange) -> FeedServer.answer(exchange, 200, bytes));
	}

	private long[] stories(String... paths) {
		this.newsroom = new SampleNewsroom(this.jdbc, this.newsletters);
		long[] ids = this.newsroom.stories(paths.length);
		for (int i = 0; i < paths.length; i++) {
			this.newsroom.set(ids[i], "image_url", this.server.url(paths[i]));
			this.newsroom.set(ids[i], "image_alt", "A harbour");
			this.newsroom.set(ids[i], "changed_at", TestClock.START.minusSeconds(60));
		}
		return ids;
	}

	/** Moves the picture of all stories of this test. */
	private void image(String url) {
		edition().picks()
			.forEach((pick) -> this.jdbc.sql("UPDATE story SET image_url = ? WHERE id = ?")
				.params(url, pick.story().id())
				.update());
	}

	private Edition edition() {
		Edition edition = this.editions.open(this.newsroom.newsletter(), this.newsroom.date(), 1, this.newsroom.due());
		return this.composer.compose(edition.id(), this.newsroom.newsletter());
	}

	private static Collection<Story> picked(Edition edition) {
		return edition.picks().stream().map(Edition.Pick::story).toList();
	}

	private HttpResponse<byte[]> get(String address) throws IOException, InterruptedException {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + URI.create(address).getPath()))
				.build(), HttpResponse.BodyHandlers.ofByteArray());
	}

}
