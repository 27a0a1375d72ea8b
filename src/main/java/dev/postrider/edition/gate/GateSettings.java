package dev.postrider.edition.gate;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How strict the gate is.
 *
 * @param plainHttpHosts hosts whose links and pictures may be http, and may be named by
 * address: the demo's own newsroom, and archives that have no https
 * @param rules other weights for rules by their names, such as
 * {@code postrider.gate.rules.alt=off}
 */
@ConfigurationProperties("postrider.gate")
record GateSettings(@DefaultValue List<String> plainHttpHosts, @DefaultValue Map<String, Weight> rules) {

	GateSettings {
		plainHttpHosts = plainHttpHosts.stream().map((host) -> host.strip().toLowerCase(Locale.ROOT)).toList();
		rules = Map.copyOf(rules);
	}

	boolean isPlainHttpAllowed(String host) {
		return this.plainHttpHosts.contains(host.toLowerCase(Locale.ROOT));
	}

	/**
	 * What a rule's findings are, whatever it says itself.
	 */
	enum Weight {

		/** They stop the edition. */
		ERROR,

		/** An editor may accept them. */
		WARNING,

		/** The rule is not asked. */
		OFF

	}

}
