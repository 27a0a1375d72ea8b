package dev.postrider.story.feed;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import dev.postrider.story.Story;
import org.jdom2.Element;
import org.jspecify.annotations.Nullable;

/**
 * What an item shows and plays: Media RSS, enclosures, iTunes, and pictures in its text.
 */
final class ItemMedia {

	private final Element item;

	private final URI base;

	private final List<Element> contents = new ArrayList<>();

	private final List<Element> thumbnails = new ArrayList<>();

	private final List<Element> enclosures;

	ItemMedia(Element item, URI base) {
		this.item = item;
		this.base = base;
		collect(item);
		this.enclosures = Stream
			.concat(XmlTree.children(item, "enclosure"),
					XmlTree.children(item, "link").filter((link) -> "enclosure".equals(XmlTree.attribute(link, "rel"))))
			.toList();
	}

	/** Media RSS nests: group, content and thumbnail may lie in one another. */
	private void collect(Element parent) {
		XmlTree.children(parent, "group").forEach(this::collect);
		XmlTree.children(parent, "content")
			.filter((content) -> XmlTree.attribute(content, "url") != null)
			.forEach((content) -> {
				this.contents.add(content);
				collect(content);
			});
		XmlTree.children(parent, "thumbnail").forEach(this.thumbnails::add);
	}

	/** What is enclosed, of whatever kind. */
	List<Element> enclosures() {
		return this.enclosures;
	}

	/** Where the first enclosure lies, of whatever kind. */
	Optional<URI> enclosure() {
		return this.enclosures.stream().flatMap((enclosure) -> address(enclosure).stream()).findFirst();
	}

	/**
	 * The picture: what the feed declares as one, the widest first, before what merely
	 * stands in the text.
	 */
	Story.@Nullable Image image(List<String> html) {
		Stream<Element> declared = Stream.of(
				this.contents.stream()
					.filter((content) -> isKind(content, "image", "jpe?g|png|gif|webp|avif"))
					.sorted(widest()),
				this.enclosures.stream().filter((enclosure) -> isKind(enclosure, "image", "jpe?g|png|gif|webp|avif")),
				XmlTree.children(this.item, "image"), this.thumbnails.stream().sorted(widest()))
			.flatMap((group) -> group);
		return declared.flatMap((element) -> image(element).stream())
			.findFirst()
			.or(() -> html.stream().flatMap((text) -> TextImages.first(text, this.base).stream()).findFirst())
			.orElse(null);
	}

	Story.@Nullable Audio audio() {
		return Stream.concat(this.enclosures.stream(), this.contents.stream())
			.filter((element) -> isKind(element, "audio", "mp3|m4a|ogg|oga|opus|aac"))
			.flatMap((element) -> address(element)
				.map((uri) -> new Story.Audio(uri.toString(), length(XmlTree.attribute(element, "duration"))))
				.stream())
			.findFirst()
			.orElse(null);
	}

	private @Nullable Duration length(@Nullable String seconds) {
		String text = XmlTree.text(this.item, "duration").orElse((seconds != null) ? seconds : "");
		if (!text.matches("\\d{1,6}(:\\d{1,2}){0,2}(\\.\\d+)?")) {
			return null;
		}
		long total = 0;
		for (String part : text.replaceFirst("\\..*", "").split(":")) {
			total = total * 60 + Long.parseLong(part);
		}
		return (total > 0) ? Duration.ofSeconds(total) : null;
	}

	private Optional<Story.Image> image(Element element) {
		Integer width = XmlTree.number(element, "width");
		Integer height = XmlTree.number(element, "height");
		return address(element).filter((uri) -> isVisible(width, 2) && isVisible(height, 2))
			.map((uri) -> new Story.Image(uri.toString(), beside(element, "description", "title"),
					blankToNull(beside(element, "credit", "copyright")), width, height, false));
	}

	/** Words about a picture stand in it, or in the group around it. */
	private String beside(Element element, String... names) {
		for (Element at = element; at != null && at != this.item; at = at.getParentElement()) {
			for (String name : names) {
				Optional<String> text = XmlTree.text(at, name);
				if (text.isPresent()) {
					return PlainText.of(text.get());
				}
			}
		}
		// An item's own description and title are the story's, its credit is the
		// picture's.
		return XmlTree.text(this.item, names[0])
			.filter((text) -> names[0].equals("credit"))
			.map(PlainText::of)
			.orElse("");
	}

	private Optional<URI> address(Element element) {
		String url = XmlTree.attribute(element, "url");
		return WebAddress.http((url != null) ? url : XmlTree.attribute(element, "href"),
				XmlTree.base(element, this.base));
	}

	private static boolean isKind(Element element, String kind, String extensions) {
		String type = XmlTree.attribute(element, "type");
		String medium = XmlTree.attribute(element, "medium");
		if (type != null && type.contains("/")) {
			return type.startsWith(kind + "/");
		}
		if (medium != null) {
			return medium.equals(kind);
		}
		String url = XmlTree.attribute(element, "url");
		return url != null && url.toLowerCase(Locale.ROOT).matches("[^?#]*\\.(" + extensions + ")([?#].*)?");
	}

	private static Comparator<Element> widest() {
		return Comparator.comparingInt((Element element) -> {
			Integer width = XmlTree.number(element, "width");
			return (width != null) ? -width : 0;
		});
	}

	static boolean isVisible(@Nullable Integer size, int smallest) {
		return size == null || size >= smallest;
	}

	private static @Nullable String blankToNull(String text) {
		return text.isEmpty() ? null : text;
	}

}
