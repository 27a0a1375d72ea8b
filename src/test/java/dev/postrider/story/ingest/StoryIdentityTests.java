package dev.postrider.story.ingest;

import dev.postrider.story.feed.WebAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class StoryIdentityTests {

	@ParameterizedTest
	@CsvSource({ "HTTPS://News.Example:443/A?utm_source=x&b=1&UTM_medium=y#top, https://news.example/A?b=1",
			"http://news.example:80, http://news.example/", "https://news.example:8443/a, https://news.example:8443/a",
			"https://news.example/a?fbclid=1, https://news.example/a",
			"https://news.example/a?id=7&gclid=1&page=2, https://news.example/a?id=7&page=2",
			"https://news.example/a?q=%C3%BC&wt_mc=rss, https://news.example/a?q=%C3%BC",
			"https://news.example/grüße?s=ä, https://news.example/gr%C3%BC%C3%9Fe?s=%C3%A4",
			"https://müller.example/, https://xn--mller-kva.example/" })
	void oneStoryHasOneAddress(String given, String canonical) {
		String once = IncomingStory.url(WebAddress.http(given, null).orElseThrow()).orElseThrow();
		assertThat(once).isEqualTo(canonical);
		assertThat(IncomingStory.url(WebAddress.http(once, null).orElseThrow())).contains(once);
	}

}
