package dev.postrider.desk.web;

import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;

import dev.postrider.newsletter.Newsletters;
import dev.postrider.staff.Audit;
import dev.postrider.story.Source;
import dev.postrider.story.SourceException;
import dev.postrider.story.Sources;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The feeds that stories come from: look, test, add, remove.
 */
@Controller
@RequestMapping("/desk/sources")
class SourcesController {

	private static final int SHOWN = 10;

	private final Sources sources;

	private final Newsletters newsletters;

	private final Audit audit;

	private final Clock clock;

	SourcesController(Sources sources, Newsletters newsletters, Audit audit, Clock clock) {
		this.sources = sources;
		this.newsletters = newsletters;
		this.audit = audit;
		this.clock = clock;
	}

	@GetMapping
	String sources(Model model) {
		return show("", "", null, model);
	}

	/** Reads a feed and shows what it would give; stores nothing. */
	@PostMapping("/test")
	String test(@RequestParam(defaultValue = "") String url, @RequestParam(defaultValue = "") String section,
			Model model, HttpServletResponse response) {
		try {
			Sources.Preview preview = this.sources.test(required(url));
			model.addAttribute("preview", preview);
			model.addAttribute("count", Times.counted(preview.headlines().size(), "story"));
			model.addAttribute("headlines", preview.headlines().stream().limit(SHOWN).toList());
			return show(url, section, null, model);
		}
		catch (SourceException ex) {
			response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
			return show(url, section, ex.getMessage(), model);
		}
	}

	@PostMapping
	String add(@RequestParam(defaultValue = "") String url, @RequestParam(defaultValue = "") String section,
			Model model, RedirectAttributes redirect, HttpServletResponse response) {
		try {
			Source source = this.sources.add(required(url), section.isBlank() ? null : section.strip());
			this.audit.record("source.add", source.label(), source.section());
			this.sources.poll(false);
			redirect.addFlashAttribute("notice",
					"Added " + SourceView.name(this.sources.find(source.id()).orElse(source)) + ".");
			return "redirect:/desk/sources";
		}
		catch (SourceException ex) {
			response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
			return show(url, section, ex.getMessage(), model);
		}
	}

	@PostMapping("/poll")
	String poll(RedirectAttributes redirect) {
		Sources.Poll poll = this.sources.poll(true);
		this.audit.record("source.poll", "all", null);
		String failed = (poll.failed() > 0) ? " " + Times.counted(poll.failed(), "source") + " could not be read." : "";
		redirect.addFlashAttribute((poll.failed() > 0) ? "failure" : "notice",
				"Asked " + Times.counted(poll.polled(), "source") + ": " + Times.counted(poll.added(), "new story")
						+ ", " + poll.changed() + " changed." + failed);
		return "redirect:/desk/sources";
	}

	@PostMapping("/{id}/remove")
	String remove(@PathVariable long id, RedirectAttributes redirect) {
		this.sources.find(id).ifPresent((source) -> {
			this.sources.remove(id);
			this.audit.record("source.remove", source.label(), null);
			redirect.addFlashAttribute("notice", "Removed " + SourceView.name(source) + ". Its stories stay.");
		});
		return "redirect:/desk/sources";
	}

	private String show(String url, String section, @Nullable String error, Model model) {
		ZoneId zone = this.newsletters.all().stream().findFirst().map((each) -> each.zone()).orElse(ZoneOffset.UTC);
		Times times = new Times(this.clock.instant(), zone);
		model.addAttribute("sources",
				this.sources.all().stream().map((source) -> SourceView.of(source, times)).toList());
		model.addAttribute("url", url);
		model.addAttribute("section", section);
		model.addAttribute("error", error);
		return "desk/sources";
	}

	private static String required(String url) {
		if (url.isBlank()) {
			throw new SourceException("Enter the feed's address, such as https://news.example/feed.xml.");
		}
		return url.strip();
	}

}
