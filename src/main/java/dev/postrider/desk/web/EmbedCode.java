package dev.postrider.desk.web;

import java.util.List;

import dev.postrider.mail.PublicUrl;
import dev.postrider.mail.Writing;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.subscription.ConsentWording;
import dev.postrider.subscription.SignUpForms;

import org.springframework.web.util.HtmlUtils;

/**
 * HTML that a news site pastes to show the sign-up form.
 *
 * @param frame our form in a frame, which follows our changes
 * @param form a plain form for the site to style, which leads to our page
 * @param origins the sites on which a frame of ours is shown; empty: none but ours
 */
public record EmbedCode(String frame, String form, List<String> origins) {

	static EmbedCode of(Newsletter newsletter, PublicUrl url, SignUpForms forms, Writing writing) {
		String name = HtmlUtils.htmlEscape(newsletter.name());
		String frame = "<iframe src=\"" + url.of("/embed/{slug}", newsletter.slug()) + "\" title=\"" + name + ": "
				+ HtmlUtils.htmlEscape(writing.say("signUp"))
				+ "\" width=\"100%\" height=\"480\" style=\"border:0\" loading=\"lazy\"></iframe>\n<script src=\""
				+ url.of("/embed.js") + "\" async></script>";
		String privacy = forms.privacyNotice()
			.map((address) -> "\n  <p><a href=\"%s\">%s</a></p>".formatted(HtmlUtils.htmlEscape(address),
					HtmlUtils.htmlEscape(writing.say("privacy"))))
			.orElse("");
		// The wording is what the consent record will say the reader saw.
		String form = """
				<form method="post" action="%s">
				  <input type="hidden" name="newsletter" value="%s">
				  <input type="hidden" name="lang" value="%s">
				  <p><label>%s <input type="email" name="email" autocomplete="email" required></label></p>
				  <p hidden><label>%s <input name="website" tabindex="-1" autocomplete="off"></label></p>
				  <p><label><input type="checkbox" name="consent" value="true" required> %s</label></p>%s
				  <p><button>%s</button></p>
				</form>""".formatted(url.of("/subscribe"), newsletter.slug(), writing.language(),
				HtmlUtils.htmlEscape(writing.say("email")), HtmlUtils.htmlEscape(writing.say("leaveEmpty")),
				HtmlUtils.htmlEscape(ConsentWording.of(newsletter, writing).text()), privacy,
				HtmlUtils.htmlEscape(writing.say("signUp")));
		return new EmbedCode(frame, form, forms.origins());
	}

}
