package dev.postrider.subscription.consent;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConsentHashTests {

	private static final Instant AT = Instant.parse("2026-11-23T07:00:00.123456Z");

	private static final ConsentRow ROW = new ConsentRow(7, 3, "SIGNED_UP", "FORM", "1", "Yes, please", "2",
			"https://news.example/privacy", new byte[32], AT);

	@Test
	@DisplayName("C4: every field of a row, its place and the row before are in its hash")
	void everyFieldCounts() {
		byte[] other = new byte[32];
		other[31] = 1;
		List<String> hashes = List.of(hash(ROW), hash(ConsentHash.NONE, 8, 1, ROW), hash(ConsentHash.NONE, 7, 2, ROW),
				hash(other, 7, 1, ROW),
				hash(new ConsentRow(8, 3, "SIGNED_UP", "FORM", "1", "Yes, please", "2", ROW.privacyUrl(), new byte[32],
						AT)),
				hash(new ConsentRow(7, 4, "SIGNED_UP", "FORM", "1", "Yes, please", "2", ROW.privacyUrl(), new byte[32],
						AT)),
				hash(new ConsentRow(7, 3, "CONFIRMED", "FORM", "1", "Yes, please", "2", ROW.privacyUrl(), new byte[32],
						AT)),
				hash(new ConsentRow(7, 3, "SIGNED_UP", "API", "1", "Yes, please", "2", ROW.privacyUrl(), new byte[32],
						AT)),
				hash(new ConsentRow(7, 3, "SIGNED_UP", "FORM", "3", "Yes, please", "2", ROW.privacyUrl(), new byte[32],
						AT)),
				hash(new ConsentRow(7, 3, "SIGNED_UP", "FORM", "1", "No, thanks", "2", ROW.privacyUrl(), new byte[32],
						AT)),
				hash(new ConsentRow(7, 3, "SIGNED_UP", "FORM", "1", "Yes, please", "3", ROW.privacyUrl(), new byte[32],
						AT)),
				hash(new ConsentRow(7, 3, "SIGNED_UP", "FORM", "1", "Yes, please", "2", "https://x.example",
						new byte[32], AT)),
				hash(new ConsentRow(7, 3, "SIGNED_UP", "FORM", "1", "Yes, please", "2", ROW.privacyUrl(), other, AT)),
				hash(new ConsentRow(7, 3, "SIGNED_UP", "FORM", "1", "Yes, please", "2", ROW.privacyUrl(), new byte[32],
						AT.plusNanos(1000))));
		assertThat(hashes).doesNotHaveDuplicates().allMatch((hash) -> hash.length() == 64);
		assertThat(hash(ROW)).isEqualTo(hash(ROW));
	}

	@Test
	void whatIsMissingIsNotWhatIsEmptyAndNothingSlidesIntoTheNextField() {
		assertThat(List.of(hash(words("ab", "c", null)), hash(words("a", "bc", null)), hash(words("abc", "", null)),
				hash(words("abc", null, null)), hash(words("abc", null, "")), hash(words(null, "abc", null)),
				hash(words("", "abc", null))))
			.doesNotHaveDuplicates();
	}

	@Test
	void keepsWhatTheDatabaseKeeps() {
		assertThat(hash(at(AT.plusNanos(999)))).isEqualTo(hash(at(AT)));
	}

	private static ConsentRow words(String version, String wording, String privacy) {
		return new ConsentRow(7, 3, "SIGNED_UP", "FORM", version, wording, privacy, null, null, AT);
	}

	private static ConsentRow at(Instant at) {
		return new ConsentRow(7, 3, "SIGNED_UP", "FORM", null, null, null, null, null, at);
	}

	private static String hash(ConsentRow row) {
		return hash(ConsentHash.NONE, 7, 1, row);
	}

	private static String hash(byte[] previous, int chain, long link, ConsentRow row) {
		return HexFormat.of().formatHex(ConsentHash.of(previous, chain, link, row));
	}

}
