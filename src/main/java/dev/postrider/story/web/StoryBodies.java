package dev.postrider.story.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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

	private final JsonMapper mapper;

	private final Validator validator;

	StoryBodies(JsonMapper mapper, Validator validator) {
		this.mapper = mapper;
		this.validator = validator;
	}

	/** Reads stories to be stored. */
	List<IncomingStory> stories(JsonNode body) {
		return read(body, StoryBody.class, (index, given, mistakes) -> {
			IncomingStory story = given.story();
			if (story.headline().isEmpty()) {
				mistakes.add(new Mistake(index, "headline", "has no words besides its markup"));
			}
			return new Item<>(story.url(), story);
		});
	}

	/** Reads what readers did with stories. */
	List<EngagementBody> engagement(JsonNode body) {
		return read(body, EngagementBody.class, (index, given, mistakes) -> new Item<>(given.canonical(), given));
	}

	private <B, T> List<T> read(JsonNode body, Class<B> type, Taking<B, T> taking) {
		// A field name that is mistyped must not silently lift an embargo.
		ObjectReader reader = this.mapper.readerFor(type).with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
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
		Map<String, T> items = new LinkedHashMap<>();
		Map<String, Integer> first = new HashMap<>();
		for (int i = 0; i < nodes.size(); i++) {
			int index = i;
			Optional<B> given = one(index, nodes.get(i), reader, mistakes);
			given.map((valid) -> taking.take(index, valid, mistakes)).ifPresent((item) -> {
				Integer before = first.putIfAbsent(item.url(), index);
				if (before != null) {
					mistakes.add(new Mistake(index, "url", "is the same story as number " + before));
				}
				items.put(item.url(), item.value());
			});
		}
		if (!mistakes.isEmpty()) {
			throw new InvalidStoriesException(mistakes);
		}
		return List.copyOf(items.values());
	}

	private <B> Optional<B> one(int index, JsonNode node, ObjectReader reader, List<Mistake> mistakes) {
		if (!node.isObject()) {
			mistakes.add(new Mistake(index, "", "is not a JSON object"));
			return Optional.empty();
		}
		try {
			B body = reader.readValue(node);
			List<Mistake> invalid = this.validator.validate(body)
				.stream()
				.map((violation) -> new Mistake(index,
						violation.getPropertyPath().toString().replace(".<list element>", ""), violation.getMessage()))
				.sorted(Comparator.comparing(Mistake::field))
				.toList();
			mistakes.addAll(invalid);
			return invalid.isEmpty() ? Optional.of(body) : Optional.empty();
		}
		catch (JacksonException ex) {
			mistakes.add(new Mistake(index, path(ex), words(ex)));
			return Optional.empty();
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
			return "is not a field that is known here";
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

	/** Makes what is stored of what was sent, or says what is wrong with it. */
	private interface Taking<B, T> {

		Item<T> take(int index, B given, List<Mistake> mistakes);

	}

	private record Item<T>(String url, T value) {
	}

}
