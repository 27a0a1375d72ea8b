package dev.postrider.delivery;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

import dev.postrider.edition.Edition;
import dev.postrider.edition.EditionStatus;
import dev.postrider.mail.Letter;
import dev.postrider.mail.MessageTemplate;
import dev.postrider.mail.PublicUrl;
import dev.postrider.newsletter.Newsletter;
import jakarta.mail.Header;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The header fields of an edition's mails, read from the finished message.
 */
class EditionHeadersTests {

	private static final Instant NOW = Instant.parse("2026-11-23T06:00:00Z");

	private static final String UNSUBSCRIBE = "https://news.example/unsubscribe/AbC-_9";

	@Test
	@DisplayName("F1 F7 L2: each field once, and none that is not known")
	void eachFieldOnce() throws Exception {
		MimeMessage message = message(newsletter("The Herald", null));
		List<String> names = java.util.Collections.list(message.getAllHeaders()).stream().map(Header::getName).toList();
		assertThat(names).doesNotHaveDuplicates()
			.containsExactlyInAnyOrder("From", "Reply-To", "To", "Subject", "Date", "Message-ID", "MIME-Version",
					"Content-Type", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "List-Help",
					"List-Subscribe", "List-Owner", "List-Post", "List-Archive", "Feedback-ID", "Auto-Submitted",
					"Precedence", "X-Auto-Response-Suppress");
	}

	@Test
	@DisplayName("F13 C3: From is the one mailbox of the newsletter, answers go where it says")
	void theSender() throws Exception {
		for (String name : List.of("The Herald", "Doe <jane@evil.example>, \"x\"", "Süddeutsche Rundschau", "港口日報")) {
			MimeMessage message = message(newsletter(name, null));
			InternetAddress[] from = InternetAddress.parseHeader(header(message, "From"), true);
			assertThat(from).hasSize(1);
			assertThat(from[0].getAddress()).isEqualTo("news@herald.example");
			assertThat(from[0].getPersonal()).isEqualTo(name);
			assertThat(header(message, "Reply-To")).isEqualTo("news@herald.example");
		}
		assertThat(header(message(newsletter("The Herald", "desk@herald.example")), "Reply-To"))
			.isEqualTo("desk@herald.example");
	}

	@Test
	@DisplayName("F15 F16 F18: programs do not answer, and it answers nobody")
	void noAnswersFromPrograms() throws Exception {
		MimeMessage message = message(newsletter("The Herald", null));
		assertThat(header(message, "Auto-Submitted")).isEqualTo("auto-generated");
		assertThat(header(message, "Precedence")).isEqualTo("bulk");
		assertThat(header(message, "X-Auto-Response-Suppress")).isEqualTo("OOF, AutoReply");
		assertThat(message.getHeader("In-Reply-To")).isNull();
		assertThat(message.getHeader("References")).isNull();
	}

	@Test
	@DisplayName("L1: the list's id is the newsletter's, whatever its name, and never changes")
	void theListId() throws Exception {
		Set<String> ids = new HashSet<>();
		for (String name : List.of("The Herald", "Herald, \"the\" <other.example>", "港口日報")) {
			String id = header(message(newsletter(name, null)), "List-Id");
			assertThat(id).endsWith(" <highlights.herald.example>");
			ids.add(id.substring(id.lastIndexOf('<')));
			assertThat(InternetAddress.parseHeader(id.replace("highlights.", "highlights@"), true)[0].getPersonal())
				.isEqualTo(name);
		}
		assertThat(ids).hasSize(1).allSatisfy((id) -> assertThat(id.length()).isLessThanOrEqualTo(255));
	}

	@Test
	@DisplayName("L2 L3 L4: list fields are addresses in angle brackets; help, owner, archive, and no posting")
	void theListFields() throws Exception {
		MimeMessage message = message(newsletter("The Herald", "desk@herald.example"));
		for (String name : List.of("List-Help", "List-Subscribe", "List-Owner", "List-Archive", "List-Unsubscribe")) {
			String value = header(message, name);
			assertThat(value).as(name).matches("<[!-;=?-~]+>");
			URI uri = URI.create(value.substring(1, value.length() - 1));
			assertThat(uri.getScheme()).as(name).isIn("https", "mailto");
		}
		assertThat(header(message, "List-Help")).isEqualTo("<https://news.example/?newsletter=highlights>");
		assertThat(header(message, "List-Owner")).isEqualTo("<mailto:desk@herald.example>");
		assertThat(header(message, "List-Archive")).isEqualTo("<https://news.example/editions/highlights>");
		assertThat(header(message, "List-Post")).isEqualTo("NO");
	}

	@Test
	@DisplayName("L5 L6: one https address to unsubscribe, with one click")
	void oneClick() throws Exception {
		MimeMessage message = message(newsletter("The Herald", null));
		assertThat(header(message, "List-Unsubscribe")).isEqualTo("<" + UNSUBSCRIBE + ">").containsOnlyOnce("https:");
		assertThat(header(message, "List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
	}

	@Test
	@DisplayName("D14: Feedback-ID has four different parts, the last a sender's name that never changes, none a reader's")
	void theFeedbackId() throws Exception {
		String id = header(message(newsletter("The Herald", null)), "Feedback-ID");
		String[] parts = id.split(":");
		assertThat(parts).hasSize(4).doesNotHaveDuplicates();
		assertThat(parts[3]).matches("[a-z0-9]{5,15}").isEqualTo("heraldexamplene");
		assertThat(id).doesNotContain("ada", "42");
	}

	@Test
	@DisplayName("F3 F14: lines are short but for an address that cannot be folded; the date is the moment")
	void linesAndDate() throws Exception {
		String name = "Ein Name aus sehr vielen Wörtern, der länger ist, als irgendeine Zeile in einem Kopf je sein sollte";
		byte[] bytes = bytes(newsletter(name, null));
		String head = new String(bytes, java.nio.charset.StandardCharsets.US_ASCII);
		assertThat(Arrays.stream(head.substring(0, head.indexOf("\r\n\r\n")).split("\r\n")))
			.allSatisfy((line) -> assertThat(line.length()).isLessThanOrEqualTo(78));
		assertThat(message(newsletter(name, null)).getSentDate().toInstant()).isEqualTo(NOW);
	}

	private static String header(MimeMessage message, String name) throws Exception {
		return jakarta.mail.internet.MimeUtility.unfold(message.getHeader(name, null));
	}

	private static MimeMessage message(Newsletter newsletter) throws Exception {
		return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes(newsletter)));
	}

	private static byte[] bytes(Newsletter newsletter) {
		Edition edition = new Edition(42, 1, LocalDate.of(2026, 11, 23), 1, EditionStatus.SENDING, null, "Subject", "",
				null, NOW, NOW, null, NOW, NOW, null, null, 1, List.of());
		PublicUrl url = new PublicUrl(URI.create("https://news.example"));
		return new MessageTemplate(EditionHeaders.common(edition, newsletter, url, NOW),
				new Letter("Subject", "<p>Hello", "Hello"))
			.copy(EditionHeaders.own("ada@example.org", "<abc@herald.example>", UNSUBSCRIBE), Map.of());
	}

	private static Newsletter newsletter(String name, @Nullable String replyTo) {
		return new Newsletter(1, "highlights", name, "For a test", name, "news@herald.example", replyTo, "1 Quay",
				Set.of(DayOfWeek.MONDAY), LocalTime.of(7, 0), ZoneId.of("Europe/Berlin"), "en", "front-page", 7,
				Duration.ofDays(3), Duration.ofHours(12));
	}

}
