package dev.postrider.demo.mailbox;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.server.ResponseStatusException;

/**
 * Shows all mail the demo has sent: a list, and each mail as HTML, text, headers and
 * source.
 */
@Controller
@Profile("demo")
@ConditionalOnBooleanProperty("postrider.demo.embedded-mail")
class MailboxController {

	private static final int PAGE = 50;

	private static final String PAGE_POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; "
			+ "frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

	/** A mail may show pictures and style itself; it may not run anything. */
	private static final String MAIL_POLICY = "sandbox allow-popups allow-popups-to-escape-sandbox; "
			+ "default-src 'none'; img-src * data:; style-src 'unsafe-inline'; frame-ancestors 'self'";

	private final Mailbox mailbox;

	private final DateTimeFormatter time;

	MailboxController(Mailbox mailbox, @Value("${postrider.newsletter.time-zone}") ZoneId zone) {
		this.mailbox = mailbox;
		this.time = DateTimeFormatter.ofPattern("EEE d MMMM, HH:mm:ss", Locale.UK).withZone(zone);
	}

	@GetMapping("/mailbox")
	String list(@RequestParam(defaultValue = "") String q, @RequestParam(required = false) @Nullable Long before,
			Model model, HttpServletResponse response) {
		response.setHeader("Content-Security-Policy", PAGE_POLICY);
		List<StoredMail> mails = this.mailbox.list(q, before, PAGE + 1);
		model.addAttribute("q", q);
		model.addAttribute("count", this.mailbox.count(q));
		model.addAttribute("zone", String.valueOf(this.time.getZone()));
		model.addAttribute("rows",
				mails.stream().limit(PAGE).map((mail) -> new Row(mail, this.time.format(mail.receivedAt()))).toList());
		if (mails.size() > PAGE) {
			model.addAttribute("older", mails.get(PAGE - 1).id());
		}
		return "demo/mailbox";
	}

	@GetMapping("/mailbox/{id:\\d+}")
	String mail(@PathVariable long id, @RequestParam(defaultValue = "mail") String view, Model model,
			HttpServletResponse response) {
		response.setHeader("Content-Security-Policy", PAGE_POLICY);
		StoredMail mail = find(id);
		MailParts parts = parts(id);
		model.addAttribute("row", new Row(mail, this.time.format(mail.receivedAt())));
		model.addAttribute("zone", String.valueOf(this.time.getZone()));
		model.addAttribute("hasHtml", parts.html().isPresent());
		model.addAttribute("view", (parts.html().isEmpty() && view.equals("mail")) ? "text" : view);
		model.addAttribute("text", Piece.split(parts.text().orElse("")));
		model.addAttribute("headers", parts.headers());
		model.addAttribute("source", new String(this.mailbox.source(id), StandardCharsets.UTF_8));
		this.mailbox.find(id - 1).ifPresent((older) -> model.addAttribute("older", older.id()));
		this.mailbox.find(id + 1).ifPresent((newer) -> model.addAttribute("newer", newer.id()));
		return "demo/mail";
	}

	/** The HTML part alone, for the frame on the page above. Its links open a new tab. */
	@GetMapping(value = "/mailbox/{id:\\d+}/html", produces = "text/html;charset=UTF-8")
	ResponseEntity<String> html(@PathVariable long id) {
		find(id);
		String html = parts(id).html().orElseThrow(MailboxController::notFound);
		return ResponseEntity.ok()
			.header("Content-Security-Policy", MAIL_POLICY)
			.body(html.replaceFirst("(?i)<head([^>]*)>", "<head$1><base target=\"_blank\">"));
	}

	/** A mail as it came in, to save or to read by a script. */
	@GetMapping("/mailbox/{id:\\d+}.eml")
	ResponseEntity<byte[]> source(@PathVariable long id) {
		find(id);
		return ResponseEntity.ok()
			.contentType(MediaType.parseMediaType("message/rfc822"))
			.body(this.mailbox.source(id));
	}

	/** The list for scripts. */
	@GetMapping(value = "/mailbox.json", produces = MediaType.APPLICATION_JSON_VALUE)
	@ResponseBody
	Listing json(@RequestParam(defaultValue = "") String q, @RequestParam(required = false) @Nullable Long before,
			@RequestParam(defaultValue = "100") int limit) {
		int most = Math.max(1, Math.min(limit, 1000));
		List<StoredMail> mails = this.mailbox.list(q, before, most + 1);
		Long next = (mails.size() > most) ? mails.get(most - 1).id() : null;
		return new Listing(this.mailbox.count(q), mails.stream().limit(most).toList(), next);
	}

	private StoredMail find(long id) {
		return this.mailbox.find(id).orElseThrow(MailboxController::notFound);
	}

	private MailParts parts(long id) {
		return MailParts.of(this.mailbox.source(id));
	}

	private static ResponseStatusException notFound() {
		return new ResponseStatusException(HttpStatus.NOT_FOUND);
	}

	/**
	 * A line of the list.
	 *
	 * @param mail what
	 * @param time when it came, in words
	 */
	public record Row(StoredMail mail, String time) {
	}

	/**
	 * Words of a plain text, or an address in it.
	 *
	 * @param words as they stand
	 * @param isLink whether they are an address
	 */
	public record Piece(String words, boolean isLink) {

		private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s<>]+");

		static List<Piece> split(String text) {
			List<Piece> pieces = new ArrayList<>();
			Matcher address = ADDRESS.matcher(text);
			int from = 0;
			while (address.find()) {
				pieces.add(new Piece(text.substring(from, address.start()), false));
				pieces.add(new Piece(address.group(), true));
				from = address.end();
			}
			pieces.add(new Piece(text.substring(from), false));
			return text.isEmpty() ? List.of() : pieces;
		}

	}

	/**
	 * The list for scripts.
	 *
	 * @param count all that match
	 * @param items newest first
	 * @param next ask for the rest with {@code before} set to this
	 */
	public record Listing(int count, List<StoredMail> items, @Nullable Long next) {
	}

}
