package dev.postrider.mail.template;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * How a design looks: its own settings and, for the rest, Postrider's.
 *
 * @param base the design whose templates it uses, if not its own
 * @param settings colours and fonts by name
 * @param logo shown in place of the sender's name, if there is one
 */
record Theme(@Nullable String base, Map<String, String> settings, @Nullable Logo logo) {

	/**
	 * As templates see it.
	 * @param logoUrl where the logo can be fetched
	 */
	Map<String, Object> model(String logoUrl) {
		Map<String, Object> model = new HashMap<>(this.settings);
		Logo shown = this.logo;
		if (shown != null) {
			model.put("logo",
					Map.of("url", logoUrl, "alt", shown.alt(), "width", shown.width(), "height", shown.height()));
		}
		return model;
	}

	/**
	 * A picture of the newsroom's name.
	 *
	 * @param bytes the file
	 * @param type its media type
	 * @param hash of the bytes, for its address
	 * @param alt what it says
	 * @param width as shown, in CSS pixels
	 * @param height as shown, in CSS pixels
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Logo(byte[] bytes, String type, String hash, String alt, int width, int height) {

		/** The last part of its address. */
		String file() {
			return "logo-" + this.hash + "." + this.type.replace("image/", "");
		}

	}

}
