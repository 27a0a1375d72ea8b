package dev.postrider.story.feed;

import java.util.Locale;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FeedDatesTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "Mon, 23 Nov 2026 07:00:00 +0100 | 2026-11-23T06:00:00Z",
			"Mon, 23 Nov 2026 07:00:00 GMT | 2026-11-23T07:00:00Z", "23 Nov 26 07:00 EST | 2026-11-23T12:00:00Z",
			"Mon, 23 November 2026 07:00:00 PDT | 2026-11-23T14:00:00Z", "Mon, 23 Nov 2026 | 2026-11-23T00:00:00Z",
			"2026-11-23T07:00:00Z | 2026-11-23T07:00:00Z", "2026-11-23T07:00:00+01:00 | 2026-11-23T06:00:00Z",
			"2026-11-23T07:00:00.123-0330 | 2026-11-23T10:30:00Z", "2026-11-23 07:00:00 | 2026-11-23T07:00:00Z",
			"2026-11-23T07:00Z | 2026-11-23T07:00:00Z", "2026-11-23 | 2026-11-23T00:00:00Z",
			"2026-11 | 2026-11-01T00:00:00Z", "2026 | 2026-01-01T00:00:00Z", "20261123 | 2026-11-23T00:00:00Z",
			"2026-327 | 2026-11-23T00:00:00Z", "Mon Nov 23 07:00:00 PST 2026 | 2026-11-23T15:00:00Z",
			"Mon Nov 23 07:00:00 2026 | 2026-11-23T07:00:00Z", "Nov 23, 2026 7:00 PM | 2026-11-23T19:00:00Z",
			"Nov 23, 2026 12:30 am | 2026-11-23T00:30:00Z", "23.11.2026 07:00 | 2026-11-23T07:00:00Z",
			"11/23/2026 07:00:00 | 2026-11-23T07:00:00Z", "23/11/2026 | 2026-11-23T00:00:00Z",
			"Mon, 23 Nov 2026 24:00:00 GMT | 2026-11-24T00:00:00Z",
			"Mon, 23 Nov 2026 07:00:60 GMT | 2026-11-23T07:00:59Z",
			"Seg, 24 Set 2018 19:42:40 -0300 | 2018-09-24T22:42:40Z",
			"Mar, 24 Set 2018 19:42:40 -0300 | 2018-09-24T22:42:40Z",
			"lun. 23 nov. 2026 07:00 CET | 2026-11-23T06:00:00Z",
			"Mo, 05 Okt 2026 07:00:00 +0200 | 2026-10-05T05:00:00Z", "5. März 2026 | 2026-03-05T00:00:00Z",
			"23 Νοε 2026 07:00:00 +0200 | 2026-11-23T05:00:00Z",
			"Mon, 23 Nov 2026 07:00:00 UT+1 | 2026-11-23T06:00:00Z", "24 de setembro de 2018 | 2018-09-24T00:00:00Z",
			"Sept 5 2026 | 2026-09-05T00:00:00Z", "2026-11-23T24:00:00Z | 2026-11-24T00:00:00Z",
			"2026-11-23T07:00:00 Europe | 2026-11-23T07:00:00Z" })
	void readsWhatFeedsContain(String text, String moment) {
		assertThat(new FeedDates(Locale.ENGLISH).parse(text)).hasToString("Optional[" + moment + "]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "yesterday", "31 Feb 2026", "Mon, 23", "99999999999999999999 Nov 2026", "2026-13-45",
			"Mon, 23 Nov 2026 77:00:00 GMT", "0", "()" })
	void readsNothingElse(String text) {
		assertThat(new FeedDates(Locale.ENGLISH).parse(text)).isEmpty();
	}

}
