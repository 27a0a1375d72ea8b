package dev.postrider.desk.web;

import dev.postrider.newsletter.Newsletters;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Whether new readers are mailed the latest edition, for programs.
 */
@RestController
@RequestMapping("/api/v1/newsletters/{slug}/welcome")
class WelcomeApi {

	private final Editing editing;

	private final Newsletters newsletters;

	private final WelcomeSwitch welcome;

	WelcomeApi(Editing editing, Newsletters newsletters, WelcomeSwitch welcome) {
		this.editing = editing;
		this.newsletters = newsletters;
		this.welcome = welcome;
	}

	@GetMapping
	Body welcome(@PathVariable String slug) {
		return new Body(this.newsletters.welcomes(this.editing.newsletter(slug).id()));
	}

	/** Holds for who confirms from now on. */
	@PutMapping
	Body change(@PathVariable String slug, @Valid @RequestBody Body body) {
		this.welcome.change(this.editing.newsletter(slug), Boolean.TRUE.equals(body.latestEdition()));
		return welcome(slug);
	}

	/**
	 * What a new reader is mailed.
	 *
	 * @param latestEdition whether it is the latest edition, at once
	 */
	record Body(@NotNull @Nullable Boolean latestEdition) {
	}

}
