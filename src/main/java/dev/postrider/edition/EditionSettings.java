package dev.postrider.edition;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How editions are put together.
 *
 * @param furthestBack how far back the stories of an edition reach at most, when there is
 * little news
 * @param follow where else readers can follow the newsroom, shown below every edition, in
 * order
 */
@Validated
@ConfigurationProperties("postrider.edition")
record EditionSettings(@DefaultValue("10d") @DurationMin(hours = 1) Duration furthestBack,
		@DefaultValue @Size(max = 6) List<@Valid Follow> follow) {

	/**
	 * A place to follow the newsroom.
	 *
	 * @param name as readers know it, such as {@code Mastodon}
	 * @param url its address
	 */
	record Follow(@NotBlank String name, URI url) {

		Follow {
			if (url == null) {
				throw new IllegalArgumentException("The follow link " + name + " has no url");
			}
			if (!"https".equals(url.getScheme()) && !"http".equals(url.getScheme())) {
				throw new IllegalArgumentException(
						"The follow link " + name + " leads to " + url + ": wanted is an address that begins https://");
			}
		}

	}

}
