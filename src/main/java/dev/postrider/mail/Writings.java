package dev.postrider.mail;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import dev.postrider.PageWords;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * In which language a reader is written to. Only those count that say everything, so that
 * nothing is half in another language; where none does, it is English.
 */
@Component
public class Writings implements PageWords {

	/** The parameter of a page's address that asks for a language, {@code ?lang=ar}. */
	public static final String PARAMETER = "lang";

	private static final String DEFAULT = "en";

	private final MailWords words;

	Writings(MailWords words) {
		this.words = words;
	}

	/**
	 * The language of a page: the one its address asks for, else the first wish that can
	 * be met, else the browser's. The page's template has it as {@code words},
	 * {@code lang}, {@code dir} and {@code pageLanguages}, and {@code askedLanguage}
	 * where the address asked for it (else empty).
	 * @param request whose answer the page is
	 * @param wishes BCP 47 tags, such as the reader's and the newsletter's
	 */
	public Writing page(HttpServletRequest request, @Nullable String... wishes) {
		Optional<String> asked = Optional.ofNullable(request.getParameter(PARAMETER)).flatMap(this::known);
		String language = asked.or(() -> first(Arrays.stream(wishes)))
			.or(() -> first(accepted(request)))
			.orElse(DEFAULT);
		Writing writing = new Writing(this.words, language);
		request.setAttribute("words", this.words.model(language));
		request.setAttribute("lang", language);
		request.setAttribute("dir", Writing.direction(writing.locale()));
		request.setAttribute("pageLanguages", offered(writing));
		request.setAttribute("askedLanguage", asked.orElse(""));
		return writing;
	}

	/** That of the page which failed, if it had one. */
	@Override
	public void give(HttpServletRequest request) {
		if (request.getAttribute("words") == null) {
			page(request);
		}
	}

	/**
	 * The language of a mail: the first wish that can be met.
	 * @param wishes BCP 47 tags, such as the reader's and the newsletter's
	 */
	public Writing letter(@Nullable String... wishes) {
		return new Writing(this.words, first(Arrays.stream(wishes)).orElse(DEFAULT));
	}

	/** English, for programs and the staff. */
	public Writing english() {
		return new Writing(this.words, DEFAULT);
	}

	private List<Offer> offered(Writing page) {
		return this.words.complete().stream().map((tag) -> {
			Locale language = Locale.forLanguageTag(tag);
			return new Offer(tag, language.getDisplayName(language), tag.equals(page.language()));
		}).toList();
	}

	private Optional<String> first(Stream<@Nullable String> wishes) {
		return wishes.filter(Objects::nonNull).flatMap((wish) -> known(wish).stream()).findFirst();
	}

	/** The language in which a wish is met: {@code ar} for {@code ar-EG}. */
	private Optional<String> known(String wish) {
		String tag = wish.replace('_', '-').toLowerCase(Locale.ROOT);
		return Stream.of(tag, tag.split("-", 2)[0]).filter(this.words.complete()::contains).findFirst();
	}

	private static Stream<@Nullable String> accepted(HttpServletRequest request) {
		return (request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) == null) ? Stream.empty()
				: Collections.list(request.getLocales()).stream().map(Locale::toLanguageTag);
	}

	/**
	 * A language that pages can have.
	 *
	 * @param tag a BCP 47 tag
	 * @param name in that language
	 * @param current whether this page has it
	 */
	public record Offer(String tag, String name, boolean current) {
	}

}
