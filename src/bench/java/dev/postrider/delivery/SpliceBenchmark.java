package dev.postrider.delivery;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionRenderer;
import dev.postrider.edition.EditionStatus;
import dev.postrider.edition.TopicVariants;
import dev.postrider.mail.Header;
import dev.postrider.mail.Letter;
import dev.postrider.mail.MailWords;
import dev.postrider.mail.MessageTemplate;
import dev.postrider.mail.PublicUrl;
import dev.postrider.mail.ReaderField;
import dev.postrider.mail.TokenSigner;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.subscription.ReaderLinks;
import dev.postrider.testing.Figures;
import dev.postrider.testing.PostriderTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

/**
 * {@code mvn -q -Pbench verify -Dbench=splice}: messages a second that one thread makes
 * for readers, 20 KB each. {@code splice} writes given values into an encoded letter,
 * {@code splice-base64} the same in a script that is not Latin; {@code splice-whole} makes
 * them as the digest does, with each reader's signed links, {@code Message-ID} and
 * envelope sender.
 */
@Tag("bench")
@Tag("splice")
@PostriderTest
class SpliceBenchmark {

	private static final int SIZE = 20_000;

	private static final Instant NOW = Instant.parse("2026-11-23T06:00:00Z");

	private static final Newsletter NEWSLETTER = new Newsletter(1, "highlights", "The Herald", "News", "The Herald",
			"news@herald.example", null, "1 Quay", Set.of(DayOfWeek.MONDAY), LocalTime.of(7, 0),
			ZoneId.of("Europe/Berlin"), "en", "front-page", 7, Duration.ofDays(3), Duration.ofHours(12));

	private static final Edition EDITION = new Edition(42, 1, LocalDate.of(2026, 11, 23), 1, EditionStatus.SENDING,
			null, "Subject", "", null, NOW, NOW, null, NOW, NOW, null, null, 1, List.of());

	private static final PublicUrl URL = new PublicUrl(URI.create("https://newsletters.herald.example"));

	@Autowired
	private TokenSigner signer;

	@Autowired
	private ReaderLinks links;

	@Autowired
	private MailWords words;

	@Autowired
	private MessageIds ids;

	@Autowired
	private BounceAddresses bounces;

	@Test
	void splice() {
		given("splice", letter("The first ferries left at dawn, and by noon the harbour was full again. "));
		given("splice-base64", letter("غادرت العبارات الأولى عند الفجر، وبحلول الظهر امتلأ الميناء من جديد. "));
		whole();
	}

	private void given(String name, Letter letter) {
		MessageTemplate template = new MessageTemplate(common(), letter);
		Map<ReaderField, String> values = new HashMap<>();
		ReaderField.BUILT_IN.forEach((field) -> values.put(field, field.key().endsWith("Url")
				? "https://newsletters.herald.example/page/QWxsIG91ciByZWFkZXJzIGhhdmUgbGlua3MgbGlrZSB0aGlz" : "José & Ada"));
		measure(name, (reader) -> template.copy(
				EditionHeaders.own("reader" + reader + "@readers.example", "<" + reader + "@herald.example>",
						"https://newsletters.herald.example/unsubscribe/QWxsIG91ciByZWFkZXJzIGhhdmUgbGlua3M"),
				values));
	}

	private void whole() {
		Letter body = letter("The first ferries left at dawn, and by noon the harbour was full again. ");
		EditionMessages messages = new EditionMessages(EDITION, NEWSLETTER,
				(variant) -> java.util.Optional
					.of(new EditionRenderer.Variant(1, TopicVariants.EDITION, "en", "front-page", body)),
				common(), new ReaderValues(EDITION, NEWSLETTER, Map.of(), URL, this.links, this.words), this.ids, this.bounces,
				"bounce.herald.example");
		measure("splice-whole", (reader) -> {
			messages.envelopeSender(reader);
			return messages.copy(1,
					new EditionReader(reader, 0, "reader" + reader + "@readers.example", "José & Ada", null, Map.of()));
		});
	}

	/**
	 * On this one thread: four seconds to warm up, then five that count; by the clock, and
	 * by the time a core worked for it, which other programs do not change.
	 */
	private static void measure(String name, IntFunction<byte[]> message) {
		run(message, 4);
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		long from = System.nanoTime();
		long worked = threads.getCurrentThreadCpuTime();
		long[] done = run(message, 5);
		double seconds = (System.nanoTime() - from) / 1e9;
		double core = (threads.getCurrentThreadCpuTime() - worked) / 1e9;
		Figures.of(name)
			.add("messages_per_second", done[0] / seconds)
			.add("messages_per_core_second", done[0] / core)
			.add("bytes_per_message", done[1] / done[0])
			.add("messages", done[0])
			.print();
	}

	private static long[] run(IntFunction<byte[]> message, int seconds) {
		long end = System.nanoTime() + seconds * 1_000_000_000L;
		long messages = 0;
		long bytes = 0;
		while (System.nanoTime() - end < 0) {
			for (int i = 0; i < 200; i++) {
				bytes += message.apply((int) (++messages & 0xFFFFFF)).length;
			}
		}
		return new long[] { messages, bytes };
	}

	private static List<Header> common() {
		return EditionHeaders.common(EDITION, NEWSLETTER, URL, NOW);
	}

	/** As much text as makes 20 KB once it is encoded, with the fields of a real footer. */
	private static Letter letter(String words) {
		int repeats = 1;
		Letter letter = letter(words, repeats);
		Map<ReaderField, String> none = new HashMap<>();
		ReaderField.BUILT_IN.forEach((field) -> none.put(field, ""));
		while (new MessageTemplate(common(), letter).copy(List.of(), none).length < SIZE - 700) {
			letter = letter(words, ++repeats);
		}
		return letter;
	}

	private static Letter letter(String words, int repeats) {
		StringBuilder html = new StringBuilder("<!doctype html><html><body><p>Dear " + ReaderField.NAME.token() + "</p>");
		StringBuilder text = new StringBuilder("Dear " + ReaderField.NAME.token() + ",\n\n");
		for (int i = 0; i < repeats; i++) {
			html.append("<p>").append(words.repeat(3)).append("</p>\n");
			text.append(words).append('\n');
		}
		html.append("<p>You get this because ").append(ReaderField.EMAIL.token()).append(" signed up.");
		for (ReaderField link : List.of(ReaderField.PREFERENCES_URL, ReaderField.UNSUBSCRIBE_URL, ReaderField.ONLINE_URL)) {
			html.append(" <a href=\"").append(link.token()).append("\">Go</a>");
			text.append("Go: ").append(link.token()).append('\n');
		}
		return new Letter("The harbour is open again", html + "</p></body></html>", text.toString());
	}

}
