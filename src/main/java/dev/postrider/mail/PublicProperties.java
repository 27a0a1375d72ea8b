package dev.postrider.mail;

import java.net.URI;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What every link needs.
 *
 * @param baseUrl the public address of this Postrider; https in production
 * @param secret signs all links; at least 32 characters, kept by the operator
 * @param formerSecrets secrets of earlier times, whose links still work
 */
@ConfigurationProperties("postrider")
record PublicProperties(@DefaultValue("http://localhost:8080") URI baseUrl, @DefaultValue("") String secret,
		@DefaultValue List<String> formerSecrets) {
}
