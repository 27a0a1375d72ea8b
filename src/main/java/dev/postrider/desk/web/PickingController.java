package dev.postrider.desk.web;

import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.postrider.newsletter.Newsletter;
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
 * How a newsletter's stories are picked: look, try, change, and try on past days.
 */
@Controller
@RequestMapping("/desk/newsletters/{slug}")
class PickingController {

	/** Each day is picked anew. */
	private static final int LONGEST_REPLAY = 31;

	private final Editing editing;

	private final Tuning tuning;

	private final Clock clock;

	PickingController(Editing editing, Tuning tuning, Clock clock) {
		this.editing = editing;
		this.tuning = tuning;
		this.clock = clock;
	}

	@GetMapping("/picking")
	String picking(@PathVariable String slug, Model model) {
		Newsletter newsletter = this.editing.newsletter(slug);
		return show(newsletter, this.tuning.form(newsletter), model);
	}

	@PostMapping("/picking")
	String save(@PathVariable String slug, @RequestParam Map<String, String> fields, Model model,
			RedirectAttributes redirect, HttpServletResponse response) {
		Newsletter newsletter = this.editing.newsletter(slug);
		PickingForm form = PickingForm.typed(fields);
		PickingReading reading = new PickingReading(form);
		if (reading.settings().isEmpty()) {
			response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
			return show(newsletter, form.with(reading.errors()), model);
		}
		this.tuning.save(newsletter, reading.settings().get());
		redirect.addFlashAttribute("notice", "Saved. Editions composed from now on are picked like this.");
		return "redirect:/desk/newsletters/" + slug + "/picking";
	}

	/** Shows what the next edition would carry; stores nothing. */
	@PostMapping("/picking/preview")
	String preview(@PathVariable String slug, @RequestParam Map<String, String> fields, Model model,
			HttpServletResponse response) {
		Newsletter newsletter = this.editing.newsletter(slug);
		PickingForm form = PickingForm.typed(fields);
		PickingReading reading = new PickingReading(form);
		if (reading.settings().isEmpty()) {
			response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
			return show(newsletter, form.with(reading.errors()), model);
		}
		model.addAttribute("preview", this.tuning.preview(newsletter, reading.settings().get()));
		return show(newsletter, form, model);
	}

	/** Shows what past days would have carried; stores nothing. */
	@GetMapping("/replay")
	String replay(@PathVariable String slug, @RequestParam Map<String, String> fields, Model model,
			HttpServletResponse response) {
		Newsletter newsletter = this.editing.newsletter(slug);
		LocalDate today = Times.of(newsletter, this.clock.instant()).today();
		boolean asked = fields.containsKey("from");
		String from = fields.getOrDefault("from", today.minusDays(7).toString());
		String to = fields.getOrDefault("to", from.isBlank() ? "" : asked ? from : today.minusDays(1).toString());
		PickingForm form = fields.containsKey("stories") ? PickingForm.typed(fields) : this.tuning.form(newsletter);
		model.addAttribute("from", from);
		model.addAttribute("to", to);
		model.addAttribute("today", today.toString());
		if (asked) {
			PickingReading reading = new PickingReading(form);
			Map<String, String> errors = new LinkedHashMap<>(reading.errors());
			LocalDate first = day("from", from, today, errors);
			LocalDate last = (to.isBlank() || to.equals(from)) ? first : day("to", to, today, errors);
			if (first != null && last != null && last.isBefore(first)) {
				errors.put("to", "This is before the first day. Choose that day or a later one.");
			}
			else if (first != null && last != null && ChronoUnit.DAYS.between(first, last) >= LONGEST_REPLAY) {
				errors.put("to", "These are more than " + LONGEST_REPLAY + " days. Choose an earlier last day.");
			}
			form = form.with(errors);
			if (first != null && last != null && errors.isEmpty()) {
				model.addAttribute("days",
						this.tuning.replay(newsletter, reading.settings().orElseThrow(), first, last));
			}
			else {
				response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
			}
		}
		describe(newsletter, form, model);
		return "desk/replay";
	}

	private static @Nullable LocalDate day(String field, String typed, LocalDate today, Map<String, String> errors) {
		try {
			LocalDate day = LocalDate.parse(typed.strip());
			if (!day.isAfter(today)) {
				return day;
			}
			errors.put(field, "That day is still to come. Choose a day that has passed.");
		}
		catch (DateTimeParseException ex) {
			errors.put(field, "Choose a day, such as " + today.minusDays(1) + ".");
		}
		return null;
	}

	private static String show(Newsletter newsletter, PickingForm form, Model model) {
		describe(newsletter, form, model);
		return "desk/picking";
	}

	private static void describe(Newsletter newsletter, PickingForm form, Model model) {
		model.addAttribute("slug", newsletter.slug());
		model.addAttribute("newsletter", newsletter.name());
		model.addAttribute("form", form);
	}

}
