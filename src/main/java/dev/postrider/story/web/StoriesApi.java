package dev.postrider.story.web;

import java.util.List;

import dev.postrider.staff.Audit;
import dev.postrider.story.ingest.IncomingStory;
import dev.postrider.story.ingest.StoryWriter;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where content management systems deliver stories.
 */
@RestController
@RequestMapping("/api/v1/stories")
class StoriesApi {

	private final StoryBodies bodies;

	private final StoryWriter writer;

	private final Audit audit;

	StoriesApi(StoryBodies bodies, StoryWriter writer, Audit audit) {
		this.bodies = bodies;
		this.writer = writer;
		this.audit = audit;
	}

	/**
	 * Stores one story or an array of them, by their url: unknown ones are created, known
	 * ones become what is sent, a field left out is emptied. All or, if one is wrong,
	 * none.
	 */
	@PostMapping
	StoryWriter.Written post(@RequestBody JsonNode body) {
		List<IncomingStory> stories = this.bodies.read(body);
		StoryWriter.Written written = this.writer.write(stories, null);
		this.audit.record("story.write", (stories.size() == 1) ? "1 story" : stories.size() + " stories",
				written.created() + " created, " + written.updated() + " updated, " + written.unchanged()
						+ " unchanged");
		return written;
	}

	@ExceptionHandler
	ProblemDetail invalid(InvalidStoriesException ex) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, ex.getMessage());
		problem.setTitle("Invalid stories");
		problem.setProperty("errors", ex.errors());
		return problem;
	}

}
