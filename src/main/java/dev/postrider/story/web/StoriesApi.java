package dev.postrider.story.web;

import java.util.List;

import dev.postrider.staff.Audit;
import dev.postrider.story.Stories;
import dev.postrider.story.Story;
import dev.postrider.story.StoryTrail;
import dev.postrider.story.ingest.IncomingStory;
import dev.postrider.story.ingest.StoryWriter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Where content management systems deliver stories.
 */
@RestController
@RequestMapping("/api/v1/stories")
class StoriesApi {

	private final StoryBodies bodies;

	private final Stories stories;

	private final StoryWriter writer;

	private final Audit audit;

	StoriesApi(StoryBodies bodies, Stories stories, StoryWriter writer, Audit audit) {
		this.bodies = bodies;
		this.stories = stories;
		this.writer = writer;
		this.audit = audit;
	}

	/**
	 * Stores one story or an array of them, by their url: unknown ones are created, known
	 * ones become what is sent, a field left out is emptied. All or, if one is wrong,
	 * none.
	 */
	@Operation(summary = "Store stories by their address",
			description = "One story or an array of at most 1000. Unknown ones are created; known ones become what is "
					+ "sent, a field left out is emptied. If one is wrong, nothing is stored.",
			requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true,
					content = @Content(mediaType = "application/json",
							array = @ArraySchema(schema = @Schema(implementation = StoryBody.class)))))
	@ApiResponse(responseCode = "200", description = "Stored",
			content = @Content(schema = @Schema(implementation = StoryWriter.Written.class)))
	@ApiResponse(responseCode = "400", description = "Something is wrong: \"errors\" says where",
			content = @Content(mediaType = "application/problem+json",
					schema = @Schema(implementation = ProblemDetail.class)))
	@PostMapping
	StoryWriter.Written post(@RequestBody JsonNode body) {
		List<IncomingStory> stories = this.bodies.stories(body);
		StoryWriter.Written written = this.writer.write(stories, null);
		this.audit.record("story.write", (stories.size() == 1) ? "1 story" : stories.size() + " stories",
				written.created() + " created, " + written.updated() + " updated, " + written.unchanged()
						+ " unchanged");
		return written;
	}

	/** One story by its address, with what became of it. */
	@Operation(summary = "Look up a story by its address, with its history, the feeds that carry it and its counts")
	@ApiResponse(responseCode = "200", description = "The story")
	@ApiResponse(responseCode = "404", description = "There is no story with this address",
			content = @Content(mediaType = "application/problem+json",
					schema = @Schema(implementation = ProblemDetail.class)))
	@GetMapping
	StoryAnswer get(@RequestParam String url) {
		Story story = known(url);
		return new StoryAnswer(story, this.stories.trail(story.id()));
	}

	/** Takes a story back; it stays known, and no edition picks it any more. */
	@Operation(summary = "Take a story back: no edition picks it any more",
			description = "It stays known. Sending it again by POST brings it back.")
	@ApiResponse(responseCode = "204", description = "It is marked as withdrawn")
	@ApiResponse(responseCode = "404", description = "There is no story with this address",
			content = @Content(mediaType = "application/problem+json",
					schema = @Schema(implementation = ProblemDetail.class)))
	@DeleteMapping
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void withdraw(@RequestParam String url) {
		Story story = known(url);
		this.writer.withdraw(story);
		this.audit.record("story.withdraw", "story " + story.id(), null);
	}

	private Story known(String url) {
		return this.stories.findByUrl(url)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND,
					"There is no story with the address " + url));
	}

	@ExceptionHandler
	ProblemDetail invalid(InvalidStoriesException ex) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, ex.getMessage());
		problem.setTitle("Invalid stories");
		problem.setProperty("errors", ex.errors());
		return problem;
	}

	/**
	 * A story and what became of it.
	 *
	 * @param story as it is now
	 * @param trail what it was before, where it was seen, what readers did with it
	 */
	record StoryAnswer(Story story, StoryTrail trail) {
	}

}
