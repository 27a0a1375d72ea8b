package dev.postrider.story.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.postrider.story.StoryKind;
import dev.postrider.story.ingest.IncomingStory;
import dev.postrider.story.web.InvalidStoriesException.Mistake;
import jakarta.validation.Validator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.PropertyBindingException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * Reads a delivery of stories and says of each mistake where it is.
 */
@Component
class StoryBodies {

	private static final int MAX_STORIES = 1000;

	private final ObjectReader reader;

	private final Validator validator;

	StoryBodies(JsonMapper mapper, Validator validator) {
		// A field name that is mistyped must not silently lift an embargo.
		this.reader = mapper.readerFor(StoryBody.class).with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
		this.validator = validator;
	}

	List<IncomingStory> read(JsonNode body) {
		List<JsonNode> nodes = new ArrayList<>();
		if (body.isArray()) {
			body.forEach(nodes::add);
		}
		else {
			nodes.add(body);
		}
		if (nodes.size() > MAX_STORIES) {
			throw new InvalidStoriesException(List.of(new Mistake(MAX_STORIES, "",
					"one delivery carries at most %d stories, this one has %d".formatted(MAX_STORIES, nodes.size()))));
		}
		List<Mistake> mistakes = new ArrayList<>();
		Map<String, IncomingStory> stories = new LinkedHashMap<>();
		Map<String, Integer> first = new HashMap<>();
		for (int i = 0; i < nodes.size(); i++) {
			int index = i;
			one(index, nodes.get(i), mistakes).forEach((story) -> {
				Integer before = first.putIfAbsent(story.url(), index);
				if (before != null) {
					mistakes.add(new Mistake(index, "url", "is the same story as number " + before));
				}
				stories.put(story.url(), story);
			});
		}
		if (!mistakes.isEmpty()) {
			throw new InvalidStoriesException(mistakes);
		}
		return List.copyOf(stories.values());
	}

	private Stream<IncomingStory> one(int index, JsonNode node, List<Mistake> mistakes) {
		if (!node.isObject()) {
			mistakes.add(new Mistake(index, "", "is not a JSON object"));
			return Stream.empty();
		}
		try {
			StoryBody body = this.reader.readValue(node);
			List<Mistake> invalid = this.validator.validate(body)
				.stream()
				.map((violation) -> new Mistake(index,
						violation.getPropertyPath().toString().replace(".<list element>", ""), violation.getMessage()))
				.sorted(Comparator.comparing(Mistake::field))
				.toList();
			mistakes.addAll(invalid);
			if (!invalid.isEmpty()) {
				return Stream.empty();
			}
			IncomingStory story = body.story();
			if (story.headline().isEmpty()) {
				mistakes.add(new Mistake(index, "headline", "has no words besides its markup"));
			}
			return Stream.of(story);
		}
		catch (JacksonException ex) {
			mistakes.add(new Mistake(index, path(ex), words(ex)));
			return Stream.empty();
		}
	}

	private static String path(JacksonException ex) {
		if (!(ex instanceof DatabindException mapping)) {
			return "";
		}
		return mapping.getPath()
			.stream()
			.map((part) -> (part.getPropertyName() != null) ? part.getPropertyName() : "[" + part.getIndex() + "]")
			.collect(Collectors.joining("."))
			.replace(".[", "[");
	}

	private static String words(JacksonException ex) {
		if (ex instanceof PropertyBindingException) {
			return "is not a field of a story";
		}
		if (ex instanceof InvalidFormatException format && StoryKind.class.equals(format.getTargetType())) {
			return "must be one of NEWS, FEATURE, PODCAST, OPINION, LIVE";
		}
		if (ex instanceof InvalidFormatException format
				&& format.getTargetType().getName().equals("java.time.Instant")) {
			return "must be a moment such as 2026-11-23T07:00:00Z";
		}
		return "is not of the right type";
	}

}
