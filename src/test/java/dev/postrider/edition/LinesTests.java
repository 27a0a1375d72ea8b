package dev.postrider.edition;

import java.util.Locale;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LinesTests {

	@Test
	void controlCharactersAndLineBreaksBecomeOneBlank() {
		assertThat(Lines.clean(" Storm\r\nBcc: x@example.org\u0000\u2028 over\u00a0  sea "))
			.isEqualTo("Storm Bcc: x@example.org over sea");
	}

	@Test
	void privateUseCharactersThatMarkReadersFieldsGo() {
		assertThat(Lines.clean("a \uE000unsubscribeUrl\uE001 b")).isEqualTo("a unsubscribeUrl b");
	}

	@Test
	void shortensAfterAWord() {
		assertThat(Lines.shorten("Council votes to keep the night buses, at least until spring", 40))
			.isEqualTo("Council votes to keep the night buses…");
		assertThat(Lines.shorten("Short enough", 40)).isEqualTo("Short enough");
	}

	@Test
	void cutsAWordThatIsTooLongButNoEmojiInTwo() {
		String families = "👩‍👩‍👧‍👦".repeat(30);
		String cut = Lines.shorten(families, 70);
		assertThat(cut).hasSizeLessThanOrEqualTo(70).endsWith("👦…");
	}

	@Test
	void neverLongerThanAskedAndNeverChangesShortLines() {
		Random random = new Random(20261123);
		for (int i = 0; i < 2_000; i++) {
			StringBuilder text = new StringBuilder();
			int length = random.nextInt(300);
			for (int j = 0; j < length; j++) {
				text.appendCodePoint(random.nextInt(4) == 0 ? ' ' : random.nextInt(0x1F700));
			}
			String clean = Lines.clean(text.toString());
			String cut = Lines.shorten(text.toString(), 70);
			assertThat(cut.length()).isLessThanOrEqualTo(70);
			if (clean.length() <= 70) {
				assertThat(cut).isEqualTo(clean);
			}
		}
	}

	@Test
	void wholeSentencesAsManyAsFit() {
		String text = "From March a ship sails. The town paid for the pier. The first two sailings sold out in a morning.";
		assertThat(Lines.sentences(text, 60, Locale.ENGLISH))
			.isEqualTo("From March a ship sails. The town paid for the pier.");
		assertThat(Lines.sentences(text, 30, Locale.ENGLISH)).isEqualTo("From March a ship sails.");
		assertThat(Lines.sentences(text, 15, Locale.ENGLISH)).isEqualTo("From March a…");
		assertThat(Lines.sentences(text, 500, Locale.ENGLISH)).isEqualTo(text);
		assertThat(Lines.sentences(" ", 15, Locale.ENGLISH)).isEmpty();
	}

}
