package dev.postrider.desk.web;

import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;

import dev.postrider.newsletter.Newsletters;
import dev.postrider.story.Stories;
import dev.postrider.story.Story;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/**
 * One story: what it is, where it was seen, and what it was before.
 */
@Controller
class StoryController {

	private final Stories stories;

	private final Newsletters newsletters;

	private final Clock clock;

	StoryController(Stories stories, Newsletters newsletters, Clock clock) {
		this.stories = stories;
		this.newsletters = newsletters;
		this.clock = clock;
	}

	@GetMapping("/desk/stories/{id}")
	String story(@PathVariable long id, Model model) {
		Story story = this.stories.find(id)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no story " + id));
		ZoneId zone = this.newsletters.all().stream().findFirst().map((each) -> each.zone()).orElse(ZoneOffset.UTC);
		Times times = new Times(this.clock.instant(), zone);
		model.addAttribute("story", StoryView.of(story, this.stories.trail(id), times));
		return "desk/story";
	}

}
