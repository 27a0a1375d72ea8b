package dev.postrider.desk.web;

import dev.postrider.mail.PublicUrl;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.subscription.ConsentWording;

import org.springframework.web.util.HtmlUtils;

/**
 * HTML that a news site pastes to show the sign-up form.
 *
 * @param frame our form in a frame, which follows our changes
 * @param form a plain form for the site to style, which leads to our page
 */
public record EmbedCode(String frame, String form) {

	static EmbedCode of(Newsletter newsletter, PublicUrl url) {
		String name = HtmlUtils.htmlEscape(newsletter.name());
		String frame = "<iframe src=\"" + url.of("/embed/{slug}", newsletter.slug()) + "\" title=\"Sign up for " + name
				+ "\" width=\"100%\" height=\"420\" loading=\"lazy\"></iframe>";
		// The wording is what the consent record will say the reader saw.
		String form = """
				<form method="post" action="%s">
				  <input type="hidden" name="newsletter" value="%s">
				  <p><label>Email address <input type="email" name="email" autocomplete="email" required></label></p>
				  <p hidden><label>Leave this empty <input name="website" tabindex="-1" autocomplete="off"></label></p>
				  <p><label><input type="checkbox" name="consent" value="true" required> %s</label></p>
				  <p><button>Sign up</button></p>
				</form>""".formatted(url.of("/subscribe"), newsletter.slug(),
				HtmlUtils.htmlEscape(ConsentWording.of(newsletter).text()));
		return new EmbedCode(frame, form);
	}

}
