package dev.postrider;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What {@code /v3/api-docs} says beside the paths: how programs say who they are.
 */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

	private static final String SCHEME = "bearer";

	@Bean
	OpenAPI openApi() {
		SecurityScheme token = new SecurityScheme().type(SecurityScheme.Type.HTTP)
			.scheme("bearer")
			.description("An API token of a staff account, made on its page /account.");
		return new OpenAPI().info(new Info().title("Postrider").version("v1"))
			.components(new Components().addSecuritySchemes(SCHEME, token))
			.addSecurityItem(new SecurityRequirement().addList(SCHEME));
	}

}
