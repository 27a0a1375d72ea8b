package dev.postrider.story.web;

import java.util.List;

import dev.postrider.staff.Audit;
import dev.postrider.story.ingest.EngagementWriter;
import dev.postrider.story.web.InvalidStoriesException.Mistake;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where content management systems say what readers of the site do with stories.
 */
@RestController
@RequestMapping("/api/v1/stories/engagement")
class EngagementApi {

	private final StoryBodies bodies;

	private final EngagementWriter writer;

	private final Audit audit;

	EngagementApi(StoryBodies bodies, EngagementWriter writer, Audit audit) {
		this.bodies = bodies;
		this.writer = writer;
		this.audit = audit;
	}

	/** Stores counts; those of stories we do not know are named in the answer. */
	@Operation(summary = "Say how often stories were viewed, commented on and shared",
			description = "One story or an array of at most 1000. Counts are of all time and replace earlier ones; "
					+ "a count left out stays as it was. If one item is wrong, nothing is stored.",
			requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true,
					content = @Content(mediaType = "application/json",
							array = @ArraySchema(schema = @Schema(implementation = EngagementBody.class)))))
	@ApiResponse(responseCode = "200", description = "Stored, but for the addresses of stories that are not known",
			content = @Content(schema = @Schema(implementation = Answer.class)))
	@ApiResponse(responseCode = "400", description = "Something is wrong: \"errors\" says where",
			content = @Content(mediaType = "application/problem+json",
					schema = @Schema(implementation = ProblemDetail.class)))
	@PostMapping
	Answer post(@RequestBody JsonNode body) {
		List<EngagementWriter.Counts> counts = this.bodies.engagement(body)
			.stream()
			.map((item) -> new EngagementWriter.Counts(item.canonical(), item.views(), item.comments(), item.shares()))
			.toList();
		List<String> unknown = this.writer.write(counts);
		int stored = counts.size() - unknown.size();
		this.audit.record("story.engagement", (stored == 1) ? "1 story" : stored + " stories",
				unknown.isEmpty() ? null : unknown.size() + " unknown");
		return new Answer(stored, unknown);
	}

	@ExceptionHandler
	ProblemDetail invalid(InvalidStoriesException ex) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, ex.getMessage());
		problem.setTitle("Invalid engagement");
		List<Mistake> errors = ex.errors();
		problem.setProperty("errors", errors);
		return problem;
	}

	/**
	 * What became of the counts.
	 *
	 * @param stored stories whose counts are known now
	 * @param unknown addresses of stories that are not here
	 */
	record Answer(int stored, List<String> unknown) {
	}

}
