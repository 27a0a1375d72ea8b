package dev.postrider.mail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.postrider.delivery.DigestRuns;
import dev.postrider.mail.SendResult.Accepted;
import dev.postrider.mail.relay.RelayStage;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.newsletter.PickingRules;
import dev.postrider.run.RunHistory;
import dev.postrider.testing.Judge;
import dev.postrider.testing.PostfixRelay;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.Rspamd;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestKeys;
import dev.postrider.testing.TestNewsroom;
import dev.postrider.testing.TestRelay;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Mail as a real relay delivered it, before judges that nobody here wrote: an edition in
 * every design and a confirmation, sent by the application, handed on by Postfix.
 */
@PostriderTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RelayedMailTests {

	private static final String RSA_NAME = "test-rsa._domainkey." + TestKeys.DOMAIN;

	private static final String ED25519_NAME = "test-ed25519._domainkey." + TestKeys.DOMAIN;

	private static final Pattern RULE = Pattern.compile(" *-?\\d+\\.\\d [A-Z_0-9]+ .*");

	private static final Pattern SPAM_SCORE = Pattern.compile("X-Spam-Status: \\w+, score=(-?[0-9.]+)");

	/** More of them than an edition carries: two of each section. */
	private static final List<String> HEADLINES = List.of("Ferries sail again at dawn after the storm",
			"The library opens on Sundays, and stays open late", "Nine wards elect a mayor: “We begin tomorrow”",
			"Bakers find a rye that was thought lost", "Córdoba, Łódź and Åre share a prize for quiet streets",
			"Why oysters are small this year", "Trams cross every bridge from Monday",
			"Court stops the border law; ministers appeal");

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private DigestRuns digests;

	@Autowired
	private RunHistory runs;

	@Autowired
	private TestClock clock;

	@LocalServerPort
	private int port;

	@TempDir
	private Path folder;

	private PostfixRelay relay;

	/** One edition in each design. */
	private final List<Path> editions = new ArrayList<>();

	private Path confirmation;

	@BeforeAll
	void sendAll() throws IOException {
		this.relay = PostfixRelay.start();
		// The judges' clocks show today.
		this.clock.set(Instant.now());
		List<byte[]> sent = new ArrayList<>();
		for (String design : designs()) {
			sent.add(edition(design));
		}
		sent.add(confirmationMail());
		Relays postfix = RelayStage.one(PostfixRelay.PORT, "https://letters.news.example");
		try (RelayConnection connection = postfix.connection()) {
			for (int i = 0; i < sent.size(); i++) {
				assertThat(connection.send("b+1@bounce.news.example", "reader" + i + "@readers.example", sent.get(i))
					.result()).isInstanceOf(Accepted.class);
			}
		}
		for (Path message : this.relay.delivered(sent.size())) {
			if (Files.readString(message, StandardCharsets.ISO_8859_1).contains("\r\nList-Id:")) {
				this.editions.add(message);
			}
			else {
				this.confirmation = message;
			}
		}
		assertThat(this.editions).hasSize(sent.size() - 1);
	}

	@AfterAll
	void close() {
		this.clock.reset();
		if (this.relay != null) {
			this.relay.close();
		}
	}

	@Test
	@DisplayName("D1 D3 L12: dkimpy finds every signature good, List-Unsubscribe and its Post covered")
	void dkimpyFindsEverySignatureGood() throws IOException {
		Judge.Answer answer = dkimpy(all());
		assertThat(answer.status()).as(answer.text()).isZero();
		assertThat(answer.text().lines().filter((line) -> line.startsWith("pass "))).hasSize(all().size());
		for (Path edition : this.editions) {
			assertThat(answer.text().lines().filter((line) -> line.contains(edition.toString())).findFirst())
				.hasValueSatisfying((line) -> assertThat(line).contains(":List-Unsubscribe:List-Unsubscribe:",
						":List-Unsubscribe-Post:List-Unsubscribe-Post:", ":Feedback-ID:", "From:From:"));
		}
	}

	@Test
	@DisplayName("D9: dkimpy finds the Ed25519 signatures good beside the RSA ones")
	void dkimpyFindsBothSignaturesGood() throws IOException {
		List<String> command = new ArrayList<>(
				List.of("/usr/bin/python3", Judge.own("dkimpy-all.py").toString(), records().toString()));
		all().forEach((message) -> command.add(message.toString()));
		Judge.wantThat("python3-nacl", "/usr/bin/python3", "-c", "import dkim, nacl");
		assertThat(Judge.ask(command).text().lines()).hasSize(all().size() * 2)
			.allMatch((line) -> line.startsWith("pass "));
	}

	@Test
	@DisplayName("D1 D6: Mail::DKIM finds every signature good that it knows")
	void mailDkimFindsEverySignatureGood() throws IOException {
		assertThat(mailDkim(all()).lines().filter((line) -> line.contains("rsa-sha256"))).hasSize(all().size())
			.allMatch((line) -> line.startsWith("pass rsa-sha256 "));
	}

	@Test
	@DisplayName("D4 L12: what was tampered with fails before both judges")
	void tamperedMailFails() throws IOException {
		Path edition = this.editions.get(0);
		List<Path> tampered = List.of(
				tampered("link", (mail) -> mail.replaceFirst("(?m)^(List-Unsubscribe: <https://)", "$1elsewhere.")),
				tampered("second-from", (mail) -> "From: Somebody <else@elsewhere.example>\r\n" + mail),
				tampered("second-link",
						(mail) -> mail.replaceFirst("\r\n\r\n", "\r\nList-Unsubscribe: <https://x.example>\r\n\r\n")),
				tampered("no-post", (mail) -> mail.replaceFirst("(?m)^List-Unsubscribe-Post:.*\r\n", "")),
				tampered("subject", (mail) -> mail.replaceFirst("(?m)^Subject: ", "Subject: Win! ")),
				tampered("body", (mail) -> mail.substring(0, mail.length() / 2)
						+ (char) (mail.charAt(mail.length() / 2) ^ 1) + mail.substring(mail.length() / 2 + 1)));
		for (Path message : tampered) {
			assertThat(Files.readAllBytes(message)).isNotEqualTo(Files.readAllBytes(edition));
			assertThat(dkimpy(List.of(message)).text()).as(message.toString()).contains("fail " + message);
			assertThat(mailDkim(List.of(message)).lines()).as(message.toString())
				.anyMatch((line) -> line.startsWith("fail rsa-sha256 "));
		}
	}

	@Test
	@DisplayName("E4: the relay notes a full name in its Received line")
	void theRelayWasGreetedByAFullName() throws IOException {
		for (Path message : all()) {
			assertThat(text(message)).contains("Received: from letters.news.example (");
		}
	}

	@Test
	@DisplayName("D14: Feedback-ID has four parts, the same for all readers of a newsletter, the last one stable")
	void theFeedbackId() throws IOException {
		Set<String> senders = new HashSet<>();
		for (Path edition : this.editions) {
			String value = feedbackId(Files.readAllBytes(edition));
			String[] parts = value.split(":", -1);
			assertThat(parts).hasSize(4).doesNotHaveDuplicates().allSatisfy((part) -> assertThat(part).isNotBlank());
			assertThat(parts[3]).matches("[A-Za-z0-9]{5,15}");
			assertThat(value).doesNotContain("reader", "@");
			senders.add(parts[3]);
		}
		assertThat(senders).hasSize(1);
	}

	@Test
	@DisplayName("F7: Python's email parser finds no defect")
	void pythonFindsNoDefect() {
		List<String> command = new ArrayList<>(List.of("/usr/bin/python3", Judge.own("mime-defects.py").toString()));
		all().forEach((message) -> command.add(message.toString()));
		assertThat(Judge.ask(command)).isEqualTo(new Judge.Answer(0, ""));
	}

	@Test
	@DisplayName("SpamAssassin, offline, gives no points")
	void spamAssassinGivesNoPoints() throws IOException {
		Judge.want("spamassassin", "spamassassin");
		// That the relay is on this machine is no merit of the mail.
		for (Path message : all()) {
			String verdict = Judge
				.ask("sh", "-c", "HOME=\"$1\" exec spamassassin -L -t --cf='score ALL_TRUSTED 0' < \"$2\"", "sh",
						this.folder.toString(), message.toString())
				.text();
			Matcher score = SPAM_SCORE.matcher(verdict);
			assertThat(score.find()).as(verdict).isTrue();
			System.out.println("SpamAssassin: " + score.group(1) + " for " + subject(message) + " "
					+ verdict.lines().filter((line) -> RULE.matcher(line).matches()).map(String::strip).toList());
			assertThat(Double.parseDouble(score.group(1))).as(verdict).isLessThanOrEqualTo(0);
		}
	}

	@Test
	@DisplayName("F9: rspamd finds the text part to say what the HTML part says")
	void rspamdFindsThePartsAlike() throws IOException {
		try (Rspamd rspamd = Rspamd.start()) {
			for (Path message : all()) {
				JsonNode verdict = rspamd.check(Files.readAllBytes(message));
				double differ = verdict.path("symbols").path("R_PARTS_DIFFER").path("score").asDouble(0);
				System.out.printf("rspamd: R_PARTS_DIFFER %.2f, in all %.2f for %s%n", differ,
						verdict.path("score").asDouble(), subject(message));
				assertThat(verdict.path("symbols").size()).as(verdict.toString()).isGreaterThan(5);
				assertThat(differ).as(verdict.toString()).isLessThanOrEqualTo(0.5);
				assertThat(verdict.path("symbols").has("R_DKIM_NA")).as(verdict.toString()).isFalse();
			}
		}
	}

	@Test
	void rspamdSeesWhenThePartsDiffer() throws IOException {
		StringBuilder mail = new StringBuilder("From: a@news.example\r\nTo: b@readers.example\r\nSubject: s\r\n"
				+ "MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n"
				+ "--b\r\nContent-Type: text/plain\r\n\r\n");
		mail.append(TestNewsroom.words()).append("\r\n");
		mail.append("--b\r\nContent-Type: text/html\r\n\r\n<p>");
		for (int i = 0; i < 40; i++) {
			mail.append(TestNewsroom.words()).append("\r\n");
		}
		try (Rspamd rspamd = Rspamd.start()) {
			JsonNode verdict = rspamd.check((mail + "--b--\r\n").getBytes(StandardCharsets.US_ASCII));
			assertThat(verdict.path("symbols").path("R_PARTS_DIFFER").path("score").asDouble(0)).as(verdict.toString())
				.isGreaterThan(0.5);
		}
	}

	private static List<String> designs() throws IOException {
		Resource[] letters = new PathMatchingResourcePatternResolver()
			.getResources("classpath*:templates/mail/*/edition.mjml.ftlh");
		List<String> designs = new ArrayList<>();
		for (Resource letter : letters) {
			designs.add(letter.getURI().toString().replaceAll(".*/([^/]+)/edition\\.mjml\\.ftlh$", "$1"));
		}
		assertThat(designs).contains("front-page");
		return designs;
	}

	/** The copy of one reader, as it left the application. */
	private byte[] edition(String design) {
		TestNewsroom newsroom = new TestNewsroom(this.jdbc, this.newsletters, this.clock);
		Newsletter newsletter = newsroom.newsletter();
		ZonedDateTime now = this.clock.instant().atZone(newsletter.zone());
		this.jdbc.sql(
				"UPDATE newsletter SET name = 'Harbour Highlights', design = ?, days = 127, send_time = ? WHERE id = ?")
			.params(design, LocalTime.of(now.getHour(), 0).toString(), newsletter.id())
			.update();
		Map<String, Double> sections = new HashMap<>();
		for (int i = 0; i < HEADLINES.size(); i++) {
			String section = "Part " + (i / 2 + 1) + " " + TestNewsroom.words().substring(0, 4).strip();
			// Other tests' stories are of today as well.
			sections.put(section, 100D);
			long story = newsroom.story(HEADLINES.get(i),
					this.clock.instant().minus(Duration.ofMinutes(20 + i)).truncatedTo(ChronoUnit.SECONDS));
			this.jdbc.sql("UPDATE story SET section = ?, summary = ? WHERE id = ?")
				.params(section,
						"What happened in the town this week, who had a part in it, and what comes next. Seen by "
								+ TestNewsroom.words(),
						story)
				.update();
		}
		PickingRules usual = PickingRules.DEFAULT;
		this.newsletters.changeRules(newsletter.id(), new PickingRules(usual.weights(), usual.halfLife(), sections,
				usual.sectionMost(), usual.kinds(), usual.minimum(), usual.slowNews()));
		String reader = TestNewsroom.address("judged");
		String another = TestNewsroom.address("judged");
		newsroom.reader(newsletter, reader);
		newsroom.reader(newsletter, another);
		LocalDate today = now.toLocalDate();
		long run = this.digests.send(newsletter.slug(), today, 1, "test");
		await().until(() -> !this.runs.find(run).orElseThrow().isRunning());
		assertThat(this.runs.find(run).orElseThrow().status()).isEqualTo("COMPLETED");
		assertThat(feedbackId(asItLeft(reader))).as("D14").isEqualTo(feedbackId(asItLeft(another)));
		return asItLeft(reader);
	}

	private static String feedbackId(byte[] message) {
		Matcher header = Pattern.compile("(?m)^Feedback-ID: (.*)$")
			.matcher(new String(message, StandardCharsets.ISO_8859_1));
		assertThat(header.find()).isTrue();
		String value = header.group(1);
		assertThat(header.find()).as("one only").isFalse();
		return value;
	}

	private byte[] confirmationMail() {
		String reader = TestNewsroom.address("judged");
		HttpRequest form = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/subscribe"))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.header("X-Forwarded-For", "10.77.1.2")
			.POST(HttpRequest.BodyPublishers
				.ofString("consent=true&email=" + URLEncoder.encode(reader, StandardCharsets.UTF_8)))
			.build();
		try {
			HttpResponse<String> answer = HttpClient.newHttpClient().send(form, HttpResponse.BodyHandlers.ofString());
			assertThat(answer.statusCode()).as(answer.body()).isLessThan(400);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
		TestRelay.get().awaitTo(reader);
		return asItLeft(reader);
	}

	/** Without what the first relay wrote on top of it. */
	private static byte[] asItLeft(String reader) {
		byte[] received = TestRelay.get().received(reader).get(0).bytes();
		String text = new String(received, StandardCharsets.ISO_8859_1);
		assertThat(text).contains("DKIM-Signature: ");
		return text.substring(text.indexOf("DKIM-Signature: ")).getBytes(StandardCharsets.ISO_8859_1);
	}

	private List<Path> all() {
		List<Path> all = new ArrayList<>(this.editions);
		all.add(this.confirmation);
		return all;
	}

	private Path tampered(String name, UnaryOperator<String> change) throws IOException {
		return Files.writeString(this.folder.resolve(name + ".eml"), change.apply(text(this.editions.get(0))),
				StandardCharsets.ISO_8859_1);
	}

	private Judge.Answer dkimpy(List<Path> messages) throws IOException {
		Path key = Files.writeString(this.folder.resolve("rsa.txt"), TestKeys.record(TestKeys.rsa()));
		Judge.wantThat("python3-dkim", "/usr/bin/python3", "-c", "import dkim");
		List<String> command = new ArrayList<>(
				List.of("/usr/bin/python3", Judge.shared("verify-dkim.py").toString(), RSA_NAME, key.toString()));
		messages.forEach((message) -> command.add(message.toString()));
		return Judge.ask(command);
	}

	private String mailDkim(List<Path> messages) throws IOException {
		Judge.wantThat("libmail-dkim-perl", "perl", "-MMail::DKIM::Verifier", "-e", "1");
		List<String> command = new ArrayList<>(
				List.of("perl", Judge.own("mail-dkim.pl").toString(), records().toString()));
		messages.forEach((message) -> command.add(message.toString()));
		return Judge.ask(command).text();
	}

	private Path records() throws IOException {
		return Files.writeString(this.folder.resolve("records.txt"),
				RSA_NAME + " v=DKIM1; k=rsa; p=" + TestKeys.record(TestKeys.rsa()) + "\n" + ED25519_NAME
						+ " v=DKIM1; k=ed25519; p=" + TestKeys.record(TestKeys.ed25519()) + "\n");
	}

	private static String subject(Path message) throws IOException {
		return text(message).lines().filter((line) -> line.startsWith("Subject: ")).findFirst().orElse("?");
	}

	private static String text(Path message) throws IOException {
		return Files.readString(message, StandardCharsets.ISO_8859_1);
	}

}
