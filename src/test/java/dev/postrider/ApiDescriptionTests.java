package dev.postrider;

import dev.postrider.testing.PostriderTest;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What Postrider tells programs about itself.
 */
@PostriderTest
class ApiDescriptionTests {

	@LocalServerPort
	private int port;

	@Test
	void openApiNamesThePathsAndTheBearerToken() {
		RestTestClient.BodyContentSpec api = get("/v3/api-docs");
		for (String operation : new String[] { "['/api/v1/stories'].post", "['/api/v1/sources'].get",
				"['/api/v1/subscribers/import'].post", "['/api/v1/newsletters/{slug}/editions'].post",
				"['/api/v1/newsletters/{slug}/editions/{date}/send'].post", "['/api/v1/runs'].get",
				"['/api/v1/runs/{id}/stop'].post", "['/api/v1/runs/{id}/restart'].post", "['/api/v1/deliveries'].get",
				"['/api/v1/subscribers'].get" }) {
			api.jsonPath("$.paths" + operation).exists();
		}
		api.jsonPath("$.components.securitySchemes.bearer.type")
			.isEqualTo("http")
			.jsonPath("$.components.securitySchemes.bearer.scheme")
			.isEqualTo("bearer")
			.jsonPath("$.security[0].bearer")
			.exists();
		// The one that readers use.
		api.jsonPath("$.paths['/api/v1/subscriptions'].post.security").isEmpty();
	}

	@Test
	void infoNamesTheCommit() {
		boolean isCheckout = new ClassPathResource("git.properties").exists();
		if (!isCheckout) {
			System.out.println("Skipped: built without git, so there is no commit to name");
		}
		assumeTrue(isCheckout, "Built without git");
		get("/actuator/info").jsonPath("$.git.commit.id")
			.value(String.class, (commit) -> assertThat(commit).matches("[0-9a-f]{7,40}"));
	}

	private RestTestClient.BodyContentSpec get(String path) {
		return RestTestClient.bindToServer()
			.baseUrl("http://localhost:" + this.port)
			.build()
			.get()
			.uri(path)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody();
	}

}
