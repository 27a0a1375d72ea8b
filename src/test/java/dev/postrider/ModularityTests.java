package dev.postrider;

import org.junit.jupiter.api.Test;

import org.springframework.modulith.core.ApplicationModules;

/**
 * The modules know only what they may.
 */
class ModularityTests {

	@Test
	void modulesKeepToTheirAllowedDependencies() {
		ApplicationModules.of(PostriderApplication.class).verify();
	}

}
