package dev.postrider.monitor.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import dev.postrider.Csv;
import dev.postrider.staff.Audit;
import dev.postrider.subscription.SubscriberDirectory;
import dev.postrider.subscription.SubscriberDirectory.Entry;
import dev.postrider.subscription.SubscriberDirectory.Line;
import dev.postrider.subscription.SubscriberDirectory.Search;
import dev.postrider.subscription.SubscriberStatus;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The list of subscribers: search, and the whole as a file.
 */
@Controller
@RequestMapping("/monitor/subscribers")
class SubscribersController {

	private static final int PAGE = 50;

	private static final List<String> COLUMNS = List.of("email", "name", "status", "newsletter", "days", "topics",
			"subscribed_at", "left_at", "first_seen_at", "status_changed_at", "status_reason");

	private final SubscriberDirectory directory;

	private final SubscriberViews views;

	private final Audit audit;

	SubscribersController(SubscriberDirectory directory, SubscriberViews views, Audit audit) {
		this.directory = directory;
		this.views = views;
		this.audit = audit;
	}

	@GetMapping
	String list(@RequestParam(defaultValue = "") String email,
			@RequestParam(required = false) @Nullable SubscriberStatus status,
			@RequestParam(required = false) @Nullable Long after, Model model) {
		Search search = new Search(email, status);
		List<Entry> found;
		try {
			found = this.directory.search(search, after, PAGE + 1);
		}
		catch (IllegalArgumentException ex) {
			found = List.of();
			model.addAttribute("failure", ex.getMessage());
		}
		List<Entry> page = found.subList(0, Math.min(PAGE, found.size()));
		model.addAttribute("subscribers", page.stream().map(this.views::of).toList());
		model.addAttribute("email", email);
		model.addAttribute("status", (status != null) ? status.name() : "");
		model.addAttribute("statuses",
				Arrays.stream(SubscriberStatus.values())
					.map((it) -> new Choice(it.name(), SubscriberViews.Word.of(it).word()))
					.toList());
		model.addAttribute("first", after == null);
		if (found.size() > PAGE) {
			model.addAttribute("next", page.get(PAGE - 1).id());
		}
		return "monitor/subscribers";
	}

	/**
	 * Streams what a search finds as comma-separated values, in constant memory.
	 */
	@PostMapping("/export")
	void export(@RequestParam(defaultValue = "") String email,
			@RequestParam(required = false) @Nullable SubscriberStatus status, HttpServletResponse response)
			throws IOException {
		this.audit.record("subscriber.export", (status != null) ? "subscribers " + status : "all subscribers",
				email.isBlank() ? null : "of one search by address");
		response.setContentType("text/csv");
		response.setCharacterEncoding(StandardCharsets.UTF_8.name());
		response.setHeader("Content-Disposition", "attachment; filename=\"subscribers.csv\"");
		Writer out = response.getWriter();
		out.write(Csv.line(COLUMNS));
		this.directory.export(new Search(email, status), (line) -> write(out, line));
		out.flush();
	}

	private static void write(Writer out, Line line) {
		Entry subscriber = line.subscriber();
		try {
			out.write(Csv.line(List.of(text(subscriber.email()), text(subscriber.name()), subscriber.status().name(),
					line.newsletter(), String.join(" ", line.days()), String.join(";", line.topics()),
					time(line.subscribedAt()), time(line.leftAt()), time(subscriber.createdAt()),
					time(subscriber.statusChangedAt()), text(subscriber.statusReason()))));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String text(@Nullable String text) {
		return Objects.requireNonNullElse(text, "");
	}

	private static String time(@Nullable Instant time) {
		return (time != null) ? time.toString() : "";
	}

	/**
	 * A status to choose.
	 */
	public record Choice(String value, String word) {
	}

}
